"""A real town: every house of Ladyzhyn joined with its settlement, as shapely alone would do it."""

import json

import pytest
import shapely
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.test import Client

from layers.models import Layer
from layers.reading.territories import locate_point

pytestmark = pytest.mark.django_db
# What everyone may read was looked through: contacts of organisations.
PUBLIC = ("--licence", "CC-BY-4.0", "--yes", "personal-data", "--json")


@pytest.fixture
def ladyzhyn(shared_data):
    return shared_data / "ua-ladyzhyn-geoportal"


@pytest.fixture
def imported(ladyzhyn):
    for name, kind in (("houses", "register"), ("settlement_boundaries", "territory")):
        file = str(ladyzhyn / f"{name}.geojson")
        keys = ("--key", "@content") if name == "houses" else ()  # one number stands twice
        options = ("--create", "--kind", kind, *keys, *PUBLIC)
        call_command("import_layer", file, "--layer", name, *options)
    return Layer.objects.get(slug="houses"), Layer.objects.get(slug="settlement_boundaries")


def read_served(slug):
    """What the public download says, by key: an independent way to the same rows."""
    response = Client().get(f"/data/{slug}.geojson")
    features = json.loads(b"".join(response.streaming_content))["features"]
    return {feature["id"]: feature for feature in features}


def test_each_house_lies_in_the_settlement_that_shapely_says(ladyzhyn, imported):
    source = json.loads((ladyzhyn / "settlement_boundaries.geojson").read_text())
    areas = {
        feature["properties"]["settlement"]: shapely.make_valid(
            shapely.geometry.shape(feature["geometry"])
        )
        for feature in source["features"]
    }
    names = {
        key: feature["properties"]["settlement"]
        for key, feature in read_served("settlement_boundaries").items()
    }
    points = {
        key: shapely.geometry.shape(feature["geometry"])
        for key, feature in read_served("houses").items()
        if feature["geometry"]
    }
    by_key = {key: areas[name] for key, name in names.items()}
    expected = {
        key: min((area for area in by_key if by_key[area].covers(point)), default=None)
        for key, point in points.items()
    }
    assert len(points) > 3_400
    found = {}
    for key, point in points.items():
        territories = locate_point(AnonymousUser(), point.x, point.y).territories
        found[key] = territories[0].key if territories else None
    assert found == expected
    assert len({names[key] for key in found.values() if key}) >= 2
