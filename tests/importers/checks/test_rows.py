"""Rows compared with one another: the same twice, nearly the same, side by side."""

import json

import pytest
from django.core.management import call_command

from importers.check_options import CheckOptions
from importers.checks.registry import CHECKS
from importers.issues import CODES
from tests.importers.conftest import codes, counts, feature, places
from tests.importers.coverage.test_faults import block

pytestmark = pytest.mark.django_db


def area(key, shape, **properties):
    ring = [list(place) for place in shape.exterior.coords]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return feature(geometry, properties or {"name": key}, id=key)


def test_each_check_says_only_what_has_words():
    said = [code for several in CHECKS.values() for code in several]
    assert len(said) == len(set(said))
    assert set(said) <= set(CODES)


def test_rows_that_differ_only_by_their_key_are_told_with_the_first(run_import, write_text):
    path = write_text(
        "uid,species,lon,lat\n1,Дуб,30.5,50.4\n2,Клен,30.5,50.4\n3,Дуб,30.5,50.4\n4,Дуб,30.6,50.4\n"
    )
    result = run_import(path)
    assert codes(result) == [(3, "duplicate-row")]
    assert "рядок 1" in result.issues[-1].message
    assert counts(result) == (4, 0, 0, 0)


def test_rows_without_a_key_that_are_equal_are_told(run_import, write_text):
    path = write_text("species,lon,lat\nДуб,30.5,50.4\nДуб,30.5,50.4\nДуб,30.5,50.4\n")
    assert codes(run_import(path)) == [(2, "duplicate-row"), (3, "duplicate-row")]


def test_a_row_that_is_refused_is_no_duplicate(run_import, write_text):
    path = write_text("uid,species,lon,lat\n1,Дуб,30.5,50.4\n1,Дуб,30.5,50.4\n")
    assert [code for _row, code in codes(run_import(path, key="uid"))] == ["key-repeated"]


def test_near_rows_of_one_name_are_told_only_where_asked(run_import, write_text):
    path = write_text(
        "uid,name,lon,lat\n"
        "1,Аптека,30.5,50.4\n2,аптека,30.50001,50.4\n3,Школа,30.50001,50.4\n4,Аптека,30.51,50.4\n"
    )
    assert codes(run_import(path, layer="plain")) == [(2, "spelling-varies")]
    result = run_import(path, checks=CheckOptions(near_m=5))
    assert set(codes(result)) == {(2, "near-duplicate"), (2, "spelling-varies")}
    (near,) = (issue for issue in result.issues if issue.code == "near-duplicate")
    assert near.params["distance_m"] == pytest.approx(0.7, abs=0.05)


def test_territories_of_a_file_are_compared_with_one_another(run_import, write_geojson):
    path = write_geojson(
        area("1", block(0, 0, 100, 100)),
        area("2", block(100, 0, 200, 100)),
        area("3", block(180, 0, 300, 100)),
    )
    result = run_import(path, kind="territory")
    assert codes(result) == [(2, "territory-overlap")]
    assert codes(run_import(path, layer="register")) == []


def test_territories_that_stand_and_stay_are_compared_too(run_import, write_geojson):
    run_import(write_geojson(area("1", block(0, 0, 100, 100))), kind="territory")
    more = write_geojson(area("2", block(80, 0, 200, 100)), name="more.geojson")
    assert codes(run_import(more, dry_run=True)) == [(1, "territory-overlap")]
    assert codes(run_import(more, dry_run=True, replace=True)) == []


def test_territories_are_fitted_where_asked(run_import, write_geojson):
    path = write_geojson(area("1", block(0, 0, 100, 100)), area("2", block(80, 0, 200, 100)))
    result = run_import(path, kind="territory", checks=CheckOptions(fit_areas=True))
    assert codes(result) == [(1, "territory-fitted"), (2, "territory-fitted")]
    one, other = places()["1"], places()["2"]
    assert not one.overlaps(other)
    assert counts(run_import(path, checks=CheckOptions(fit_areas=True))) == (0, 0, 0, 2)


def test_the_command_takes_the_options(write_geojson, capsys):
    path = write_geojson(area("1", block(0, 0, 100, 100)), area("2", block(80, 0, 200, 100)))
    call_command(
        "import_layer", str(path), layer="districts", create=True, kind="territory",
        fit_areas=True, json=True,
    )  # fmt: skip
    assert json.loads(capsys.readouterr().out)["issues_by_code"]["territory-fitted"] == 2
