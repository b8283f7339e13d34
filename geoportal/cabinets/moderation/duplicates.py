"""Reports near each other that may be of one thing, as a moderator sees them: unpublished too."""

from dataclasses import dataclass
from datetime import timedelta
from math import cos, radians

from django.conf import settings
from django.contrib.gis.db.models.functions import Distance
from django.contrib.gis.geos import Polygon
from django.db.models import Q, QuerySet

from geoportal.problems.models import Category, Problem
from geoportal.problems.workflow import ACTIVE, State

METRES_A_DEGREE = 111_320.0
SHOWN_MAX = 8
CLOSED_FOR = timedelta(days=25)


@dataclass(frozen=True)
class Near:
    """`distance_m` from the report; only an open or accepted problem can be joined."""

    problem: Problem
    distance_m: float
    may_join: bool
    is_same_category: bool


def list_near(problem: Problem, radius_m: float | None = None) -> list[Near]:
    """Same category first, then nearer; those of the same group of categories as well."""
    radius_m = radius_m or problem.category.duplicate_radius_m or settings.PROBLEM_DUPLICATE_M
    found = (
        Problem.objects.filter(
            Q(state__in=(*ACTIVE, State.MODERATION))
            | Q(state=State.CLOSED, closed_at__gte=problem.created_at - CLOSED_FOR),
            geom__bboverlaps=_build_box(problem, radius_m),
            category__in=list_group(problem.category),
        )
        .exclude(pk=problem.pk)
        .exclude(merged_into=problem)
        .select_related("category", "organisation")
        .annotate(away=Distance("geom", problem.geom))
        .order_by("away")
    )
    near = [
        Near(
            each,
            each.away.m,
            each.state in ACTIVE,
            each.category_id == problem.category_id,
        )
        for each in found[: SHOWN_MAX * 3]
        if each.away.m <= radius_m
    ]
    return sorted(near, key=lambda each: (not each.is_same_category, each.distance_m))[:SHOWN_MAX]


def list_group(category: Category) -> QuerySet[Category]:
    """The category and those beside it under the same group."""
    if category.parent_id is None:
        return Category.objects.filter(pk=category.pk)
    return Category.objects.filter(parent=category.parent_id)


def _build_box(problem: Problem, radius_m: float) -> Polygon:
    """Around the point, as wide as the radius; degrees, for the spatial index."""
    lon, lat = problem.geom.x, problem.geom.y
    south = radius_m / METRES_A_DEGREE
    east = south / max(cos(radians(lat)), 0.01)
    box = Polygon.from_bbox((lon - east, lat - south, lon + east, lat + south))
    box.srid = 4326
    return box
