"""Values that come from a list: codes of units, streets of the town, categories of problems."""

from pathlib import Path

import pytest

from geoportal.interface.models import THE_ROW, Community
from geoportal.problems.models import Category
from importers.addresses.book import open_streets
from importers.checks.code_lists.codifier import read_codifier
from importers.issues import Issue
from layers.models import Layer
from layers.schema.specs import FieldSpec
from layers.services import edit_feature
from tests.importers.conftest import codes, feature

pytestmark = pytest.mark.django_db
SHEPETIVKA = "UA68060330010023704"


def table(name, *values):
    rows = [f"{n},27.0{n},50.1,{value}" for n, value in enumerate(values, 1)]
    return "\n".join([f"uid,lon,lat,{name}", *rows, ""])


def run(run_import, path, **options):
    result = run_import(path, **options)
    return [each for each in codes(result) if each[1].startswith("code")], result


def test_the_way_a_code_is_written_is_checked_without_the_list(run_import, write_text):
    Community.objects.update_or_create(pk=THE_ROW, defaults={"katottg": "UA68060330000029010"})
    cyrillic = SHEPETIVKA.replace("UA", "UА")
    path = write_text(
        table("CATUTTC", SHEPETIVKA, cyrillic, "6810700000", "UA18040190010057814", "Шепетівка")
    )
    found, result = run(run_import, path)
    assert found == [
        (2, "code-spelling"), (3, "code-old"), (4, "code-elsewhere"), (5, "code-unknown"),
    ]  # fmt: skip
    spelling = next(one for one in result.issues if one.code == "code-spelling")
    assert spelling.params["right"] == SHEPETIVKA


def test_a_code_that_the_official_list_does_not_have(run_import, write_text, settings, shared_data):
    settings.KATOTTG_FILE = str(shared_data / "ua-katottg" / "kodifikator-16-05-2025.csv")
    path = write_text(table("katottg", SHEPETIVKA, "UA68060330010099999"))
    assert run(run_import, path)[0] == [(2, "code-unknown")]
    assert sum(1 for _row in read_codifier(Path(settings.KATOTTG_FILE))) == 31748


def test_streets_are_compared_with_those_of_the_town(run_import, write_text, write_geojson):
    line = {"type": "LineString", "coordinates": [[27.0, 50.1], [27.01, 50.1]]}
    streets = [
        feature(line, {"name": "вулиця Незалежності", "old_name": "вул. Леніна"}, id="1"),
        feature(line, {"name": "вулиця Садова"}, id="2"),
    ]
    run_import(write_geojson(*streets, name="streets.geojson"), layer="streets")
    path = write_text(
        table("street", "вул. Садова", "Незалежності", "вул. Леніна", "вул. Садовая", "пл. Ринок")
    )
    found, result = run(run_import, path)
    assert found == [(3, "code-renamed"), (4, "code-unknown"), (5, "code-unknown")]
    told = {issue.row: issue for issue in result.issues if isinstance(issue, Issue)}
    assert told[3].params["right"] == "вулиця Незалежності"
    assert told[4].params["others"] == "вулиця Садова"


def test_streets_are_read_once_until_the_register_changes(
    run_import, write_geojson, django_assert_max_num_queries
):
    point = {"type": "Point", "coordinates": [27.0, 50.1]}
    house = {"street": "вулиця Садова", "house": "1"}
    run_import(write_geojson(feature(point, house, id="1"), name="a.geojson"), layer="addresses")
    read = open_streets()
    assert [(each.title, dict(each.houses)) for each in read.streets.values()] == [
        ("вулиця Садова", {})
    ]
    with django_assert_max_num_queries(1):
        assert open_streets() is read
    register = Layer.objects.get(slug="addresses")
    edit_feature(layer=register, key="1", values={"street": "вулиця Нова"})
    assert [each.title for each in open_streets().streets.values()] == ["вулиця Нова"]


def test_categories_of_problems_are_a_list_for_fields_that_name_it(
    run_import, write_text, make_layer
):
    Category.objects.create(code="roads-potholes", title_uk="Ями на дорогах")
    address = "https://town.example/open311/v2/services.json"
    make_layer("old_reports", fields=(FieldSpec(name="kind", code_list=address),), title_field="")
    path = write_text(table("kind", "roads-potholes", "Ями на дорогах", "дахи"))
    found, _result = run(run_import, path, layer="old_reports")
    assert found == [(2, "code-spelling"), (3, "code-unknown")]
