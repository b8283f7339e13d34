"""Who answers for a problem of a category at a place, and the record of why.

The same SQL function, `problems_list_candidates`, decides for one problem and for many at once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation, User
from geoportal.core.errors import InvalidInput
from geoportal.core.sql import execute_sql
from geoportal.problems.models import Category, Problem, ProblemTerritory, RoutingDecision
from geoportal.problems.workflow import RoutingRole
from layers.models import Layer
from layers.territories import Located, Location, list_neighbours, locate_for_routing


class OutsideCommunity(InvalidInput):
    """The point lies outside the community: nobody here answers for it."""

    slug = "outside-community"


@dataclass(frozen=True)
class Candidate:
    """A rule that matched; `place` 1 is the winner of its role."""

    responsibility: int
    organisation: int
    role: str
    category: int | None
    layer: int | None
    key: str
    priority: int
    place: int


@dataclass(frozen=True)
class Neighbour:
    """A territory across a near border, and who would be the executor there."""

    territory: Located
    executor: int | None


@dataclass(frozen=True)
class Routing:
    """What was found for a point and a category; nothing of it is written yet."""

    location: Location
    layer_ids: Mapping[str, int]
    candidates: tuple[Candidate, ...]
    neighbours: tuple[Neighbour, ...]

    @property
    def executor(self) -> int | None:
        return find_executor(self.candidates)

    @property
    def border_distance_m(self) -> float | None:
        return min((each.border_distance_m for each in self.location.territories), default=None)

    @property
    def is_near_border(self) -> bool:
        """A few metres to the side another organisation would answer."""
        return any(each.executor != self.executor for each in self.neighbours)

    def list_assigned(self) -> dict[int, RoutingRole]:
        """Organisation → role: the winning executor, and every reviewer and controller."""
        assigned: dict[int, RoutingRole] = {}
        for each in sorted(self.candidates, key=lambda each: (each.place, each.responsibility)):
            if each.role == RoutingRole.EXECUTOR and each.place == 1:
                assigned[each.organisation] = RoutingRole.EXECUTOR
        for each in self.candidates:
            if each.role != RoutingRole.EXECUTOR:
                assigned.setdefault(each.organisation, RoutingRole(each.role))
        return assigned


def find_executor(candidates: Sequence[Candidate]) -> int | None:
    return next(
        (
            each.organisation
            for each in candidates
            if each.role == RoutingRole.EXECUTOR and each.place == 1
        ),
        None,
    )


def require_inside(lon: float, lat: float) -> Location:
    """The point's territories; raises `OutsideCommunity`."""
    location = locate_for_routing(lon, lat)
    if not location.inside:
        raise OutsideCommunity(
            _(
                "This place is outside the community: its services do not work there. "
                "Move the point, or write to the community that it belongs to."
            )
        )
    return location


def build_routing(
    category: Category, lon: float, lat: float, chosen: Mapping[str, str] | None = None
) -> Routing:
    """Find territories, rules and neighbours of a point (degrees).

    `chosen`: layer slug → key of the territory that a moderator chose near a border; it must be
    one of the neighbours. Raises `OutsideCommunity`, `InvalidInput`.
    """
    location = require_inside(lon, lat)
    layer_ids = dict(Layer.objects.filter(kind=Layer.Kind.TERRITORY).values_list("slug", "pk"))
    near = list_neighbours(location, settings.PROBLEM_BORDER_M)
    location = _choose_sides(location, near, chosen or {})
    near = [each for each in near if each not in location.territories]
    territories = {
        each.layer: f"{layer_ids[each.layer]}:{each.key}" for each in (location.territories)
    }
    candidates = list_candidates(category.pk, list(territories.values()))
    neighbours = []
    for each in near:
        across = territories | {each.layer: f"{layer_ids[each.layer]}:{each.key}"}
        executor = find_executor(list_candidates(category.pk, list(across.values())))
        neighbours.append(Neighbour(each, executor))
    return Routing(location, layer_ids, tuple(candidates), tuple(neighbours))


def _choose_sides(
    location: Location, near: Sequence[Located], chosen: Mapping[str, str]
) -> Location:
    """The location as if the point lay in the chosen neighbours."""
    if not chosen:
        return location
    options = {(each.layer, each.key): each for each in near}
    standing = {each.layer: each for each in location.territories}
    for layer, key in chosen.items():
        stands = standing.get(layer)
        if stands is not None and stands.key == key:
            continue
        if (layer, key) not in options:
            raise InvalidInput(_("That territory is not on the other side of a near border."))
        standing[layer] = options[layer, key]
    return replace(location, territories=tuple(standing.values()))


def list_candidates(category_id: int, territories: Sequence[str]) -> list[Candidate]:
    """Rules for a category in territories given as 'layer id:key'; winners first in each role."""
    with connection.cursor() as cursor:
        execute_sql(
            cursor,
            "geoportal.problems",
            "list_candidates",
            {"category": category_id, "territories": list(territories)},
        )
        return [Candidate(*row) for row in cursor.fetchall()]


def write_decision(
    problem: Problem,
    routing: Routing,
    *,
    cause: str,
    at: datetime,
    chosen: Mapping[str, str] | None = None,
    confirmed_by: User | None = None,
) -> RoutingDecision:
    """Store territories and the decision with all that led to it."""
    ProblemTerritory.objects.filter(problem=problem).delete()
    ProblemTerritory.objects.bulk_create(
        ProblemTerritory(
            problem=problem,
            layer_id=routing.layer_ids[each.layer],
            key=each.key,
            title=each.title,
            border_distance_m=each.border_distance_m,
            is_chosen=(chosen or {}).get(each.layer) == each.key,
        )
        for each in routing.location.territories
    )
    return RoutingDecision.objects.create(
        problem=problem,
        cause=cause,
        organisation_id=routing.executor,
        border_distance_m=routing.border_distance_m,
        is_near_border=routing.is_near_border,
        confirmed_by=confirmed_by if routing.is_near_border or chosen else None,
        created_at=at,
        **describe_routing(routing),
    )


def describe_routing(routing: Routing) -> dict[str, list[object]]:
    """The routing as documents that say what was true at the time, names included."""
    organisations = dict(
        Organisation.objects.filter(
            pk__in={each.organisation for each in routing.candidates}
            | {each.executor for each in routing.neighbours if each.executor}
        ).values_list("pk", "name_uk")
    )
    categories = dict(
        Category.objects.filter(
            pk__in={each.category for each in routing.candidates if each.category}
        ).values_list("pk", "title_uk")
    )
    layers = {
        layer.slug: layer for layer in Layer.objects.filter(pk__in=routing.layer_ids.values())
    }
    slugs = {pk: slug for slug, pk in routing.layer_ids.items()}
    titles = {(each.layer, each.key): each.title for each in routing.location.territories}
    assigned = routing.list_assigned()
    return {
        "territories": [
            vars(each) | {"layer_title": layers[each.layer].title_uk}
            for each in routing.location.territories
        ],
        "candidates": [
            {
                "responsibility": each.responsibility,
                "organisation": each.organisation,
                "organisation_name": organisations[each.organisation],
                "role": each.role,
                "category": each.category,
                "category_title": categories.get(each.category or 0, ""),
                "layer": slugs.get(each.layer or 0, ""),
                "key": each.key,
                "territory_title": titles.get((slugs.get(each.layer or 0, ""), each.key), ""),
                "priority": each.priority,
                "wins": assigned.get(each.organisation) == each.role
                and (each.role != RoutingRole.EXECUTOR or each.place == 1),
            }
            for each in routing.candidates
        ],
        "neighbours": [
            {
                "layer": each.territory.layer,
                "layer_title": layers[each.territory.layer].title_uk,
                "key": each.territory.key,
                "title": each.territory.title,
                "distance_m": each.territory.border_distance_m,
                "organisation": each.executor,
                "organisation_name": organisations.get(each.executor or 0, ""),
            }
            for each in routing.neighbours
        ],
        "rules": [each.responsibility for each in routing.candidates],
    }
