"""The nearest over the demo's layers of points equals a search of all of them by geodesics."""

import random

import numpy as np
import pytest
from django.test import Client
from pyproj import Geod

from geoportal.packs.extending import Pack
from layers.models import Feature, Kind, Layer

pytestmark = pytest.mark.django_db
GEOD = Geod(ellps="WGS84")


def test_every_kind_of_the_pack_is_offered_and_has_objects(lived_town, pack: Pack, client: Client):
    kinds = Kind.objects.select_related("layer")
    assert {kind.slug for kind in kinds} == set(pack.by_code("kinds"))
    for kind in kinds:
        answer = client.get(
            "/api/v1/nearest/", {"lon": 27.2389, "lat": 50.2556, "kinds": kind.slug}
        )
        found = answer.json()["features"]
        assert found, kind.slug
        assert {each["properties"]["kind"] for each in found} == {kind.slug}
        assert {each["properties"]["layer"] for each in found} == {kind.layer.slug}


def test_the_nearest_equal_geodesics_to_all_points(lived_town, client: Client):
    layers = Layer.objects.filter(geometry_type="point", visibility="public", is_basemap=False)
    slugs = sorted(layers.exclude(kind="problems").values_list("slug", flat=True))
    assert len(slugs) >= 12
    points = Feature.objects.filter(layer__slug__in=slugs, visibility="public", geom__isnull=False)
    rows = [(f"{slug}/{key}", geom.centroid.x, geom.centroid.y)
            for slug, key, geom in points.values_list("layer__slug", "key", "geom")]  # fmt: skip
    names = np.array([row[0] for row in rows])
    lons, lats = np.array([row[1] for row in rows]), np.array([row[2] for row in rows])
    drawn = random.Random(5)
    for _ in range(15):
        lon, lat = 27.1 + drawn.random() * 0.3, 50.15 + drawn.random() * 0.2
        metres = GEOD.inv(np.full_like(lons, lon), np.full_like(lats, lat), lons, lats)[2]
        query = {"lon": lon, "lat": lat, "layers": ",".join(slugs), "limit": 50}
        found = client.get("/api/v1/nearest/", query).json()["features"]
        told = [each["properties"]["distance_m"] for each in found]
        assert told == pytest.approx(np.sort(metres)[:50].tolist(), abs=0.01)
        true = dict(zip(names, metres, strict=True))
        for each, distance in zip(found, told, strict=True):
            name = f"{each['properties']['layer']}/{each['id']}"
            assert true[name] == pytest.approx(distance, abs=0.01), name
