"""Where a report would go when it is published, and why, before anything is written."""

from dataclasses import dataclass, field
from typing import Any

from geoportal.accounts.models import Organisation
from geoportal.core.errors import InvalidInput
from geoportal.problems.models import Problem
from geoportal.problems.routing.deciding import Routing, read_choices, route_problem
from geoportal.problems.routing.decisions import (
    Side,
    describe_routing,
    list_sides,
    read_watching,
)
from geoportal.problems.workflow import RoutingRole


@dataclass(frozen=True)
class RoutingPreview:
    """`refusal` says why nothing can be routed, for example outside the community.

    `outlines`: (layer, key, kind) of territories to be drawn; `kind` is held or beside.
    """

    refusal: str = ""
    executor: Organisation | None = None
    others: list[dict[str, Any]] = field(default_factory=list)
    winner: dict[str, Any] | None = None
    territories: list[dict[str, Any]] = field(default_factory=list)
    candidates: list[dict[str, Any]] = field(default_factory=list)
    neighbours: list[dict[str, Any]] = field(default_factory=list)
    sides: list[Side] = field(default_factory=list)
    border_distance_m: float | None = None
    is_near_border: bool = False
    outlines: list[tuple[str, str, str]] = field(default_factory=list)


def build_preview(problem: Problem) -> RoutingPreview:
    """By the rules as they are now; nothing is written."""
    try:
        routing = route_problem(problem, read_choices(problem))
    except InvalidInput as refusal:
        return RoutingPreview(refusal=str(refusal.message))
    documents: dict[str, list[Any]] = describe_routing(routing)
    candidates = [
        each | {"role_title": str(RoutingRole(each["role"]).label)}
        for each in documents["candidates"]
    ]
    winner = next(
        (each for each in candidates if each["wins"] and each["role"] == RoutingRole.EXECUTOR), None
    )
    return RoutingPreview(
        executor=Organisation.objects.filter(pk=routing.executor or 0).first(),
        others=[each for each in candidates if each["wins"] and each is not winner],
        winner=winner,
        territories=documents["territories"],
        candidates=candidates,
        neighbours=documents["neighbours"],
        sides=_list_sides(routing, documents),
        border_distance_m=routing.border_distance_m,
        is_near_border=routing.is_near_border,
        outlines=_list_outlines(routing, winner, documents["neighbours"]),
    )


def _list_sides(routing: Routing, documents: dict[str, list[Any]]) -> list[Side]:
    if not routing.is_near_border:
        return []
    return list_sides(documents, read_watching() if routing.is_watched else {})


def _list_outlines(
    routing: Routing, winner: dict[str, Any] | None, neighbours: list[Any]
) -> list[tuple[str, str, str]]:
    """The territory by which the winner answers, and those across a near border."""
    held = [(winner["layer"], winner["key"], "held")] if winner and winner["layer"] else []
    beside = [(each["layer"], each["key"], "beside") for each in neighbours]
    standing = {layer for layer, _key, _kind in beside} - {layer for layer, _key, _kind in held}
    held += [
        (each.layer, each.key, "held")
        for each in routing.location.territories
        if each.layer in standing
    ]
    return [*held, *beside]
