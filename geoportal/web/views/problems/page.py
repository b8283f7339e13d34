"""One problem on a page: what it is, where it stands, its history, and what the reader may do."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from geoportal.accounts.policies import Actor
from geoportal.mapkit.map_config import MapConfig, build_map_config
from geoportal.mapkit.state_look import get_state_colour
from geoportal.problems.access import access_problem, can_see_contacts, list_problems_for
from geoportal.problems.categories.answer_words import ShownAnswer, list_answers
from geoportal.problems.forms.abilities import list_abilities
from geoportal.problems.history.standing import describe_standing
from geoportal.problems.history.timeline import (
    Event,
    Reader,
    find_asked,
    list_events,
    name_author,
    read_as,
    read_rating,
)
from geoportal.problems.models import Attachment, Problem, ProblemTerritory
from geoportal.problems.routing.assignments import list_in_force
from geoportal.problems.routing.explanation import Explanation, find_explanation
from geoportal.problems.templatetags.problem_display import icon_name
from geoportal.problems.workflow import Action
from layers.access import list_hidden, list_layers_for
from layers.models import Layer

# Half the side of what the small map shows, degrees of latitude: about 250 m.
AROUND = 0.0022


class ProblemMapConfig(MapConfig):
    """`feature`: the pin as GeoJSON, so that nothing more is fetched for it."""

    feature: dict[str, Any]
    drawn: dict[str, str]


@dataclass(frozen=True)
class Pictures:
    """What the reader may see: of the report, and of the work that was done."""

    before: list[Attachment]
    after: list[Attachment]


@require_safe
def problem_page(request: HttpRequest, number: int) -> HttpResponse:
    """Who may not see it is told that there is none."""
    problem = access_problem(request.user, number)
    response = render(request, "web/problem.html", build_context(request, problem))
    if request.user.is_authenticated:
        # It may hold contacts, notes and answers that are not for everyone.
        add_never_cache_headers(response)
    return response


def build_context(request: HttpRequest, problem: Problem) -> dict[str, object]:
    actor = request.user
    reader = read_as(actor, problem)
    events = list_events(problem, reader)
    assignments = list(list_in_force(problem))
    layers = {
        layer.pk: layer
        for layer in list_layers_for(actor).filter(kind=Layer.Kind.TERRITORY).order_by()
    }
    pictures = list_pictures(problem, reader)
    can = list_abilities(actor, problem)
    return {
        "problem": problem,
        "can": can,
        "reader": reader,
        "events": events,
        "asked": find_asked(events) if problem.asked_at or can.may_answer else None,
        "refusal": find_refusal(events),
        "standing": describe_standing(problem, assignments),
        "assignments": assignments,
        "author": name_author(problem, reader),
        "answers": show_answers(problem, reader),
        "rating_words": read_rating(problem, events),
        "territories": list_territories(actor, problem, layers),
        "explanation": explain(actor, problem, layers, reader),
        "pictures": pictures,
        "og_picture": next((each for each in pictures.before if not each.is_hidden), None),
        "merged": list_merged(actor, problem),
        "merged_into": find_merged_into(actor, problem),
        "voices": problem.votes,
        "followers": problem.followers.filter(wants_mail=True).count(),
        "sees_contacts": can_see_contacts(actor, problem),
        "page_url": request.build_absolute_uri(f"/problems/{problem.pk}/"),
        "map_url": "/?" + urlencode({"problems": 1}) + f"#feature=problems/{problem.pk}",
        "config": build_map(problem, "web/js/problems/place.mjs"),
        "uploads_max": settings.PROBLEM_ATTACHMENTS_MAX,
    }


def list_pictures(problem: Problem, reader: Reader) -> Pictures:
    """Photos of answers and reopenings stand in the history; hidden ones only for who may see."""
    shown = [
        each
        for each in problem.attachments.all()
        if reader.may_see_media(each)
        and (reader.is_author or each.processing != Attachment.Processing.FAILED)
    ]
    return Pictures(
        before=[each for each in shown if each.purpose == Attachment.Purpose.REPORT],
        after=[each for each in shown if each.purpose == Attachment.Purpose.AFTER],
    )


def find_refusal(events: list[Event]) -> Event | None:
    """Why a moderator refused the report, for who may read it."""
    refusals = (Action.REJECT, Action.RETRACT)
    return next((each for each in reversed(events) if each.action in refusals), None)


def show_answers(problem: Problem, reader: Reader) -> list[ShownAnswer]:
    return list_answers(problem, with_private=reader.is_author or reader.sees_internal)


def list_territories(
    actor: Actor, problem: Problem, layers: dict[int, Layer]
) -> list[tuple[Layer, ProblemTerritory]]:
    """Those that the reader may see; the whole community says nothing."""
    found = [
        (layers[each.layer_id], each)
        for each in ProblemTerritory.objects.filter(problem=problem, layer__in=layers)
        if layers[each.layer_id].slug != settings.BOUNDARY_LAYER
    ]
    hidden = list_hidden(actor, {(layer.slug, each.key) for layer, each in found})
    return [(layer, each) for layer, each in found if (layer.slug, each.key) not in hidden]


def explain(
    actor: Actor, problem: Problem, layers: dict[int, Layer], reader: Reader
) -> Explanation | None:
    visible = {layer.slug for layer in layers.values()}
    return find_explanation(actor, problem, visible, full=reader.sees_internal)


def list_merged(actor: Actor, problem: Problem) -> list[Problem]:
    """Reports of the same thing that were joined with this one and that the reader may open."""
    return list(list_problems_for(actor).filter(merged_into=problem).order_by("pk")[:50])


def find_merged_into(actor: Actor, problem: Problem) -> Problem | None:
    if problem.merged_into_id is None:
        return None
    return list_problems_for(actor).filter(pk=problem.merged_into_id).first()


def build_map(problem: Problem, script: str) -> ProblemMapConfig:
    lon, lat = problem.geom.x, problem.geom.y
    bounds = [lon - AROUND * 1.6, lat - AROUND, lon + AROUND * 1.6, lat + AROUND]
    colour = get_state_colour(problem.state)
    sign = f"problem|{problem.state}|{icon_name(problem.category)}|"
    return {
        **build_map_config(bounds, script),
        "feature": {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {},
        },
        "drawn": {"color": colour, "icon": "", "sign": sign},
    }
