"""«Why this organisation?»: a routing decision in plain words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geoportal.accounts.policies import Actor
from geoportal.problems.models import Problem, RoutingDecision
from geoportal.problems.workflow import Action, RoutingRole
from layers.access import list_hidden

Document = Mapping[str, Any]
CAUSES: Mapping[RoutingDecision.Cause, str | Promise] = {
    RoutingDecision.Cause.PLACE: gettext_lazy(
        "The place was corrected, so it was found anew who answers."
    ),
    RoutingDecision.Cause.CATEGORY: gettext_lazy(
        "The category was changed, so it was found anew who answers."
    ),
    RoutingDecision.Cause.TERRITORY: gettext_lazy(
        "The borders of territories were changed, so it was found anew who answers."
    ),
    RoutingDecision.Cause.RULES: gettext_lazy(
        "The zones of responsibility were changed, so it was found anew who answers."
    ),
    RoutingDecision.Cause.REOPENING: gettext_lazy(
        "The problem was opened again, so it was found anew who answers."
    ),
}

PASSING_ON = (Action.FORWARD, Action.ASSIGN, Action.ACCEPT)
# By whether a moderator chose the side, and whether the rule names a category.
RULES: Mapping[tuple[bool, bool], str | Promise] = {
    (False, True): gettext_lazy(
        "The place lies in the territory “%(territory)s” (%(layer)s); there %(organisation)s "
        "answers for “%(category)s”."
    ),
    (False, False): gettext_lazy(
        "The place lies in the territory “%(territory)s” (%(layer)s); there %(organisation)s "
        "answers for all problems."
    ),
    (True, True): gettext_lazy(
        "The place is at a border; a moderator looked and counted it to the territory "
        "“%(territory)s” (%(layer)s); there %(organisation)s answers for “%(category)s”."
    ),
    (True, False): gettext_lazy(
        "The place is at a border; a moderator looked and counted it to the territory "
        "“%(territory)s” (%(layer)s); there %(organisation)s answers for all problems."
    ),
}


@dataclass(frozen=True)
class Explanation:
    """`sentences` are for everyone; `candidates` and `neighbours` only for moderators, holders."""

    sentences: tuple[str, ...]
    decision: RoutingDecision
    candidates: tuple[Document, ...] = ()
    neighbours: tuple[Document, ...] = ()


def find_explanation(
    actor: Actor, problem: Problem, visible_layers: Collection[str], *, full: bool = False
) -> Explanation | None:
    """From the newest decision; `None` before publication.

    `visible_layers`: slugs of territory layers the reader may see; others are not named, nor are
    single territories hidden from the actor.
    """
    decision = (
        RoutingDecision.objects.filter(problem=problem)
        .select_related("organisation")
        .order_by("-pk")
        .first()
    )
    if decision is None:
        return None
    return Explanation(
        sentences=tuple(
            build_sentences(decision, problem, _Visible(actor, decision, visible_layers))
        ),
        decision=decision,
        candidates=tuple(decision.candidates) if full else (),
        neighbours=tuple(decision.neighbours) if full else (),
    )


class _Visible:
    """Which territories of a decision the reader may be told."""

    def __init__(self, actor: Actor, decision: RoutingDecision, layers: Collection[str]) -> None:
        named = {
            (each["layer"], each["key"])
            for each in (*decision.territories, *decision.neighbours)
            if each["layer"] in layers
        }
        self.shown = named - list_hidden(actor, named)

    def __contains__(self, place: Document) -> bool:
        return (place["layer"], place["key"]) in self.shown


def build_sentences(decision: RoutingDecision, problem: Problem, visible: _Visible) -> list[str]:
    """Which rule, in which territory, how near the border is, and what was changed by hand."""
    executors = [each for each in decision.candidates if each["role"] == RoutingRole.EXECUTOR]
    winner = next((each for each in executors if each["wins"]), None)
    sentences = []
    if decision.cause in CAUSES:
        sentences.append(str(CAUSES[RoutingDecision.Cause(decision.cause)]))
    if winner is None:
        sentences.append(
            _(
                "No organisation has taken this category at this place upon itself, "
                "so a dispatcher chooses who works on the problem."
            )
        )
    else:
        sentences.append(_describe_rule(winner, decision.territories, visible))
        sentences += _compare(winner, executors)
    sentences += _describe_border(decision, visible)
    sentences += _describe_others(decision)
    sentences += _describe_change(decision, problem)
    return sentences


def _describe_rule(rule: Document, territories: Sequence[Document], visible: _Visible) -> str:
    place = next((each for each in territories if each["layer"] == rule["layer"]), {})
    values = {
        "organisation": rule["organisation_name"],
        "category": _inside_quotes(rule["category_title"]),
        "territory": _inside_quotes(rule["territory_title"] or rule["key"]),
        "layer": place.get("layer_title", ""),
    }
    if not rule["layer"]:
        if rule["category"]:
            text = _("%(organisation)s answers for “%(category)s” in the whole community.")
        else:
            text = _("%(organisation)s answers for all problems of the community.")
    elif rule not in visible:
        text = _("%(organisation)s answers for this category at this place.")
    else:
        text = str(RULES[bool(place.get("is_chosen")), bool(rule["category"])])
    return text % values


def _inside_quotes(name: str) -> str:
    """«Маршрут № 1 „Центр“»: a name that has quotes of its own."""
    return name.replace("«", "„").replace("»", "“")


def _compare(winner: Document, executors: Sequence[Document]) -> list[str]:
    """Why this rule and not another that matched as well."""
    others = [each for each in executors if each["responsibility"] != winner["responsibility"]]
    if not others:
        return []
    if winner["priority"] > max(each["priority"] for each in others):
        return [_("Other rules matched as well; this one has the highest priority.")]
    return [
        _("Other rules matched as well; this one names the category or the territory more exactly.")
    ]


def _describe_border(decision: RoutingDecision, visible: _Visible) -> list[str]:
    if not decision.is_near_border:
        return []
    across = [
        each
        for each in decision.neighbours
        if each in visible and each["organisation"] != decision.organisation_id
    ]
    sentences = [
        _(
            "The border with the territory “%(territory)s” is %(distance)s m away; "
            "there %(organisation)s would answer."
        )
        % {
            "territory": _inside_quotes(each["title"]),
            "distance": max(1, round(each["distance_m"])),
            "organisation": each["organisation_name"] or _("nobody"),
        }
        for each in across
    ] or [_("The place is near a border of territories.")]
    if decision.confirmed_by_id is not None:
        sentences.append(_("A moderator checked on which side the place is."))
    return sentences


def _describe_others(decision: RoutingDecision) -> list[str]:
    """Who looks at it beside the executor."""
    texts = {
        RoutingRole.REVIEWER: _("Considers it too: %(names)s."),
        RoutingRole.CONTROLLER: _("Controls the work: %(names)s."),
    }
    sentences = []
    for role, text in texts.items():
        names = [
            each["organisation_name"]
            for each in decision.candidates
            if each["role"] == role and each["wins"]
        ]
        if names:
            sentences.append(text % {"names": ", ".join(dict.fromkeys(names))})
    return sentences


def _describe_change(decision: RoutingDecision, problem: Problem) -> list[str]:
    """People may have passed it on since, or it stayed with who had it when the rules changed."""
    now = problem.organisation
    if now is None or now.pk == decision.organisation_id:
        return []
    since = problem.history.filter(action__in=PASSING_ON, created_at__gt=decision.created_at)
    if since.exists():
        text = _(
            "Later the problem was passed on; now it is with: %(organisation)s (see the history)."
        )
    elif problem.accepted_at is not None:
        text = _("But %(organisation)s had taken the problem before, so it stays with them.")
    else:
        text = _("But the problem had been given to %(organisation)s, so it stays with them.")
    return [text % {"organisation": now.name}]
