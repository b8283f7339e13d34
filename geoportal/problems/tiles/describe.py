"""Problems as documents for the scripts of a map, in the language of the reader."""

from collections.abc import Iterable, Mapping
from typing import TypedDict

from geoportal.accounts.models import User
from geoportal.accounts.policies import Actor
from geoportal.problems.categories.dates import format_day, format_last_day
from geoportal.problems.categories.overdue import is_overdue
from geoportal.problems.forms.abilities import list_abilities
from geoportal.problems.models import Problem, PublicProblem
from geoportal.problems.templatetags.problem_display import (
    icon_name,
    media_url,
    picture,
    problem_url,
)
from geoportal.problems.workflow import PUBLISHED, Resolution, State


class ProblemDocument(TypedDict):
    """A line of the list beside the map; `lon`, `lat` in degrees."""

    number: int
    title: str
    state: str
    category: str
    icon: str
    address: str
    is_overdue: bool
    lon: float
    lat: float
    url: str


class ViewDocument(TypedDict):
    """`states`: what each would give under the rest of the filter, in the whole community;
    `total`: what the filter gives there; `in_view`: how many of them the box holds.
    """

    states: dict[str, int]
    total: int
    in_view: int
    problems: list[ProblemDocument]


def describe_view(
    counts: Mapping[str, int],
    chosen: Iterable[State],
    in_view: int,
    problems: Iterable[PublicProblem],
) -> ViewDocument:
    states = {state.value: counts.get(state, 0) for state in PUBLISHED}
    wanted = [state.value for state in chosen] or list(states)
    return {
        "states": states,
        "total": sum(states.get(state, 0) for state in wanted),
        "in_view": in_view,
        "problems": [describe_problem(problem) for problem in problems],
    }


def describe_problem(problem: PublicProblem) -> ProblemDocument:
    return {
        "number": problem.pk,
        "title": problem.title,
        "state": problem.state,
        "category": problem.category.title,
        "icon": icon_name(problem.category),
        "address": problem.address,
        "is_overdue": is_overdue(problem),
        "lon": problem.geom.x,
        "lat": problem.geom.y,
        "url": problem_url(problem),
    }


class CardDocument(ProblemDocument):
    """`dates`: those that are known, as they are read; `join`: what the reader may do about it,
    `can`, `joined`, `own`, `confirm` (the e-mail first), `sign_in`, or `closed`.
    """

    ending: str
    organisation: str
    organisation_url: str
    dates: dict[str, str]
    votes: int
    thumbnail: str
    is_video: bool
    join: str


class CardFeature(TypedDict):
    """A GeoJSON Feature."""

    type: str
    id: str
    geometry: dict[str, object]
    properties: CardDocument


def describe_card(problem: PublicProblem, actor: Actor) -> CardFeature:
    """Three queries beside the row's own for who has signed in, none for a visitor."""
    shown = picture(problem)
    organisation = problem.organisation
    return {
        "type": "Feature",
        "id": str(problem.pk),
        "geometry": {"type": "Point", "coordinates": [problem.geom.x, problem.geom.y]},
        "properties": {
            **describe_problem(problem),
            "ending": _say_ending(problem),
            "organisation": organisation.name if organisation else "",
            "organisation_url": f"/organisations/{organisation.slug}/" if organisation else "",
            "dates": _list_dates(problem),
            "votes": problem.votes,
            "thumbnail": media_url(shown, "thumbnail") if shown else "",
            "is_video": shown is not None and shown.kind == "video",
            "join": _find_join(problem, actor),
        },
    }


def _say_ending(problem: PublicProblem) -> str:
    """How it ended, where that is not simply «solved»."""
    ended = problem.state in (State.CLOSED, State.ARCHIVED)
    is_plain = not ended or problem.resolution == Resolution.SOLVED
    return "" if is_plain else str(problem.get_resolution_display())


def _list_dates(problem: PublicProblem) -> dict[str, str]:
    dates = {
        "published": format_day(problem.published_at),
        "accepted": format_day(problem.accepted_at),
        "closed": format_day(problem.closed_at),
        "planned": format_day(problem.planned_on),
        "due": format_last_day(problem.due_at) if problem.is_active else "",
    }
    return {name: day for name, day in dates.items() if day}


def _find_join(problem: PublicProblem, actor: Actor) -> str:
    if not isinstance(actor, User):
        return "sign_in" if problem.is_active else "closed"
    can = list_abilities(actor, Problem.objects.get(pk=problem.pk))
    if can.is_author:
        return "own"
    if can.joined:
        return "joined"
    if can.must_confirm:
        return "confirm"
    if not can.may_join:
        return "closed"
    return "can"
