"""Everything a moderator looks at before deciding on one report."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.accounts.policies import Actor, is_confirmed
from geoportal.cabinets.moderation.duplicates import Near, list_near
from geoportal.cabinets.moderation.highlights import MarkedReport, mark_reports
from geoportal.cabinets.moderation.preview import RoutingPreview, build_preview
from geoportal.cabinets.rows import with_pictures
from geoportal.core.errors import NotFound
from geoportal.problems.access import require_moderator
from geoportal.problems.history.timeline import Event, Reader, list_events
from geoportal.problems.models import Assignment, Attachment, Category, Problem, StatusChange
from geoportal.problems.routing.assignments import list_in_force
from geoportal.problems.routing.explanation import Explanation, find_explanation
from geoportal.problems.workflow import ACTIVE, PUBLISHED, Action, Role, State, find_edges
from layers.reading.territories import list_territory_layers


@dataclass(frozen=True)
class AuthorRecord:
    """Who wrote it: `person` is `None` for a caller and for a deleted account."""

    person: User | None
    confirmed: bool
    reports: int
    published: int
    rejected: int


@dataclass(frozen=True)
class Review:
    """A report with what the portal knows of it; `may`: actions that its state allows."""

    problem: Problem
    marked: MarkedReport
    author: AuthorRecord
    routing: RoutingPreview | None
    near: list[Near]
    pictures: list[Attachment]
    hidden: list[Attachment]
    has_unfinished: bool
    events: list[Event]
    edited: StatusChange | None
    held: list[Assignment]
    explanation: Explanation | None
    may: frozenset[str]


def access_report(actor: Actor, number: int) -> Problem:
    """Any report, for a moderator; raises `NotAllowed`, `NotFound`."""
    require_moderator(actor)
    found = with_pictures(Problem.objects.select_related("reporter", "written_by"), everything=True)
    problem = (
        found.select_related("category__parent", "organisation", "reporter", "written_by")
        .filter(pk=number)
        .first()
    )
    if problem is None:
        raise NotFound(_("There is no problem No. %(number)s.") % {"number": number})
    return problem


def build_review(actor: Actor, problem: Problem) -> Review:
    """Of a report that `access_report` gave."""
    pictures: list[Attachment] = getattr(problem, "pictures", [])
    waits = problem.state in (State.MODERATION, State.UNCONFIRMED, *ACTIVE)
    return Review(
        problem=problem,
        marked=mark_reports([problem])[0],
        author=read_author(problem),
        routing=build_preview(problem) if waits else None,
        near=list_near(problem) if waits else [],
        pictures=[each for each in pictures if not each.is_hidden],
        hidden=[each for each in pictures if each.is_hidden],
        has_unfinished=any(each.processing == Attachment.Processing.WAITING for each in pictures),
        events=list_events(problem, Reader(sees_internal=True, sees_hidden=True)),
        edited=find_edit(problem),
        held=list(list_in_force(problem)),
        explanation=_explain(actor, problem),
        may=list_allowed(problem),
    )


def find_edit(problem: Problem) -> StatusChange | None:
    """The author's edit, when nothing has happened since; its details say what stood before."""
    last = problem.history.order_by("pk").last()
    return last if last and last.action == Action.EDIT and last.role == Role.AUTHOR else None


def _explain(actor: Actor, problem: Problem) -> Explanation | None:
    layers = list_territory_layers().values_list("slug", flat=True)
    return find_explanation(actor, problem, set(layers), full=True)


def list_allowed(problem: Problem) -> frozenset[str]:
    """What the table of edges lets a moderator do with a problem in this state."""
    return frozenset(
        action.value for action in Action if find_edges(action, problem.state, Role.MODERATOR)
    )


def read_author(problem: Problem) -> AuthorRecord:
    """Reports of the same person before this one, and what became of them."""
    if problem.reporter is None:
        return AuthorRecord(None, False, 0, 0, 0)
    earlier = Problem.objects.filter(reporter=problem.reporter, pk__lt=problem.pk)
    counted = earlier.aggregate(
        reports=Count("pk"),
        published=Count("pk", filter=Q(state__in=PUBLISHED)),
        rejected=Count("pk", filter=Q(state=State.REJECTED)),
    )
    return AuthorRecord(problem.reporter, is_confirmed(problem.reporter), **counted)


def list_choices() -> list[tuple[Category, list[Category]]]:
    """Groups with the categories that may be chosen, in the order of the tree."""
    groups: dict[int, list[Category]] = {}
    parents: dict[int, Category] = {}
    for category in Category.objects.filter(children=None).select_related("parent"):
        above = category.parent or category
        parents[above.pk] = above
        groups.setdefault(above.pk, []).append(category)
    ordered = sorted(parents.values(), key=lambda each: (each.position, each.code))
    return [(above, groups[above.pk]) for above in ordered]
