"""Search forgives case, apostrophes, Latin look-alikes and typos."""

import pytest
from django.db import connection
from django.test import Client

from layers.reading.finding import search_features
from layers.reading.search import INLINE_ROWS, update_search
from layers.schema.specs import FieldSpec
from layers.services import add_feature, change_schema, delete_feature, edit_feature
from layers.words.folding import fold_line, sound

pytestmark = pytest.mark.django_db

FIELDS = (
    FieldSpec(name="street", searchable=True),
    FieldSpec(name="number", searchable=True),
    FieldSpec(name="note", audience="staff", searchable=True),
)


@pytest.fixture
def addresses(make_layer, django_capture_on_commit_callbacks):
    layer = make_layer("addresses", title_field="street", fields=FIELDS)
    from django.contrib.gis.geos import Point

    with django_capture_on_commit_callbacks(execute=True):
        for key, street, number in [
            ("1", "вул. М’ясна", "12"),
            ("2", "вулиця Івасюка", "1-Б"),
            ("3", "вулиця Соборна", "12"),
            ("4", "вулиця Соборна", "2"),
            ("5", "Baker Street", "221"),
        ]:
            values = {"street": street, "number": number, "note": "скриня"}
            add_feature(layer=layer, key=key, geom=Point(30, 50), values=values)
    return layer


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("мясна", ["1"]),
        ("М'ЯСНА", ["1"]),
        ("Mʼясна", ["1"]),
        ("iвасюка", ["2"]),
        ("соборна 12", ["3"]),
        ("соборна", ["4", "3"]),
        ("12 соб", ["3"]),
        ("baker", ["5"]),
        ("сабoрна", ["3", "4"]),
        ("скриня", []),
        ("%", []),
        ("_", []),
        ("", []),
        ("' OR 1=1 --", []),
    ],
)
def test_what_is_found(addresses, text, keys):
    found = [hit.key for hit in search_features(text)]
    assert sorted(found) == sorted(keys)


def test_the_answer_tells_where_to_fly(addresses):
    (hit,) = Client().get("/api/v1/search/?q=івасюка&lon=30&lat=50.001").json()["results"]
    assert hit.pop("distance_m") == pytest.approx(111.2, abs=0.5)
    assert hit == {
        "group": "address",
        "kind": "",
        "note": "",
        "layer": "addresses",
        "layer_title": "Дерева",
        "key": "2",
        "title": "вулиця Івасюка",
        "subtitle": "1-Б",
        "lon": 30.0,
        "lat": 50.0,
    }


def test_half_a_place_to_ask_from_is_refused(addresses):
    assert Client().get("/api/v1/search/?q=а&lon=30").status_code == 400
    assert Client().get("/api/v1/search/?q=а&lon=30&lat=100").status_code == 400


def test_a_house_that_is_not_there_is_told_with_its_street(addresses):
    answer = Client().get("/api/v1/search/?q=соборна 77").json()
    assert answer["missed"] == ["77"]
    assert {hit["title"] for hit in answer["results"]} == {"вулиця Соборна"}


SAMPLES = (
    "вул. М’ясна, 4 / 2-Б", "Wi-Fi", "просп. Незалежності, 59-А", "№ 312", "Щорса ґанок їжак",
    "5 і 6", "Khmelnytskoho", "Bohdana", "Зґурівка Ёлка", "а/б 3/4/5", "X-Ray 12 /3 в",
)  # fmt: skip


@pytest.mark.parametrize("text", SAMPLES)
def test_lines_and_sounds_are_the_same_in_the_database(text, db):
    line = fold_line(text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT layers_fold_line(%s)", [text])
        assert cursor.fetchone()[0] == line
        cursor.execute("SELECT layers_sound(w) FROM unnest(%s) AS w", [line.split()])
        assert [row[0] for row in cursor.fetchall()] == [sound(word) for word in line.split()]


def test_search_follows_edits(addresses, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        edit_feature(layer=addresses, key="2", values={"street": "вулиця Гнатюка"})
        delete_feature(layer=addresses, key="1")
    assert search_features("івасюка") == []
    assert search_features("мясна") == []
    assert [hit.key for hit in search_features("гнатюка")] == ["2"]


def test_a_large_changeset_is_left_to_a_job(addresses):
    changeset = addresses.changesets.first()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM layers_searchentry")
    changeset.added = INLINE_ROWS + 1
    update_search(changeset)
    assert len(search_features("соборна")) == 2


def test_a_long_text_is_cut(addresses):
    assert Client().get("/api/v1/search/?q=" + "соборна " * 500).status_code == 200
    assert Client().get("/api/v1/search/?q=а&limit=x").status_code == 400


def test_what_becomes_internal_is_not_found_from_that_commit_on(addresses, settings):
    """Even while the job that rebuilds the layer's entries is waiting."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    change_schema(
        layer=addresses,
        fields=(
            FieldSpec(name="street", searchable=True),
            FieldSpec(name="number", searchable=True, audience="staff"),
        ),
    )
    assert search_features("соборна 12") == []
    assert search_features("221") == []


def test_what_is_replaced_is_not_found_from_that_commit_on(addresses):
    edit_feature(layer=addresses, key="2", values={"street": "вулиця Гнатюка"})
    assert search_features("івасюка") == []


def test_many_words_are_cut(addresses):
    assert search_features("соборна " + " ".join("абвгдежзик") * 5, 5) == []
    assert len(search_features("соборна соборна соборна")) == 2


def test_things_that_read_the_same_are_one_line(trees, plant, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        for number in range(30):
            plant(trees, f"oak-{number}")
        plant(trees, "other", values={"species": "Дуб червоний"})
    found = search_features("дуб", 5)
    assert [hit.title for hit in found] == ["Дуб", "Дуб червоний"]
