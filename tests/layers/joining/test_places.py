"""All places of a layer joined with territories at once: the same answers as one by one."""

import csv
import io

import numpy as np
import pytest
import shapely
from django.core.management import CommandError, call_command
from django.db import connection

from geoportal.core.clock import list_clock_jobs
from layers.joining.places import count_joined, write_joined
from layers.models import Changeset, PreparedArea, PreparedLayer, TerritoryCell
from layers.schema.specs import LayerSpec
from layers.services import apply_changeset, create_layer, delete_feature
from layers.staging import StagedRow
from tests.layers.joining.test_joining import draw_areas, draw_points
from tests.layers.reading.test_territories import answer_by_shapely, make_territories

pytestmark = pytest.mark.django_db
PUBLIC = ["public"]


def make_places(points):
    layer = create_layer(spec=LayerSpec(slug="places", title_uk="Місця"))
    rows = [StagedRow(f"p{n}", point.wkb_hex, "{}") for n, point in enumerate(points)]
    apply_changeset(layer=layer, rows=rows, kind=Changeset.Kind.IMPORT)
    return layer


def read_joined(places, territories):
    written = io.BytesIO()
    count = write_joined(places, territories, PUBLIC, written)
    rows = list(csv.DictReader(io.StringIO(written.getvalue().decode())))
    assert len(rows) == count
    return {row["key"]: row["territory"] or None for row in rows}


@pytest.fixture
def areas():
    drawn = draw_areas(11)
    for area in drawn.values():
        shapely.prepare(area)
    return drawn


def test_all_at_once_is_as_shapely_answers_prepared_or_not(areas, monkeypatch):
    points = draw_points(areas, 11, 100)
    places, territories = make_places(points), make_territories(areas)
    answers = zip(
        [f"p{n}" for n in range(len(points))], answer_by_shapely(areas, points), strict=True
    )
    expected = dict(answers)
    assert read_joined(places, territories) == expected
    monkeypatch.setattr("layers.joining.places.prepare_territories", lambda layer: None)
    PreparedLayer.objects.filter(layer=territories).update(revision=0)
    assert read_joined(places, territories) == expected
    held = count_joined(places, territories, PUBLIC)
    values, counts = np.unique([str(key) for key in expected.values()], return_counts=True)
    assert {str(row.key): row.places for row in held} == dict(zip(values, counts, strict=True))


def test_what_has_an_extent_or_no_place_is_joined_too():
    territories = make_territories({"a": shapely.box(30, 50, 30.1, 50.1)})
    places = make_places([shapely.box(30.01, 50.01, 30.02, 50.02), shapely.Point(31, 51)])
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO layers_feature (layer_id, key, changeset_id) VALUES (%s, 'nowhere', 1)",
            [places.pk],
        )
    assert read_joined(places, territories) == {"p0": "a", "p1": None, "nowhere": None}


def test_places_stay_where_the_layer_has_no_territories_left():
    territories = make_territories({"a": shapely.box(30, 50, 30.1, 50.1)})
    places = make_places([shapely.Point(30.05, 50.05)])
    delete_feature(layer=territories, key="a")
    assert read_joined(places, territories) == {"p0": None}


def test_the_command_writes_places_and_counts(tmp_path):
    make_territories({"a": shapely.box(30, 50, 30.1, 50.1)})
    make_places([shapely.Point(30.05, 50.05), shapely.Point(30.1, 50.05), shapely.Point(31, 51)])
    call_command("join_layer", "places", "districts", tmp_path / "joined.csv")
    lines = (tmp_path / "joined.csv").read_text().splitlines()
    assert lines[0] == "key,territory,title"
    assert sorted(lines[1:]) == ["p0,a,Район a", "p1,a,Район a", "p2,,"]
    call_command("join_layer", "places", "districts", tmp_path / "counts.csv", "--counts")
    lines = (tmp_path / "counts.csv").read_text().splitlines()
    assert lines == ["territory,title,places", "a,Район a,2", ",,1"]


def test_the_command_refuses_what_is_no_layer_and_no_territory(tmp_path):
    make_territories({"a": shapely.box(30, 50, 30.1, 50.1)})
    make_places([])
    for arguments in (("places", "places"), ("nothing", "districts"), ("places", "nothing")):
        with pytest.raises(CommandError) as raised:
            call_command("join_layer", *arguments, tmp_path / "joined.csv")
        assert raised.value.returncode == 2
        assert not (tmp_path / "joined.csv").exists()
    (tmp_path / "joined.csv").write_text("from before")
    with pytest.raises(CommandError):
        call_command("join_layer", "places", "places", tmp_path / "joined.csv")
    assert (tmp_path / "joined.csv").read_text() == "from before"
    with pytest.raises(CommandError):
        call_command("join_layer", "places", "districts", tmp_path / "none" / "joined.csv")


def test_the_command_prepares_what_plain_sql_changed(capsys):
    layer = make_territories({"a": shapely.box(30, 50, 30.1, 50.1)})
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE layers_feature SET geom = ST_Translate(geom, 0.2, 0) WHERE layer_id = %s",
            [layer.pk],
        )
    call_command("prepare_territories")
    assert "districts: 1 →" in capsys.readouterr().out
    call_command("prepare_territories")
    assert capsys.readouterr().out == ""


def test_the_clock_prepares_what_came_before_the_cells_did():
    layer = make_territories({"a": shapely.box(30, 50, 30.1, 50.1)})
    TerritoryCell.objects.filter(layer=layer).delete()
    PreparedArea.objects.filter(layer=layer).delete()
    PreparedLayer.objects.filter(layer=layer).delete()
    assert list_clock_jobs()["territories prepared"]() == 1
    assert TerritoryCell.objects.filter(layer=layer).exists()
    assert list_clock_jobs()["territories prepared"]() == 0
