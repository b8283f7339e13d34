"""Cells of territories answer as the areas themselves do, and never for areas that changed."""

import math
import threading

import numpy as np
import pytest
import shapely
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers.joining.preparing import prepare_territories
from layers.models import Changeset, Feature, Layer, PreparedLayer, TerritoryCell
from layers.reading.territories import locate_point
from layers.schema.specs import LayerSpec
from layers.services import apply_changeset, create_layer, delete_feature
from layers.staging import StagedRow
from tests.layers.reading.test_territories import answer_by_shapely, make_territories, tessellate
from tests.thoroughness import examples

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()
WEST, SOUTH = 30.0, 50.0
LOCATE = """
    SELECT (SELECT found.key FROM layers_locate(ARRAY[%s], ARRAY['public'], place.geom) AS found)
    FROM unnest(%s::float8[], %s::float8[]) WITH ORDINALITY AS given (lon, lat, number)
    CROSS JOIN LATERAL (SELECT ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS geom) AS place
    ORDER BY number
"""
BY_AREAS = """
    SELECT (
        SELECT min(area.key COLLATE "C") FROM layers_feature AS area
        WHERE area.layer_id = %s AND layers_covers(area.geom, place.geom))
    FROM unnest(%s::float8[], %s::float8[]) WITH ORDINALITY AS given (lon, lat, number)
    CROSS JOIN LATERAL (SELECT ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS geom) AS place
    ORDER BY number
"""


def locate_all(layer, points, statement=LOCATE):
    with connection.cursor() as cursor:
        cursor.execute(statement, [layer.pk, [p.x for p in points], [p.y for p in points]])
        return [key for (key,) in cursor.fetchall()]


def draw_areas(seed):
    """A partition with overlaps, holes, enclaves, parts apart, tiny, vast and crinkled areas."""
    random = np.random.default_rng(seed)
    areas = dict(list(tessellate(seed, 12).items())[:8])
    places = WEST + random.random((6, 2)) * 0.3
    for number, (lon, lat) in enumerate(places):
        disc = shapely.Point(lon, lat - WEST + SOUTH - 0.05).buffer(0.002 + random.random() * 0.04)
        hole = shapely.Point(disc.centroid).buffer(0.001)
        areas[f"disc{number}"] = disc.difference(hole) if number % 2 else disc
        areas[f"hole{number}"] = hole
    first, second, *_ = list(areas.values())
    areas["two"] = shapely.union(first.buffer(-0.004), second.buffer(-0.004))
    areas["vast"] = shapely.box(29, 49, 31.5, 51.5).difference(shapely.box(30, 50, 30.3, 50.2))
    areas["tiny"] = shapely.box(30.15, 50.1, 30.15 + 1e-6, 50.1 + 1e-6)
    angles = np.linspace(0, 2 * np.pi, 1_500, endpoint=False)
    reach = 0.03 * (1 + 0.4 * np.sin(9 * angles) + 0.02 * random.random(len(angles)))
    areas["crinkled"] = shapely.Polygon(
        np.column_stack([30.2 + reach * np.cos(angles), 50.1 + reach * np.sin(angles)])
    )
    return areas


def draw_points(areas, seed, count):
    """Anywhere; on vertices and edges; a step of a double beside them; on the edges of cells."""
    random = np.random.default_rng(seed)
    anywhere = np.column_stack([30 + random.random(count) * 0.3, 50 + random.random(count) * 0.2])
    rings = [
        shapely.get_coordinates(ring)
        for area in areas.values()
        for ring in shapely.get_parts(shapely.boundary(area))
    ]
    starts = np.concatenate([ring[:-1] for ring in rings])
    ends = np.concatenate([ring[1:] for ring in rings])
    chosen = random.choice(len(starts), min(len(starts), count), replace=False)
    starts, ends = starts[chosen], ends[chosen]
    along = starts + (ends - starts) * random.random((len(starts), 1))
    beside = np.nextafter(along, np.where(random.random(along.shape) < 0.5, -np.inf, np.inf))
    side = 360 / 2.0 ** random.integers(12, 22, (count, 1))
    on_cells = np.floor((anywhere + 180) / side) * side - 180
    near = along + random.uniform(-3e-8, 3e-8, along.shape)
    return list(shapely.points(np.concatenate([anywhere, starts, along, beside, near, on_cells])))


@settings(
    max_examples=examples(3),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
@given(seed=st.integers(0, 2**32))
def test_cells_answer_as_shapely_does(db, seed):
    areas = draw_areas(seed)
    points = draw_points(areas, seed, 120)
    for area in areas.values():
        shapely.prepare(area)
    with transaction.atomic():
        layer = make_territories(areas)
        assert PreparedLayer.objects.filter(layer=layer).exists()
        found, by_areas = locate_all(layer, points), locate_all(layer, points, BY_AREAS)
        transaction.set_rollback(True)
    expected = answer_by_shapely(areas, points)
    assert by_areas == expected
    assert found == expected


@pytest.mark.parametrize("within_m", [30, 2_000])
def test_the_areas_near_a_place_are_those_whose_whole_border_is(within_m):
    """By cells, and by the areas themselves where somebody changed them past the services."""
    areas = draw_areas(7) | {"line": shapely.LineString([(30.1, 50.02), (30.2, 50.15)])}
    layer = make_territories(areas)
    points = draw_points(areas, 7, 40 if within_m < 100 else 4)
    near = """
        SELECT number, found.key, found.distance_m
        FROM given
        CROSS JOIN LATERAL layers_find_near(ARRAY[%(layer)s], %(within_m)s, geom) AS found
    """
    whole = """
        SELECT number, area.key, layers_border_distance_m(area.geom, given.geom)
        FROM given CROSS JOIN layers_feature AS area
        WHERE
            area.layer_id = %(layer)s
            AND layers_border_distance_m(area.geom, given.geom) <= %(within_m)s
    """
    given = """
        WITH given AS (
            SELECT number, ST_Point(lon, lat, 4326) AS geom
            FROM unnest(%(lons)s::float8[], %(lats)s::float8[]) WITH ORDINALITY
                AS place (lon, lat, number)
        )
    """
    values = {"layer": layer.pk, "within_m": within_m,
              "lons": [p.x for p in points], "lats": [p.y for p in points]}  # fmt: skip

    def read(statement):
        with connection.cursor() as cursor:
            cursor.execute(given + statement, values)
            return {(number, key): metres for number, key, metres in cursor.fetchall()}

    expected, by_cells = read(whole), read(near)
    assert len(expected) > 20
    assert by_cells == pytest.approx(expected, abs=1e-6)
    PreparedLayer.objects.filter(layer=layer).update(revision=0)
    assert read(near) == pytest.approx(expected, abs=1e-6)


def test_what_is_no_valid_area_is_asked_itself():
    odd = {
        "bow": shapely.from_wkt("POLYGON ((30 50, 30.1 50.1, 30.1 50, 30 50.1, 30 50))"),
        "twice": shapely.from_wkt(
            "MULTIPOLYGON (((30.2 50, 30.3 50, 30.3 50.1, 30.2 50)),"
            " ((30.2 50, 30.3 50, 30.3 50.1, 30.2 50)))"
        ),
        "line": shapely.LineString([(30.4, 50), (30.5, 50.1)]),
        "spot": shapely.Point(30.45, 50.08),
    }
    layer = create_layer(spec=LayerSpec(slug="odd", title_uk="Дивні", kind="territory"))
    rows = [StagedRow(key, area.wkb_hex, "{}") for key, area in odd.items()]
    apply_changeset(layer=layer, rows=rows, kind=Changeset.Kind.IMPORT)
    random = np.random.default_rng(1)
    places = np.column_stack([30 + random.random(300) * 0.5, 50 + random.random(300) * 0.1])
    points = [*shapely.points(places), shapely.Point(30.45, 50.05), shapely.Point(30.45, 50.08)]
    found = locate_all(layer, points)
    assert found == locate_all(layer, points, BY_AREAS)
    assert {"bow", "twice", "spot"} <= set(found)


def test_the_distance_to_the_border_of_a_large_area_is_that_of_all_its_border():
    areas = draw_areas(5)
    layer = make_territories({"crinkled": areas["crinkled"]})
    assert TerritoryCell.objects.filter(layer=layer, is_large=True).exists()
    inside = [p for p in draw_points(areas, 5, 300) if areas["crinkled"].contains(p)]
    assert len(inside) > 30
    statement = """
        SELECT located.border_distance_m, layers_border_distance_m(area.geom, place.geom)
        FROM unnest(%s::float8[], %s::float8[]) AS given (lon, lat)
        CROSS JOIN LATERAL (SELECT ST_SetSRID(ST_MakePoint(lon, lat), 4326) AS geom) AS place
        CROSS JOIN layers_feature AS area
        CROSS JOIN LATERAL
            layers_locate(ARRAY[area.layer_id], ARRAY['public'], place.geom) AS located
        WHERE area.layer_id = %s
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [[p.x for p in inside], [p.y for p in inside], layer.pk])
        pairs = cursor.fetchall()
    assert len(pairs) == len(inside)
    assert all(math.isclose(by_cells, whole, abs_tol=1e-6) for by_cells, whole in pairs)


def name_at(lon, lat):
    return [found.key for found in locate_point(VISITOR, lon, lat).territories]


def test_the_distance_to_what_is_long_and_was_not_cut_is_told():
    along = np.linspace(0, 1, 700)
    layer = make_territories(
        {"line": shapely.LineString(np.column_stack([30 + along, 50 + along**2]))}
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT key, border_distance_m FROM layers_locate("
            "ARRAY[%s], ARRAY['public'], ST_Point(30, 50, 4326))",
            [layer.pk],
        )
        assert cursor.fetchall() == [("line", 0.0)]


def test_only_an_area_whose_shape_changed_is_cut_again():
    areas = {"a": shapely.box(30, 50, 30.1, 50.1), "b": shapely.box(30.1, 50, 30.2, 50.1)}
    layer = make_territories(areas)
    ids = dict(Feature.objects.filter(layer=layer).values_list("key", "pk"))

    def list_places():
        """Where the cells of `b` stand in their table: they move when they are written anew."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT ctid::text FROM layers_territorycell WHERE feature_id = %s", [ids["b"]]
            )
            return {place for (place,) in cursor.fetchall()}

    before = list_places()
    rows = [StagedRow("a", shapely.box(30, 50, 30.1, 50.05).wkb_hex, "{}"),
            StagedRow("b", areas["b"].wkb_hex, '{"name": "Нова"}')]  # fmt: skip
    apply_changeset(layer=layer, rows=rows, kind=Changeset.Kind.EDIT)
    assert list_places() == before
    assert name_at(30.05, 50.07) == []
    assert name_at(30.05, 50.02) == ["a"]
    delete_feature(layer=layer, key="a")
    assert name_at(30.05, 50.02) == []
    assert not TerritoryCell.objects.filter(feature_id=ids["a"]).exists()


def test_a_change_past_the_services_is_seen_at_once_and_prepared_later():
    layer = make_territories({"a": shapely.box(30, 50, 30.1, 50.1)})
    moved = shapely.box(30.3, 50, 30.4, 50.1)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE layers_feature SET geom = ST_SetSRID(%s::geometry, 4326) WHERE layer_id = %s",
            [moved.wkb_hex, layer.pk],
        )
    assert name_at(30.05, 50.05) == []
    assert name_at(30.35, 50.05) == ["a"]
    assert prepare_territories(layer).areas == 1
    assert prepare_territories(layer).areas == 0
    assert name_at(30.05, 50.05) == []
    assert name_at(30.35, 50.05) == ["a"]


@pytest.mark.django_db(transaction=True)
def test_readers_see_the_old_borders_or_the_new_ones_and_never_both():
    """Three areas trade places while others locate points: each answer is of one of the states."""
    places = [shapely.box(30 + n * 0.1, 50, 30.1 + n * 0.1, 50.1) for n in range(3)]
    layer = make_territories(dict(zip("abc", places, strict=True)))
    points = [shapely.Point(30.05 + n * 0.1, 50.05) for n in range(3)]
    states = {"abc", "bca", "cab"}
    seen, wrong, ended = set(), [], threading.Event()

    def read():
        try:
            while not ended.is_set():
                found = "".join(key or "-" for key in locate_all(layer, points))
                seen.add(found)
                if found not in states:
                    wrong.append(found)
        finally:
            connection.close()

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for turn in range(1, 11):
            keys = "abc"[turn % 3 :] + "abc"[: turn % 3]
            if turn % 4:
                rows = [
                    StagedRow(key, place.wkb_hex, "{}")
                    for key, place in zip(keys, places, strict=True)
                ]
                apply_changeset(layer=layer, rows=rows, kind=Changeset.Kind.IMPORT)
                continue
            with connection.cursor() as cursor:  # past the services
                cursor.execute(
                    """
                    UPDATE layers_feature AS area SET geom = ST_SetSRID(given.geom::geometry, 4326)
                    FROM unnest(%s::text[], %s::text[]) AS given (key, geom)
                    WHERE area.layer_id = %s AND area.key = given.key
                    """,
                    [list(keys), [place.wkb_hex for place in places], layer.pk],
                )
    finally:
        ended.set()
        for reader in readers:
            reader.join()
    assert not wrong
    assert len(seen) > 1
    assert Layer.objects.filter(pk=layer.pk, prepared__isnull=False).exists()
