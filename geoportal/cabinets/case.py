"""One problem inside a cabinet: what the organisation may see of it and do with it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation
from geoportal.accounts.policies import Actor, can_work_for
from geoportal.cabinets.inbox import find_assignment, with_assignment
from geoportal.cabinets.remaining import Clock, Remaining
from geoportal.cabinets.rows import with_pictures
from geoportal.core.errors import NotFound
from geoportal.problems.access import list_cabinet_problems
from geoportal.problems.categories.answer_words import ShownAnswer, list_answers
from geoportal.problems.categories.terms import list_line
from geoportal.problems.history.timeline import (
    Event,
    Reader,
    list_events,
    name_author,
    read_rating,
)
from geoportal.problems.models import (
    Assignment,
    Attachment,
    Follower,
    Problem,
    ResponseTemplate,
)
from geoportal.problems.routing.assignments import has_working_acceptance, list_in_force
from geoportal.problems.routing.explanation import Explanation, find_explanation
from geoportal.problems.services.asking import may_ask
from geoportal.problems.workflow import (
    WORKING,
    Action,
    Purpose,
    Role,
    RoutingRole,
    find_edges,
    list_stronger,
)
from layers.access import list_layers_for
from layers.models import Layer


@dataclass(frozen=True)
class Contacts:
    """Of a caller or of the author, for those who work on the problem."""

    name: str
    phone: str
    email: str


@dataclass(frozen=True)
class Case:
    """`may`: what this person may do in the organisation's name; `holds`: it is theirs now.

    `purposes`: for what it may still be taken; `must_accept`: that is the next step.
    """

    problem: Problem
    holds: bool
    assignment: Assignment | None
    may: frozenset[str]
    purposes: list[Purpose]
    must_accept: bool
    acceptance: Remaining | None
    solution: Remaining | None
    remaining: Remaining
    author: str
    contacts: Contacts | None
    answers: list[ShownAnswer]
    pictures: list[Attachment]
    events: list[Event]
    rating_words: str
    explanation: Explanation | None
    held_by: list[Assignment]
    follows: bool


def access_case(actor: Actor, organisation: Organisation, number: int) -> Problem:
    """A problem that the cabinet shows; for everything else `NotFound`."""
    found = with_assignment(
        with_pictures(list_cabinet_problems(actor, organisation), everything=True), organisation
    ).select_related("reporter")
    problem = found.filter(pk=number).first()
    if problem is None:
        raise NotFound(_("There is no problem No. %(number)s.") % {"number": number})
    return problem


def build_case(actor: Actor, organisation: Organisation, problem: Problem, now: datetime) -> Case:
    """Of a problem that `access_case` gave. Internal words are for who holds it now."""
    assignment = find_assignment(problem)
    holds = assignment is not None
    works = holds and can_work_for(actor, organisation.pk)
    reader = Reader(sees_internal=holds)
    events = list_events(problem, reader)
    clock = Clock(now)
    layers = list_layers_for(actor).filter(kind=Layer.Kind.TERRITORY)
    return Case(
        problem=problem,
        holds=holds,
        assignment=assignment,
        may=list_allowed(problem, assignment) if works else frozenset(),
        purposes=list_stronger(assignment.purpose) if assignment else [],
        must_accept=assignment is not None and must_accept(assignment),
        acceptance=_read(
            clock, problem, problem.acceptance_due_at, not has_working_acceptance(problem)
        ),
        solution=_read(clock, problem, problem.solution_due_at, True),
        remaining=clock.read(problem),
        author=name_author(problem, reader),
        contacts=_read_contacts(problem) if works else None,
        answers=list_answers(problem, with_private=holds),
        pictures=[
            each
            for each in getattr(problem, "pictures", [])
            if each.purpose == Attachment.Purpose.REPORT and reader.may_see_media(each)
        ],
        events=events,
        rating_words=read_rating(problem, events),
        explanation=find_explanation(
            actor, problem, set(layers.values_list("slug", flat=True)), full=holds
        ),
        held_by=list(list_in_force(problem)),
        follows=Follower.objects.filter(
            problem=problem, user_id=actor.pk or 0, wants_mail=True
        ).exists(),
    )


def _read(
    clock: Clock, problem: Problem, due_at: datetime | None, awaited: bool
) -> Remaining | None:
    return clock.read(problem, due_at) if due_at and awaited and problem.is_active else None


def _read_contacts(problem: Problem) -> Contacts | None:
    """A caller's, or those of an author who left a phone in the account."""
    author = problem.reporter
    if author is not None and author.phone and not author.deleted_at:
        return Contacts(author.get_full_name(), author.phone, "")
    given = Contacts(problem.contact_name, problem.contact_phone, problem.contact_email)
    return given if any(vars(given).values()) else None


def list_allowed(problem: Problem, assignment: Assignment | None) -> frozenset[str]:
    """What the table of edges and the assignment let the organisation do now."""
    if assignment is None:
        return frozenset()
    allowed = {
        action.value for action in Action if find_edges(action, problem.state, Role.ORGANISATION)
    }
    if not list_stronger(assignment.purpose):
        allowed.discard(Action.ACCEPT)
    if assignment.purpose not in WORKING:
        allowed -= {Action.ANNOUNCE, Action.CLOSE}
    if problem.asked_at is not None or problem.reporter_id is None or not may_ask(assignment):
        allowed.discard(Action.ASK)
    return frozenset(allowed)


def must_accept(assignment: Assignment) -> bool:
    """Not taken yet, or by the executor for control only."""
    is_executor = assignment.role == RoutingRole.EXECUTOR
    return not assignment.purpose or (is_executor and assignment.purpose == Purpose.CONTROL)


def list_replies(
    organisation: Organisation, problem: Problem | None = None
) -> dict[str, list[ResponseTemplate]]:
    """Prepared words by action: the organisation's own first, then those for everybody."""
    found = ResponseTemplate.objects.filter(Q(organisation=organisation) | Q(organisation=None))
    if problem is not None:
        line = [each.pk for each in list_line(problem.category)]
        found = found.filter(Q(category=None) | Q(category__in=line))
    replies: dict[str, list[ResponseTemplate]] = {}
    actions = (
        Action.ACCEPT,
        Action.ASK,
        Action.FORWARD,
        Action.ANNOUNCE,
        Action.CLOSE,
        Action.NOTE,
    )
    for reply in sorted(found, key=lambda each: each.organisation_id is None):
        for action in actions:
            if reply.action in ("", action):
                replies.setdefault(action.value, []).append(reply)
    return replies
