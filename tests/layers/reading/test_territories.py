"""A point belongs to exactly one territory of a layer, by the same rule in all code paths."""

import itertools

import numpy as np
import pytest
import shapely
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from layers.models import Changeset, Layer
from layers.reading.territories import locate_point
from layers.schema.specs import FieldSpec, LayerSpec
from layers.services import apply_changeset, create_layer
from layers.staging import StagedRow
from tests.thoroughness import examples

pytestmark = pytest.mark.django_db
VISITOR = AnonymousUser()


def make_territories(areas, slug="districts"):
    layer = create_layer(
        spec=LayerSpec(
            slug=slug,
            title_uk="Райони",
            kind=Layer.Kind.TERRITORY,
            geometry_type="polygon",
            title_field="name",
            fields=(FieldSpec(name="name"),),
        )
    )
    rows = (
        StagedRow(key, area.wkb_hex, f'{{"name": "Район {key}"}}') for key, area in areas.items()
    )
    apply_changeset(layer=layer, rows=rows, kind=Changeset.Kind.IMPORT)
    return layer


def locate_at_once(layer, points):
    """The rule for many points in one statement, as the joins of problems are made."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT place.number, min(territory.key COLLATE "C")
            FROM unnest(%s::float8[], %s::float8[]) WITH ORDINALITY AS place (lon, lat, number)
            INNER JOIN layers_feature AS territory
                ON territory.layer_id = %s
                    AND layers_covers(
                        territory.geom, ST_SetSRID(ST_MakePoint(place.lon, place.lat), 4326))
            GROUP BY place.number
            """,
            [[point.x for point in points], [point.y for point in points], layer.pk],
        )
        found = dict(cursor.fetchall())
    return [found.get(number) for number in range(1, len(points) + 1)]


def tessellate(seed, sites):
    """A Voronoi partition of a box of about 20 km: neighbours share their vertices exactly."""
    random = np.random.default_rng(seed)
    box = shapely.box(30.0, 50.0, 30.3, 50.2)
    points = shapely.points(30 + random.random(sites) * 0.3, 50 + random.random(sites) * 0.2)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=box))
    inner = [cell for cell in cells if box.contains(cell)]
    return {f"т{number:02d}": cell for number, cell in enumerate(inner or list(cells))}


def choose_points(areas, seed, count):
    """Points anywhere, on vertices, and on edges (exactly where doubles allow)."""
    random = np.random.default_rng(seed)
    anywhere = list(
        shapely.points(30 + random.random(count) * 0.3, 50 + random.random(count) * 0.2)
    )
    rings = [np.asarray(area.exterior.coords) for area in areas.values()]
    vertices = [shapely.Point(vertex) for ring in rings for vertex in ring[:-1]]
    middles = [
        shapely.Point((start + end) / 2)
        for ring in rings
        for start, end in itertools.pairwise(ring)
    ]
    return anywhere + vertices + middles


def answer_by_shapely(areas, points):
    """The rule in its plainest form, independent of the code under test."""
    return [
        min((key for key, area in areas.items() if area.covers(point)), default=None)
        for point in points
    ]


@pytest.fixture
def square_and_neighbour():
    return {"b": shapely.box(30, 50, 30.1, 50.1), "a": shapely.box(30.1, 50, 30.2, 50.1)}


@pytest.mark.parametrize(
    ("lon", "lat", "key"),
    [(30.05, 50.05, "b"), (30.15, 50.05, "a"), (30.1, 50.05, "a"), (30.1, 50.1, "a")],
)
def test_point_on_a_shared_border_belongs_to_exactly_one_district(
    square_and_neighbour, lon, lat, key
):
    make_territories(square_and_neighbour)
    location = locate_point(VISITOR, lon, lat)
    assert [(found.layer, found.key) for found in location.territories] == [("districts", key)]
    assert location.territories[0].title == f"Район {key}"


def test_the_distance_to_the_border_is_in_metres(square_and_neighbour):
    make_territories(square_and_neighbour)
    (found,) = locate_point(VISITOR, 30.05, 50.001).territories
    assert found.border_distance_m == pytest.approx(111.25, rel=0.001)
    (found,) = locate_point(VISITOR, 30.001, 50.05).territories
    assert found.border_distance_m == pytest.approx(71.6, rel=0.001)


def test_outside_the_boundary_is_outside(square_and_neighbour):
    make_territories({"громада": shapely.box(30, 50, 30.1, 50.1)}, slug="boundary")
    make_territories(square_and_neighbour)
    assert locate_point(VISITOR, 30.05, 50.05).inside
    outside = locate_point(VISITOR, 30.15, 50.05)
    assert not outside.inside
    assert [found.key for found in outside.territories] == ["a"]


def test_territories_of_staff_are_not_told(square_and_neighbour, officer):
    layer = make_territories(square_and_neighbour)
    Layer.objects.filter(pk=layer.pk).update(visibility="staff")
    assert locate_point(VISITOR, 30.05, 50.05).territories == ()
    assert len(locate_point(officer, 30.05, 50.05).territories) == 1


@settings(max_examples=examples(6), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), sites=st.integers(8, 60))
def test_every_code_path_answers_as_shapely_does(db, seed, sites):
    from django.db import transaction

    areas = tessellate(seed, sites)
    points = choose_points(areas, seed, 300)
    expected = answer_by_shapely(areas, points)
    with transaction.atomic():
        layer = make_territories(areas)
        by_sql = locate_at_once(layer, points)
        singly = [locate_point(VISITOR, point.x, point.y) for point in points[::10]]
        transaction.set_rollback(True)
    assert by_sql == expected
    keys = [location.territories[0].key if location.territories else None for location in singly]
    assert keys == expected[::10]


def test_vertices_of_a_tessellation_are_never_left_out(db):
    areas = tessellate(7, 80)
    points = choose_points(areas, 7, 0)
    found = locate_at_once(make_territories(areas), points)
    vertices = sum(len(area.exterior.coords) - 1 for area in areas.values())
    assert None not in found[:vertices]
    assert found == answer_by_shapely(areas, points)
