"""The record of a routing: territories, the decision with its reasons, the sides to choose from."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict

from geoportal.accounts.models import Organisation, User
from geoportal.problems.models import (
    Category,
    Oversight,
    Problem,
    ProblemTerritory,
    RoutingDecision,
)
from geoportal.problems.routing.deciding import Routing
from geoportal.problems.workflow import RoutingRole
from layers.models import Layer
from layers.reading.territories import Location

Documents = Mapping[str, Sequence[Any]]


class Side(TypedDict):
    """A side of a near border: `value` is `layer:key` as the form sends it."""

    value: str
    layer: str
    layer_title: str
    territory: str
    organisation: str
    others: list[str]
    distance_m: float
    stands: bool


def write_decision(
    problem: Problem,
    routing: Routing,
    *,
    cause: str,
    at: datetime,
    confirmed_by: User | None = None,
) -> RoutingDecision:
    """Store territories and the decision with all that led to it."""
    store_territories(problem, routing.location, routing.layer_ids, routing.chosen)
    return RoutingDecision.objects.create(
        problem=problem,
        cause=cause,
        organisation_id=routing.executor,
        border_distance_m=routing.border_distance_m,
        is_near_border=routing.is_near_border,
        confirmed_by=confirmed_by if routing.is_near_border or routing.chosen else None,
        created_at=at,
        **describe_routing(routing),
    )


def store_territories(
    problem: Problem,
    location: Location,
    layer_ids: Mapping[str, int],
    chosen: Mapping[str, str],
) -> None:
    """Instead of those that stood."""
    ProblemTerritory.objects.filter(problem=problem).delete()
    ProblemTerritory.objects.bulk_create(
        ProblemTerritory(
            problem=problem,
            layer_id=layer_ids[each.layer],
            key=each.key,
            title=each.title,
            border_distance_m=each.border_distance_m,
            is_chosen=chosen.get(each.layer) == each.key,
        )
        for each in location.territories
    )


def describe_routing(routing: Routing) -> dict[str, list[object]]:
    """The routing as documents that say what was true at the time, names included."""
    names = dict(
        Organisation.objects.filter(
            pk__in={each.organisation for each in routing.candidates}
            | {each.executor for each in routing.neighbours if each.executor}
            | {other for each in routing.neighbours for other in each.others}
        ).values_list("pk", "name_uk")
    )
    layers = {
        layer.slug: layer.title_uk
        for layer in Layer.objects.filter(pk__in=routing.layer_ids.values())
    }
    return {
        "territories": [
            vars(each)
            | {
                "layer_title": layers[each.layer],
                "is_chosen": routing.chosen.get(each.layer) == each.key,
            }
            for each in routing.location.territories
        ],
        "candidates": _describe_candidates(routing, names),
        "neighbours": [
            {
                "layer": each.territory.layer,
                "layer_title": layers[each.territory.layer],
                "key": each.territory.key,
                "title": each.territory.title,
                "distance_m": each.territory.border_distance_m,
                "organisation": each.executor,
                "organisation_name": names.get(each.executor or 0, ""),
                "others": sorted(names[other] for other in each.others),
                "asks": each.asks,
            }
            for each in routing.neighbours
        ],
        "rules": [each.responsibility for each in routing.candidates],
    }


def _describe_candidates(routing: Routing, names: Mapping[int, str]) -> list[object]:
    categories = dict(
        Category.objects.filter(
            pk__in={each.category for each in routing.candidates if each.category}
        ).values_list("pk", "title_uk")
    )
    slugs = {pk: slug for slug, pk in routing.layer_ids.items()}
    titles = {(each.layer, each.key): each.title for each in routing.location.territories}
    assigned = routing.list_assigned()
    return [
        {
            "responsibility": each.responsibility,
            "organisation": each.organisation,
            "organisation_name": names[each.organisation],
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
    ]


def describe_decision(decision: RoutingDecision) -> Documents:
    """What `describe_routing` said when the decision was made."""
    return {
        "territories": decision.territories,
        "candidates": decision.candidates,
        "neighbours": decision.neighbours,
    }


def read_watching() -> dict[str, list[str]]:
    """`layer:key` → names of organisations that watch everything there."""
    watching: dict[str, list[str]] = {}
    rows = Oversight.objects.filter(organisation__is_active=True).order_by("organisation__name_uk")
    for slug, key, name in rows.values_list(
        "territory_layer__slug", "territory_key", "organisation__name_uk"
    ):
        watching.setdefault(f"{slug}:{key}", []).append(name)
    return watching


def list_sides(documents: Documents, watching: Mapping[str, list[str]]) -> list[Side]:
    """In each layer where the side matters: first where the place stands, then what is across."""
    asked = [each for each in documents["neighbours"] if each.get("asks")]
    won = [each for each in documents["candidates"] if each["wins"]]
    executor = next(
        (each["organisation_name"] for each in won if each["role"] == RoutingRole.EXECUTOR), ""
    )
    beside = [each["organisation_name"] for each in won if each["role"] != RoutingRole.EXECUTOR]
    standing = {each["layer"]: each for each in documents["territories"]}
    sides: list[Side] = []
    for layer in dict.fromkeys(each["layer"] for each in asked):
        if layer in standing:
            watch = watching.get(f"{layer}:{standing[layer]['key']}", [])
            others = sorted({*beside, *watch} - {executor})
            sides.append(_build_side(standing[layer], executor, others, 0, stands=True))
        sides += [
            _build_side(each, each["organisation_name"], each["others"], each["distance_m"])
            for each in asked
            if each["layer"] == layer
        ]
    return sides


def _build_side(
    place: Mapping[str, Any],
    organisation: str,
    others: list[str],
    distance_m: float,
    *,
    stands: bool = False,
) -> Side:
    return Side(
        value=f"{place['layer']}:{place['key']}",
        layer=place["layer"],
        layer_title=place["layer_title"],
        territory=place["title"],
        organisation=organisation,
        others=others,
        distance_m=distance_m,
        stands=stands,
    )
