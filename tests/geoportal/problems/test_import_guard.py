"""A file may not take the territory away from under open problems without a word."""

import json
from typing import Any, cast

import pytest

from importers.brakes.consent import Consent
from importers.errors import OpenQuestions
from importers.pipeline import import_file
from importers.request import ImportRequest
from tests.geoportal.problems.conftest import MIDDLE_LON, NORTH, SOUTH, WEST

pytestmark = pytest.mark.django_db


@pytest.fixture
def write_west(tmp_path):
    """The district of the west as a file, to the east as far as is said."""

    def write(key, east):
        ring = [[WEST, SOUTH], [east, SOUTH], [east, NORTH], [WEST, NORTH], [WEST, SOUTH]]
        shape = {"type": "Polygon", "coordinates": [ring]}
        row = {"type": "Feature", "id": key, "properties": {"name": "Захід"}, "geometry": shape}
        path = tmp_path / "districts.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": [row]}))
        return path

    return write


def test_a_territory_that_shrinks_under_open_problems_stops(make_problem, town, write_west):
    problem = make_problem("open")
    key = town.districts.features.filter(geom__covers=problem.geom).get().key
    shrunk = ImportRequest(path=write_west(key, WEST + 0.001), layer=town.districts.slug)
    with pytest.raises(OpenQuestions) as refused:
        import_file(shrunk)
    (brake,) = cast(list[Any], refused.value.extra["brakes"])
    assert (brake["code"], brake["count"]) == ("places-left", 1)
    assert str(problem.pk) in brake["names"][0]
    meant = Consent(to=frozenset({"places-left"}))
    agreed = ImportRequest(
        path=write_west(key, WEST + 0.001), layer=town.districts.slug, consent=meant
    )
    assert import_file(agreed).changed == 1


def test_a_territory_that_keeps_its_problems_is_not_stopped(make_problem, town, write_west):
    problem = make_problem("open")
    key = town.districts.features.filter(geom__covers=problem.geom).get().key
    kept = ImportRequest(path=write_west(key, MIDDLE_LON - 0.001), layer=town.districts.slug)
    assert import_file(kept).changed == 1
