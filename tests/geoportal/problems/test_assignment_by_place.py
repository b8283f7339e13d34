"""Thousands of points over random tessellations go where an independent shapely answer says."""

from datetime import timedelta

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.utils import timezone

from geoportal.accounts.models import Organisation
from geoportal.core.database.named_sql import load_sql
from geoportal.problems.models import (
    Category,
    Problem,
    ProblemTerritory,
    Responsibility,
    RoutingDecision,
    StatusChange,
)
from geoportal.problems.routing.deciding import build_routing
from geoportal.problems.services import reassign_problems
from layers.models import Changeset, Feature, Layer
from layers.services import apply_changeset
from layers.staging import StagedRow
from tests.geoportal.problems.conftest import write_user
from tests.layers.reading.test_territories import (
    answer_by_shapely,
    choose_points,
    make_territories,
    tessellate,
)
from tests.thoroughness import THOROUGH

POINTS_EACH = 2_000 if THOROUGH else 400
SEEDS = (1, 20, 300, 4_000, 50_000)


def publish_many(points, category: Category) -> list[int]:
    """Open problems at points without any routing yet: what a new join has to find."""
    moderator = write_user("mass-moderator", is_moderator=True)
    now = timezone.now()
    problems = Problem.objects.bulk_create(
        Problem(
            category=category, title="Проблема", description="Опис", state_since=now,
            geom=Point(point.x, point.y, srid=4326), created_at=now, published_at=now,
        )
        for point in points
    )  # fmt: skip
    StatusChange.objects.bulk_create(
        StatusChange(
            problem=problem, action="publish", from_state="moderation", to_state="open",
            role="moderator", actor=moderator, created_at=now,
        )
        for problem in problems
    )  # fmt: skip
    RoutingDecision.objects.bulk_create(
        RoutingDecision(problem=problem, cause="publication", created_at=now)
        for problem in problems
    )
    return [problem.pk for problem in problems]


@pytest.fixture
def category(db):
    return Category.objects.create(code="rubbish", title_uk="Сміття")


@pytest.mark.parametrize("seed", SEEDS)
def test_every_problem_is_assigned_as_shapely_answers(category, seed):
    areas = tessellate(seed, 40 + seed % 40)
    layer = make_territories(areas)
    organisations = {
        key: Organisation.objects.create(slug=f"o{n}", kind="municipal_enterprise", name_uk=key)
        for n, key in enumerate(areas)
    }
    Responsibility.objects.bulk_create(
        Responsibility(
            organisation=organisations[key],
            category=category,
            territory_layer=layer,
            territory_key=key,
        )
        for key in areas
    )
    border_points = len(choose_points(areas, seed, 0))
    points = choose_points(areas, seed, max(POINTS_EACH - border_points, 200))
    assert border_points > 100
    numbers = publish_many(points, category)
    reassign_problems(at=timezone.now() + timedelta(minutes=1))
    expected = answer_by_shapely(areas, points)
    placed = dict(ProblemTerritory.objects.values_list("problem_id", "key"))
    assert [placed.get(number) for number in numbers] == expected
    executors = dict(Problem.objects.values_list("pk", "organisation__name_uk"))
    assert [executors[number] for number in numbers] == expected
    held = dict(
        Problem.objects.filter(assignments__ended_at=None).values_list(
            "pk", "assignments__organisation__name_uk"
        )
    )
    assert [held.get(number) for number in numbers] == expected


def locate_as_for_publication(layer: Layer, points) -> list[str | None]:
    """The statement of a publication, for each of many points."""
    statement = load_sql("layers", "locate_point").replace(
        "ST_Point(%(lon)s, %(lat)s, 4326)", "place.geom"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT place.number, found.key
            FROM unnest(%(places)s::text[]) WITH ORDINALITY AS given (hexewkb, number)
            CROSS JOIN LATERAL (
                SELECT given.number, ST_SetSRID(given.hexewkb::geometry, 4326) AS geom
            ) AS place
            CROSS JOIN LATERAL ({statement}) AS found
            """,
            {
                "places": [point.wkb_hex for point in points],
                "layers": [layer.pk],
                "visibilities": list(Feature.Visibility.values),
            },
        )
        found = dict(cursor.fetchall())
    return [found.get(number) for number in range(1, len(points) + 1)]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_publication_finds_the_territory_that_shapely_answers(category, seed):
    """All of the points by its statement; of each kind of place some by itself."""
    areas = tessellate(seed, 40 + seed % 40)
    layer = make_territories(areas)
    border_points = len(choose_points(areas, seed, 0))
    points = choose_points(areas, seed, max(POINTS_EACH - border_points, 200))
    expected = answer_by_shapely(areas, points)
    assert locate_as_for_publication(layer, points) == expected
    inside = [n for n, key in enumerate(expected) if key]
    near = [n for n in inside if n >= len(points) - border_points]
    some = [*inside[:: len(inside) // 40], *near[::20]]
    assert len(some) > 30
    routed = [build_routing(category, points[n].x, points[n].y) for n in some]
    assert [routing.location.territories[0].key for routing in routed] == [
        expected[n] for n in some
    ]


def test_one_at_a_time_agrees_on_borders_and_vertices(category):
    areas = tessellate(7, 30)
    layer = make_territories(areas)
    for number, key in enumerate(areas):
        Responsibility.objects.create(
            organisation=Organisation.objects.create(
                slug=f"o{number}", kind="municipal_enterprise", name_uk=key
            ),
            territory_layer=layer,
            territory_key=key,
        )
    inner = [
        point
        for point in choose_points(areas, 7, 0)
        if sum(area.covers(point) for area in areas.values()) > 1
    ][::3]
    points = inner[:60]
    names = dict(Organisation.objects.values_list("pk", "name_uk"))
    expected = answer_by_shapely(areas, points)
    assert len(expected) > 20
    routed = [build_routing(category, point.x, point.y) for point in points]
    assert [names[routing.executor] for routing in routed] == expected
    assert all(routing.is_near_border for routing in routed)


def test_after_a_border_moves_the_new_answer_holds(category):
    before, after = tessellate(3, 25), tessellate(4, 25)
    layer = make_territories(before)
    points = choose_points(after, 3, 400)
    numbers = publish_many(points, category)
    reassign_problems()
    apply_changeset(
        layer=layer,
        rows=(StagedRow(key, area.wkb_hex, "{}") for key, area in after.items()),
        kind=Changeset.Kind.IMPORT,
        replace=True,
    )
    reassign_problems(layer=layer, touched=sorted({*before, *after}))
    placed = dict(ProblemTerritory.objects.values_list("problem_id", "key"))
    assert [placed.get(number) for number in numbers] == answer_by_shapely(after, points)
