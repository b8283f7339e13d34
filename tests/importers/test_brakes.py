"""What stops an import until somebody says that it is meant."""

from typing import Any, cast

import pytest

from importers.brakes.brake import Brake
from importers.brakes.consent import Consent
from importers.errors import OpenQuestions
from layers.models import Changeset, Layer
from tests.importers.conftest import feature, stored

pytestmark = pytest.mark.django_db
NOTHING = Consent()


def table(count, column="species", start=0):
    rows = (f"{i},30.{500 + i},50.4,Дуб {i}\n" for i in range(start, start + count))
    return f"id,lon,lat,{column}\n" + "".join(rows)


def test_a_file_that_removes_most_of_a_layer_names_what_would_go(run_import, write_text):
    run_import(write_text(table(30)), title_field="species")
    fewer = write_text(table(10), name="fewer.csv")
    with pytest.raises(OpenQuestions) as refused:
        run_import(fewer, replace=True, consent=NOTHING)
    (brake,) = cast(list[Any], refused.value.extra["brakes"])
    assert (brake["code"], brake["count"], len(brake["names"])) == ("removes-many", 20, 20)
    assert "Дуб 10" in brake["names"]
    assert len(stored()) == 30
    with pytest.raises(OpenQuestions):
        run_import(fewer, replace=True, consent=Consent(removes=19))
    assert run_import(fewer, replace=True, consent=Consent(removes=20)).removed == 20


def test_a_few_removals_and_a_small_share_go_unasked(run_import, write_text):
    run_import(write_text(table(60)))
    assert run_import(write_text(table(55)), replace=True, consent=NOTHING).removed == 5


def test_all_of_a_small_layer_does_not_go_unasked(run_import, write_text):
    run_import(write_text(table(3)))
    with pytest.raises(OpenQuestions):
        run_import(write_text(table(3, start=50)), replace=True, consent=NOTHING)


def test_a_file_without_any_of_the_layer_s_columns_stops(run_import, write_text):
    run_import(write_text(table(3)), key="@content")
    other = write_text("назва,lon,lat\nАптека,30.6,50.4\n", name="pharmacies.csv")
    with pytest.raises(OpenQuestions) as refused:
        run_import(other, consent=NOTHING)
    assert refused.value.extra["brakes"][0]["code"] == "no-shared-column"
    assert run_import(other, consent=Consent(to=frozenset({"no-shared-column"}))).added == 1


def test_a_file_far_from_the_community_stops(run_import, write_text, write_geojson):
    ring = [[30, 50], [31, 50], [31, 51], [30, 50]]
    run_import(write_geojson(feature({"type": "Polygon", "coordinates": [ring]})), layer="boundary")
    abroad = write_text("id,lon,lat\n1,45.0,36.2\n2,45.1,36.2\n")
    with pytest.raises(OpenQuestions) as refused:
        run_import(abroad, consent=NOTHING)
    assert refused.value.extra["brakes"][0]["code"] == "leaves-community"


def test_a_trial_run_tells_of_brakes_and_does_not_stop(run_import, write_text):
    run_import(write_text(table(30)))
    result = run_import(write_text(table(10)), replace=True, dry_run=True, consent=NOTHING)
    assert [brake.code for brake in result.brakes] == ["removes-many"]
    assert len(stored()) == 30


@pytest.mark.parametrize(
    ("heading", "value", "told"),
    [
        ("контакт", "тел. 067 123 45 67", True),
        ("примітка", "ivan.petrenko@ukr.net", True),
        ("Власник", "Петренко І. І.", True),
        ("порода", "дуб звичайний", False),
        ("інвентарний", "1040551", False),
    ],
)
def test_personal_data_are_looked_for_in_values_and_headings(
    run_import, write_text, heading, value, told
):
    path = write_text(f"id,lon,lat,{heading}\n1,30.5,50.4,{value}\n2,30.6,50.4,{value}\n")
    result = run_import(path, consent=NOTHING, dry_run=True)
    assert [brake.names for brake in result.brakes] == ([(heading,)] if told else [])
    named = run_import(path, public_fields=(heading,), consent=NOTHING)
    assert named.brakes == []


def test_a_layer_that_only_staff_see_asks_nothing_of_the_kind(run_import, write_text):
    path = write_text("id,lon,lat,тел\n1,30.5,50.4,067 123 45 67\n")
    assert run_import(path, visibility="staff", consent=NOTHING).brakes == []


def test_a_nearly_unique_column_is_asked_about(run_import, write_text):
    path = write_text(table(59) + "7,30.9,50.4,Двічі\n")
    with pytest.raises(OpenQuestions, match="id") as refused:
        run_import(path)
    assert refused.value.extra["questions"] == ["key"]
    assert not Layer.objects.exists()
    assert not Changeset.objects.exists()
    chosen = run_import(path, key="id")
    assert (chosen.added, chosen.rejected) == (59, 1)
    assert run_import(path, layer="others", key="@content").added == 60


def test_the_file_of_the_finding_is_asked_about(run_import, shared_data):
    path = shared_data / "found-imports" / "f19_near_unique_id.csv"
    with pytest.raises(OpenQuestions, match="house_id"):
        run_import(path)


def test_a_place_abroad_stays_where_it_is(run_import, shared_data):
    result = run_import(shared_data / "found-imports" / "f21_valid_geojson_abroad.geojson")
    assert {"axes-doubtful", "outside-community"} <= set(result.counts)
    assert "axes-swapped" not in result.counts


def test_a_brake_says_numbers_with_spaces_and_in_their_plural():
    def say(count):
        return Brake("removes-many", count, params={"standing": "51294"}).message

    assert say(12_543).startswith("12\u202f543 об’єкти шару з 51\u202f294")
    assert say(21).startswith("21 об’єкт шару")
    assert say(25).startswith("25 об’єктів шару")
