"""Who answers for a problem of a category at a place.

The same SQL function, `problems_list_candidates`, decides for one problem and for many at once.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from geoportal.core.database.named_sql import execute_sql
from geoportal.core.errors import InvalidInput
from geoportal.problems.categories.terms import is_public
from geoportal.problems.models import (
    Category,
    Oversight,
    Problem,
    ProblemTerritory,
)
from geoportal.problems.workflow import RoutingRole
from layers.reading.territories import (
    Located,
    Location,
    find_territory_layers,
    list_neighbours,
    locate_for_routing,
)


class OutsideCommunity(InvalidInput):
    """The point lies outside the community: nobody here answers for it."""

    slug = "outside-community"


# One lock of the database: territories are read for a problem, or problems joined with them anew.
TERRITORIES = 0x6A6F696E


def hold_territories(*, alone: bool = False) -> None:
    """Until the transaction ends, no new join of problems runs; `alone`: nobody routes either.

    Taken before a problem is locked. A join after new borders would else not see a problem that is
    being published by the old ones.
    """
    suffix = "" if alone else "_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock{suffix}(%s)", [TERRITORIES])


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
    """A territory across a near border, and who would be the executor there.

    `asks`: who works on the problem, considers, controls or watches it is not the same there;
    `others`: organisations beside the executor.
    """

    territory: Located
    executor: int | None
    others: frozenset[int]
    asks: bool


@dataclass(frozen=True)
class Routing:
    """What was found for a point and a category; nothing of it is written yet.

    `chosen`: layer slug → key of the side that a moderator chose near a border; `is_watched`: of a
    public category, so oversight over territories looks on.
    """

    location: Location
    layer_ids: Mapping[str, int]
    candidates: tuple[Candidate, ...]
    neighbours: tuple[Neighbour, ...]
    chosen: Mapping[str, str]
    is_watched: bool = True

    @property
    def executor(self) -> int | None:
        return find_executor(self.candidates)

    @property
    def border_distance_m(self) -> float | None:
        return min((each.border_distance_m for each in self.location.territories), default=None)

    @property
    def is_near_border(self) -> bool:
        """A few metres to the side somebody else would answer, control or watch."""
        return bool(self.layers_asked)

    @property
    def layers_asked(self) -> frozenset[str]:
        """Territory layers in which the side matters."""
        return frozenset(each.territory.layer for each in self.neighbours if each.asks)

    def list_assigned(self) -> dict[int, RoutingRole]:
        return list_assigned(self.candidates)


def list_assigned(candidates: Sequence[Candidate]) -> dict[int, RoutingRole]:
    """Organisation → role: the winning executor, and every reviewer and controller."""
    executor = find_executor(candidates)
    assigned = {} if executor is None else {executor: RoutingRole.EXECUTOR}
    for each in candidates:
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


def route_problem(problem: Problem, chosen: Mapping[str, str] | None = None) -> Routing:
    """`build_routing` for a problem as it stands; what its author was told binds it."""
    return build_routing(
        problem.category,
        problem.geom.x,
        problem.geom.y,
        chosen,
        is_private=problem.private_promised,
    )


def build_routing(
    category: Category,
    lon: float,
    lat: float,
    chosen: Mapping[str, str] | None = None,
    *,
    is_private: bool = False,
) -> Routing:
    """Find territories, rules and neighbours of a point (degrees).

    `chosen`: layer slug → key of the territory that a moderator chose near a border; it must be
    one of the neighbours. `is_private`: the author was told that it is not published, whatever the
    category is. Raises `OutsideCommunity`, `InvalidInput`.
    """
    is_shown = is_public(category) and not is_private
    found = require_inside(lon, lat)
    layer_ids = find_territory_layers()
    near = list_neighbours(found, settings.PROBLEM_BORDER_M)
    location = _choose_sides(found, near, chosen or {})
    left = [each for each in found.territories if each not in location.territories]
    near = [each for each in (*left, *near) if each not in location.territories]
    territories = {
        each.layer: f"{layer_ids[each.layer]}:{each.key}" for each in location.territories
    }
    candidates = list_candidates(category.pk, list(territories.values()), is_public=is_shown)
    neighbours = _list_beside(category, is_shown, territories, near, candidates, layer_ids)
    return Routing(
        location,
        layer_ids,
        tuple(candidates),
        neighbours,
        dict(chosen or {}),
        is_watched=is_shown,
    )


def _list_beside(
    category: Category,
    is_shown: bool,
    territories: Mapping[str, str],
    near: Sequence[Located],
    candidates: Sequence[Candidate],
    layer_ids: Mapping[str, int],
) -> tuple[Neighbour, ...]:
    """Who would hold and watch the problem on the other side of each near border."""
    if not near:
        return ()
    watched = {layer_ids[each.layer] for each in near} if is_shown else set()
    watching = _find_watching(watched)
    here = list_assigned(candidates)
    found = []
    for each in sorted(near, key=lambda one: one.border_distance_m):
        across = f"{layer_ids[each.layer]}:{each.key}"
        there = list_candidates(
            category.pk, list({**territories, each.layer: across}.values()), is_public=is_shown
        )
        assigned, executor = list_assigned(there), find_executor(there)
        watch = watching.get(across, frozenset())
        others = (assigned.keys() | watch) - {executor}
        asks = assigned != here or watch != watching.get(
            territories.get(each.layer, ""), frozenset()
        )
        found.append(Neighbour(each, executor, frozenset(others), asks))
    return tuple(found)


def _find_watching(layers: Collection[int]) -> dict[str, frozenset[int]]:
    """'layer id:key' → organisations that watch everything there."""
    watching: dict[str, frozenset[int]] = {}
    rows = Oversight.objects.filter(territory_layer__in=layers, organisation__is_active=True)
    for layer, key, organisation in rows.values_list(
        "territory_layer", "territory_key", "organisation"
    ):
        name = f"{layer}:{key}"
        watching[name] = watching.get(name, frozenset()) | {organisation}
    return watching


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


def keep_choices(stored: Mapping[str, str], lon: float, lat: float) -> dict[str, str]:
    """Of sides that a moderator chose for this place before, those whose border is near still."""
    if not stored:
        return {}
    location = locate_for_routing(lon, lat)
    found = [*location.territories, *list_neighbours(location, settings.PROBLEM_BORDER_M)]
    return {
        each.layer: each.key
        for each in found
        if stored.get(each.layer) == each.key
        and each.border_distance_m <= settings.PROBLEM_BORDER_M
    }


def read_choices(problem: Problem) -> dict[str, str]:
    """Layer slug → key of the sides that a moderator chose for the place, while they hold."""
    stored = ProblemTerritory.objects.filter(problem=problem, is_chosen=True)
    sides = dict(stored.values_list("layer__slug", "key"))
    return keep_choices(sides, problem.geom.x, problem.geom.y)


def list_candidates(
    category_id: int, territories: Sequence[str], *, is_public: bool
) -> list[Candidate]:
    """Rules for a category in territories given as 'layer id:key'; winners first in each role.

    Rules without a category are left out unless `is_public`.
    """
    with connection.cursor() as cursor:
        execute_sql(
            cursor,
            "geoportal.problems.routing",
            "list_candidates",
            {"category": category_id, "territories": list(territories), "is_public": is_public},
        )
        return [Candidate(*row) for row in cursor.fetchall()]
