"""`/api/v1/nearest/`: true metres over layers of every shape, kinds, hours, refusals in words."""

import random
from datetime import UTC, datetime
from typing import Any

import pytest
import shapely
from django.contrib.gis.geos import GEOSGeometry
from pyproj import CRS, Geod, Transformer
from rest_framework.test import APIClient

from layers.models import Changeset, Kind, Layer
from layers.reading import nearest
from layers.schema.specs import FieldSpec
from layers.services import add_feature, apply_changeset
from layers.staging import StagedRow
from tests.conftest import write_council, write_layer
from tests.standing import standing_world

pytestmark = pytest.mark.django_db
URL = "/api/v1/nearest/"
LON, LAT = 30.5, 50.4
GEOD = Geod(ellps="WGS84")
FIELDS = (
    FieldSpec(name="name", title_uk="Назва"),
    FieldSpec(name="type", title_uk="Тип"),
    FieldSpec(name="openingHours", title_uk="Графік"),
    FieldSpec(name="addressThoroughfare"),
    FieldSpec(name="addressLocatorDesignator"),
    FieldSpec(name="addressPostName"),
    FieldSpec(name="keeper", audience="staff"),
)
MONDAY_NOON = datetime(2026, 11, 23, 10, tzinfo=UTC)


def put(layer: Layer, key: str, wkt: str, visibility: str = "public", **values: object) -> None:
    geom = GEOSGeometry(wkt, srid=4326)
    values = {"name": key} | values
    add_feature(layer=layer, key=key, geom=geom, values=values, visibility=visibility)


@standing_world
def standing_near() -> None:
    council = write_council()
    shops = write_layer(council, "shops", title_uk="Крамниці", title_en="Shops",
                        title_field="name", fields=FIELDS)  # fmt: skip
    put(shops, "north", "POINT(30.5 50.41)", type="хліб", openingHours="Пн-Пт 08:00-20:00",
        addressThoroughfare="вулиця Садова", addressLocatorDesignator="5",
        addressPostName="Містечко", keeper="Прихований")  # fmt: skip
    put(shops, "east", "POINT(30.503 50.4)", type="вода", openingHours="Сб 08:00-20:00")
    put(shops, "west", "POINT(30.49 50.4)", type="хліб", openingHours="коли як")
    put(shops, "back", "POINT(30.5001 50.4)", "staff", type="хліб", openingHours="цілодобово")
    for slug, kind in (("streams", "line"), ("parks", "polygon")):
        write_layer(council, slug, title_field="name", geometry_type=kind, fields=FIELDS)
    put(Layer.objects.get(slug="streams"), "stream", "LINESTRING(30.45 50.42, 30.55 50.42)")
    put(Layer.objects.get(slug="parks"), "around",
        "POLYGON((30.48 50.38, 30.52 50.38, 30.52 50.401, 30.48 50.401, 30.48 50.38))")  # fmt: skip
    put(Layer.objects.get(slug="parks"), "south",
        "POLYGON((30.4 50.3, 30.6 50.3, 30.6 50.35, 30.4 50.35, 30.4 50.3))")  # fmt: skip
    office = write_layer(council, "office", title_field="name", visibility="staff", fields=FIELDS)
    put(office, "desk", "POINT(30.5 50.4001)")
    Kind.objects.create(slug="bread", title_uk="Хліб", title_en="Bread", layer=shops, position=1,
                        only={"type": ["хліб"]})  # fmt: skip
    Kind.objects.create(slug="shop", title_uk="Крамниця", layer=shops, position=2)
    Kind.objects.create(slug="park", title_uk="Парк", position=3,
                        layer=Layer.objects.get(slug="parks"))  # fmt: skip
    Kind.objects.create(slug="desk", title_uk="Стіл", position=4, layer=office)


def ask(user: object = None, status: int = 200, **query: object) -> Any:
    client = APIClient()
    if user:
        client.force_authenticate(user)
    response = client.get(URL, {"lon": LON, "lat": LAT} | query)
    assert response.status_code == status, response.content
    return response.json()


def list_keys(**query: object) -> list[str]:
    return [each["id"] for each in ask(**query)["features"]]


def test_the_nearest_of_many_layers_come_in_order_with_metres_and_directions(standing_near):
    found = ask(layers="shops,streams,parks")
    told = {each["id"]: each["properties"] for each in found["features"]}

    assert (found["type"], found["lon"], found["lat"]) == ("FeatureCollection", LON, LAT)
    assert list(told) == ["around", "east", "west", "north", "stream", "south"]
    metres = {key: GEOD.inv(LON, LAT, *end)[2] for key, end in (
        ("east", (30.503, 50.4)), ("west", (30.49, 50.4)), ("north", (30.5, 50.41)),
        ("stream", (LON, 50.42)), ("south", (LON, 50.35)))}  # fmt: skip
    exact = ("east", "west", "north")
    for key, expected in metres.items():
        # The others are straight in degrees, so their middles bend off by some metres.
        within_m = 0.01 if key in exact else 10
        assert told[key]["distance_m"] == pytest.approx(expected, abs=within_m), key
    assert told["around"]["distance_m"] == 0
    assert (told["around"]["bearing_deg"], told["around"]["direction"]) == (None, None)
    assert [told[key]["direction_code"] for key in ("east", "west", "north", "south")] == [
        "e", "w", "n", "s",
    ]  # fmt: skip
    assert told["north"]["direction"] == "на північ"
    assert told["south"]["bearing_deg"] == pytest.approx(180, abs=0.1)
    north = told["north"]
    assert (north["name"], north["layer_title"]) == ("north", "Крамниці")
    assert north["address"] == "вулиця Садова, 5, Містечко"
    assert north["item"] == "/ogc/collections/shops/items/north"
    assert "Прихований" not in str(found)


def test_kinds_are_parts_of_layers(standing_near):
    assert list_keys(kinds="bread") == ["west", "north"]
    assert list_keys(kinds="shop") == ["east", "west", "north"]
    assert list_keys(kinds="bread,park", limit=2) == ["around", "west"]
    assert list_keys(kinds="bread", layers="streams") == ["west", "north", "stream"]
    # Without either all kinds, each object once.
    assert list_keys() == ["around", "east", "west", "north", "south"]
    kinds = {each["id"]: each["properties"]["kind"] for each in ask()["features"]}
    assert (kinds["west"], kinds["east"], kinds["south"]) == ("bread", "shop", "park")


def test_open_now_leaves_what_is_surely_open(standing_near, monkeypatch):
    monkeypatch.setattr("layers.hours.state.timezone.now", lambda: MONDAY_NOON)
    monkeypatch.setattr("layers.hours.phrases.timezone.now", lambda: MONDAY_NOON)
    found = {each["id"]: each["properties"] for each in ask(kinds="shop")["features"]}
    assert (found["north"]["is_open"], found["north"]["open_state"]) == (True, "Відкрито до 20:00")
    assert found["north"]["changes_at"] == "2026-11-23T20:00:00+02:00"
    assert (found["east"]["is_open"], found["east"]["open_state"]) == (
        False, "Зачинено, відчиниться: субота, 08:00",
    )  # fmt: skip
    assert (found["west"]["is_open"], found["west"]["hours"]) == (None, "коли як")
    assert list_keys(kinds="shop", open="now") == ["north"]
    assert list_keys(kinds="shop", open="now", limit=1) == ["north"]


def test_open_now_looks_on_where_the_nearest_are_closed(standing_near, monkeypatch):
    monkeypatch.setattr(nearest, "GROWS", 1 + 1)
    monkeypatch.setattr("layers.hours.state.timezone.now", lambda: MONDAY_NOON)
    shops = Layer.objects.get(slug="shops")
    rows = (
        StagedRow(f"k{n}", f"SRID=4326;POINT({LON + n / 1e5} {LAT})", '{"openingHours": "Нд 8-9"}')
        for n in range(40)
    )
    apply_changeset(layer=shops, rows=rows, kind=Changeset.Kind.IMPORT)
    assert list_keys(kinds="shop", open="now", limit=1) == ["north"]


def test_max_m_and_limit_bound_the_answer(standing_near):
    assert list_keys(kinds="shop", max_m=300) == ["east"]
    assert list_keys(kinds="shop", max_m="1e9") == ["east", "west", "north"]
    assert list_keys(kinds="shop", limit=1) == ["east"]
    assert list_keys(kinds="shop", limit=100_000) == ["east", "west", "north"]


def test_staff_sees_layers_and_objects_of_staff(standing_near, administrator):
    assert list_keys(user=administrator, kinds="shop")[0] == "back"
    assert list_keys(user=administrator, kinds="desk") == ["desk"]
    assert ask(kinds="desk", status=400)["parameter"] == "kinds"
    assert ask(layers="office", status=404)["type"] == "urn:geoportal:not-found"


@pytest.mark.parametrize(("lon", "lat"), [(0, 85), (-179.99, -85), (179.99, 0), (0, 0)])
def test_far_away_it_still_answers(standing_near, lon, lat):
    found = ask(lon=lon, lat=lat, kinds="shop")["features"]
    assert len(found) == 3
    for each in found:
        expected = GEOD.inv(lon, lat, *each["geometry"]["coordinates"])[2]
        assert each["properties"]["distance_m"] == pytest.approx(expected, rel=1e-6)


def test_refusals_say_what_to_mend(standing_near):
    wrong = {
        "lon": ("", "far", "181", "nan", "30,50"),
        "lat": ("", "90", "-86"),
        "kinds": ("absent",),
        "limit": ("0", "-1", "x", "1.5"),
        "open": ("tomorrow",),
        "max_m": ("0", "-5", "far", "inf", "1,2"),
        "radius": ("5",),
    }
    for name, texts in wrong.items():
        for text in texts:
            told = ask(status=400, **{name: text})
            assert told["parameter"] == name, (name, text, told)
            assert told["detail"], (name, text)
    assert "shop" in ask(status=400, kinds="absent")["known"]


def test_many_points_equal_a_search_of_all_of_them(standing_near):
    """Points and crooked areas around, by a plane in which distances from the middle are true."""
    drawn = random.Random(3)
    shapes = {}
    for number in range(300):
        lon, lat = 30.2 + drawn.random() * 0.6, 50.2 + drawn.random() * 0.4
        point = shapely.Point(lon, lat)
        shapes[f"p{number:03d}"] = point if number % 3 else point.buffer(0.004 * drawn.random())
    shops = Layer.objects.get(slug="shops")
    rows = [StagedRow(key, shape.wkb_hex, "{}") for key, shape in shapes.items()]
    apply_changeset(layer=shops, rows=rows, kind=Changeset.Kind.IMPORT)
    for _ in range(12):
        lon, lat = 30.2 + drawn.random() * 0.6, 50.2 + drawn.random() * 0.4
        plane = CRS.from_proj4(f"+proj=aeqd +lat_0={lat} +lon_0={lon} +datum=WGS84")
        project = Transformer.from_crs(4326, plane, always_xy=True).transform
        true = {
            key: shapely.transform(shape, project, interleaved=False).distance(shapely.Point(0, 0))
            for key, shape in shapes.items()
        }
        found = ask(layers="shops", lon=lon, lat=lat, limit=40)["features"]
        found = [each for each in found if each["id"] in true][:30]
        for each in found:
            assert each["properties"]["distance_m"] == pytest.approx(true[each["id"]], abs=0.3)
        nearest_30 = sorted(true.values())[: len(found)]
        distances = [each["properties"]["distance_m"] for each in found]
        assert distances == sorted(distances)
        assert distances == pytest.approx(nearest_30, abs=0.3)
