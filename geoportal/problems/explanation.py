"""«Why this organisation?»: a routing decision in plain words."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geoportal.problems.models import Problem, RoutingDecision
from geoportal.problems.workflow import RoutingRole

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
}


@dataclass(frozen=True)
class Explanation:
    """`sentences` are for everyone; `candidates` and `neighbours` only for moderators, holders."""

    sentences: tuple[str, ...]
    decision: RoutingDecision
    candidates: tuple[Document, ...] = ()
    neighbours: tuple[Document, ...] = ()


def find_explanation(
    problem: Problem, visible_layers: Collection[str], *, full: bool = False
) -> Explanation | None:
    """From the newest decision; `None` before publication.

    `visible_layers`: slugs of territory layers the reader may see; others are not named.
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
        sentences=tuple(build_sentences(decision, problem, visible_layers)),
        decision=decision,
        candidates=tuple(decision.candidates) if full else (),
        neighbours=tuple(decision.neighbours) if full else (),
    )


def build_sentences(
    decision: RoutingDecision, problem: Problem, visible_layers: Collection[str]
) -> list[str]:
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
        sentences.append(_describe_rule(winner, decision.territories, visible_layers))
        sentences += _compare(winner, executors)
    sentences += _describe_border(decision, visible_layers)
    sentences += _describe_others(decision)
    sentences += _describe_change(decision, problem)
    return sentences


def _describe_rule(
    rule: Document, territories: Sequence[Document], visible_layers: Collection[str]
) -> str:
    values = {
        "organisation": rule["organisation_name"],
        "category": _inside_quotes(rule["category_title"]),
        "territory": _inside_quotes(rule["territory_title"] or rule["key"]),
        "layer": next(
            (each["layer_title"] for each in territories if each["layer"] == rule["layer"]), ""
        ),
    }
    if not rule["layer"]:
        if rule["category"]:
            text = _("%(organisation)s answers for “%(category)s” in the whole community.")
        else:
            text = _("%(organisation)s answers for all problems of the community.")
    elif rule["layer"] not in visible_layers:
        text = _("%(organisation)s answers for this category at this place.")
    elif rule["category"]:
        text = _(
            "The place lies in the territory “%(territory)s” (%(layer)s); there %(organisation)s "
            "answers for “%(category)s”."
        )
    else:
        text = _(
            "The place lies in the territory “%(territory)s” (%(layer)s); there %(organisation)s "
            "answers for all problems."
        )
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


def _describe_border(decision: RoutingDecision, visible_layers: Collection[str]) -> list[str]:
    if not decision.is_near_border:
        return []
    across = [
        each
        for each in decision.neighbours
        if each["layer"] in visible_layers and each["organisation"] != decision.organisation_id
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
    """People may have passed it on since."""
    now = problem.organisation
    if now is None or now.pk == decision.organisation_id:
        return []
    return [
        _("Later the problem was passed on; now it is with: %(organisation)s (see the history).")
        % {"organisation": now.name}
    ]
