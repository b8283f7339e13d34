"""Problems that may be the one which is being reported: the same category, near, not solved yet."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import connection

from geoportal.accounts.models import User
from geoportal.accounts.policies import Actor
from geoportal.core.database.named_sql import execute_sql
from geoportal.problems.access import list_public_problems
from geoportal.problems.lists.cards import with_cards
from geoportal.problems.models import Category, Follower, Problem, PublicProblem

SHOWN_MAX = 5


@dataclass(frozen=True)
class Similar:
    """A public problem nearby; whether the actor wrote it or has given it a voice."""

    problem: PublicProblem
    distance_m: float
    is_own: bool
    is_joined: bool


def get_radius_m(category: Category) -> int:
    """How near reports of the category must be to be asked about."""
    return category.duplicate_radius_m or int(settings.PROBLEM_DUPLICATE_M)


def list_similar(actor: Actor, category: Category, lon: float, lat: float) -> list[Similar]:
    """Open and accepted public problems of the category around a point in degrees, the nearest
    first.
    """
    values = {
        "category": category.pk,
        "place": Point(lon, lat, srid=4326).hexewkb.decode(),
        "radius_m": get_radius_m(category),
        "limit": SHOWN_MAX,
    }
    with connection.cursor() as cursor:
        execute_sql(cursor, "geoportal.problems.lists", "similar_problems", values)
        distances: dict[int, float] = dict(cursor.fetchall())
    problems = with_cards(list_public_problems().filter(pk__in=distances)).in_bulk()
    own, voices = _list_own(actor, distances), _list_voices(actor, distances)
    return [
        Similar(
            problem=problems[number],
            distance_m=distance_m,
            is_own=number in own,
            is_joined=number in voices,
        )
        for number, distance_m in distances.items()
        if number in problems
    ]


def _list_own(actor: Actor, numbers: dict[int, float]) -> set[int]:
    if not isinstance(actor, User) or not numbers:
        return set()
    written = Problem.objects.filter(reporter=actor, pk__in=numbers)
    return set(written.order_by().values_list("pk", flat=True))


def _list_voices(actor: Actor, numbers: dict[int, float]) -> set[int]:
    if not isinstance(actor, User) or not numbers:
        return set()
    given = Follower.objects.filter(user=actor, has_voice=True, problem__in=numbers)
    return set(given.values_list("problem_id", flat=True))
