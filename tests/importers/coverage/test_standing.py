"""Territories that stand: `manage.py check_layer` finds their faults and mends them on request."""

import json

import pytest
from django.contrib.gis.geos import GEOSGeometry
from django.core.management import CommandError, call_command

from importers.quality import check_layer
from layers.models import Changeset, Feature, Layer
from layers.services import add_feature, rollback_changeset
from tests.importers.conftest import places
from tests.importers.coverage.test_faults import block

pytestmark = pytest.mark.django_db


@pytest.fixture
def districts(run_import, write_geojson):
    """Two districts that share a strip of twenty metres."""

    def district(name, shape):
        ring = [list(place) for place in shape.exterior.coords]
        return {
            "type": "Feature",
            "id": name,
            "properties": {"name": name},
            "geometry": {"type": "Polygon", "coordinates": [ring]},
        }

    path = write_geojson(
        district("Північний", block(0, 0, 100, 100)), district("Південний", block(80, 0, 200, 100))
    )
    run_import(path, kind="territory")
    return Layer.objects.get(slug="things")


def run(capsys, *arguments):
    code = 0
    try:
        call_command("check_layer", *arguments)
    except SystemExit as end:
        code = end.code
    return code, capsys.readouterr().out


def test_faults_are_named_with_areas_and_place(districts, capsys):
    code, text = run(capsys, "things")
    assert code == 1
    assert "territory-overlap" in text
    assert "Південний, Північний" in text


def test_json_has_the_keys_and_the_place_of_each_fault(districts, capsys):
    code, text = run(capsys, "things", "--json")
    document = json.loads(text)
    assert (code, document["issues_by_code"]) == (1, {"territory-overlap": 1})
    (issue,) = document["issues"]
    assert (issue["row"], issue["key"]) == (None, "Південний")


def test_a_trial_repair_changes_nothing(districts, capsys):
    before = places()
    code, text = run(capsys, "things", "--repair", "--dry-run", "--json")
    assert code == 1
    assert json.loads(text)["repair"]["changeset"] is None
    assert {key: geom.wkt for key, geom in places().items()} == {
        key: geom.wkt for key, geom in before.items()
    }


def test_a_repair_is_one_changeset_that_can_be_rolled_back(districts, capsys):
    before = {key: geom.wkt for key, geom in places().items()}
    code, text = run(capsys, "things", "--repair", "--json")
    repair = json.loads(text)["repair"]
    assert (code, repair["changed"]) == (0, len(repair["issues"]))
    assert {issue["code"] for issue in repair["issues"]} == {"territory-fitted"}
    assert check_layer(districts) == []
    rollback_changeset(changeset=Changeset.objects.get(pk=repair["changeset"]))
    assert {key: geom.wkt for key, geom in places().items()} == before


def test_a_repair_keeps_attributes_and_who_sees_a_district(districts, capsys):
    Feature.objects.filter(layer=districts, key="Південний").update(visibility="staff")
    run(capsys, "things", "--repair")
    kept = Feature.objects.get(layer=districts, key="Південний")
    assert (kept.properties, kept.visibility) == ({"name": "Південний"}, "staff")


def test_a_layer_that_does_not_exist_is_refused():
    with pytest.raises(CommandError, match="nowhere") as refusal:
        call_command("check_layer", "nowhere")
    assert refusal.value.returncode == 2


def test_buildings_and_trees_are_not_fitted_to_one_another(trees):
    with pytest.raises(CommandError, match="території") as refusal:
        call_command("check_layer", "trees", repair=True)
    assert refusal.value.returncode == 2


def test_the_boundary_is_what_districts_are_measured_against(districts, make_layer, settings):
    settings.BOUNDARY_LAYER = "boundary"
    boundary = make_layer(
        "boundary", kind="territory", geometry_type="polygon", fields=(), title_field=""
    )
    add_feature(
        layer=boundary, key="1", geom=GEOSGeometry(block(0, 0, 150, 120).wkt, srid=4326), values={}
    )
    found = [issue.code for issue in check_layer(districts)]
    assert found == ["territory-overlap", "territory-uncovered", "territory-outside"]
