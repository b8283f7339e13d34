"""Who is told of a change of a problem: the author, followers, organisations, moderators."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from geoportal.accounts.models import Membership, Organisation, User
from geoportal.accounts.policies import EDITING_ROLES
from geoportal.notifications.selectors import list_reachable
from geoportal.notifications.subjects.problems.contacts import find_contact
from geoportal.notifications.subjects.problems.letter import Kind
from geoportal.problems.access import list_problems_for
from geoportal.problems.models import Assignment, Problem, StatusChange
from geoportal.problems.workflow import Action, RoutingRole, State

TOLD_TO_AUTHOR = frozenset(Action) - {
    Action.REPORT, Action.CONFIRM_EMAIL, Action.RESUBMIT, Action.ANSWER, Action.RATE,
    Action.NOTE, Action.REMIND,
}  # fmt: skip
# Corrections of a text or a photo are no news; of place and category only with a new organisation.
TOLD_TO_FOLLOWERS = frozenset(
    {
        Action.RETRACT, Action.REROUTE, Action.ACCEPT, Action.FORWARD, Action.ANNOUNCE,
        Action.CLOSE, Action.MERGE, Action.REOPEN, Action.ARCHIVE,
    }
)  # fmt: skip
TOLD_IF_PASSED_ON = frozenset({Action.MOVE, Action.RECATEGORISE})
TOLD_TO_CONTACT = frozenset({Action.PUBLISH, Action.REJECT, Action.CLOSE, Action.MERGE})
TOLD_TO_HOLDERS = TOLD_IF_PASSED_ON | {
    Action.REOPEN, Action.ANSWER, Action.UNANSWERED, Action.MERGE,
}  # fmt: skip


@dataclass(frozen=True)
class Reader:
    """An address and why it is told; `user` is nobody for an organisation's own and a contact's."""

    email: str
    kind: Kind
    user: User | None = None
    organisation: Organisation | None = None


def list_readers(change: StatusChange) -> list[Reader]:
    """Everybody who is told, each address once: the first reason counts."""
    found: dict[str, Reader] = {}
    for reader in _list_all(change):
        found.setdefault(reader.email.lower(), reader)
    return list(found.values())


def list_people(organisation: Organisation) -> list[User]:
    """Its head and officers who get letters."""
    members = Membership.objects.filter(
        organisation=organisation, role__in=EDITING_ROLES, user=OuterRef("pk")
    )
    return list(list_reachable().filter(Exists(members)).order_by("pk"))


def read_for_organisation(organisation: Organisation, kind: Kind) -> Iterator[Reader]:
    """Its own address and its people."""
    if not organisation.is_active:
        return
    if organisation.email:
        yield Reader(organisation.email, kind, organisation=organisation)
    for user in list_people(organisation):
        yield Reader(user.email, kind, user, organisation)


def is_passed_on(change: StatusChange) -> bool:
    """The change gave the problem to another executor."""
    details = change.details
    return bool(details.get("from_organisation") != details.get("to_organisation"))


def find_executors(problem: Problem, role: str) -> list[Organisation]:
    """Organisations that hold the problem in a role."""
    held = Assignment.objects.filter(problem=problem, role=role, ended_at__isnull=True)
    return [each.organisation for each in held.select_related("organisation")]


def _list_all(change: StatusChange) -> Iterator[Reader]:
    if change.action == Action.REMIND:
        yield from _list_reminded(change)
        return
    if change.is_internal or (change.action == Action.REROUTE and not is_passed_on(change)):
        return
    yield from _list_author(change)
    for reader in _list_organisations(change):
        if reader.user is None or reader.user.pk != change.actor_id:
            yield reader
    yield from _list_followers(change)
    yield from _list_contact(change)


def _list_author(change: StatusChange) -> Iterator[Reader]:
    """Unless it was the author who did it, or the author stopped letters about this problem."""
    problem = change.problem
    if problem.reporter_id is None or change.actor_id == problem.reporter_id:
        return
    if change.action not in TOLD_TO_AUTHOR:
        return
    silent = problem.followers.filter(user=problem.reporter_id, wants_mail=False)
    author = list_reachable().filter(pk=problem.reporter_id).first()
    if author is not None and not silent.exists():
        yield Reader(author.email, Kind.AUTHOR, author)


def _list_followers(change: StatusChange) -> Iterator[Reader]:
    """Who may see the problem now; that it was taken from publication is told to them all."""
    told = change.action in TOLD_TO_FOLLOWERS or (
        change.action in TOLD_IF_PASSED_ON and is_passed_on(change)
    )
    if not told:
        return
    problem = change.problem
    wishes = problem.followers.filter(wants_mail=True, user=OuterRef("pk"))
    followers = list_reachable().filter(Exists(wishes))
    for user in followers.exclude(pk__in=[problem.reporter_id, change.actor_id]).order_by("pk"):
        if change.action == Action.RETRACT or can_still_see(user, problem):
            yield Reader(user.email, Kind.FOLLOWER, user)


def _list_contact(change: StatusChange) -> Iterator[Reader]:
    """Who stands behind the report: asked when it comes in, told of what follows after a yes."""
    is_asked = change.action == Action.REPORT
    if not is_asked and change.action not in TOLD_TO_CONTACT:
        return
    contact = find_contact(change.problem)
    if contact is not None and contact.wants_mail is (None if is_asked else True):
        kind = Kind.CONTACT_ASKED if is_asked else Kind.CONTACT
        yield Reader(change.problem.contact_email, kind)


def can_still_see(user: User, problem: Problem) -> bool:
    return problem.is_shown or list_problems_for(user).filter(pk=problem.pk).exists()


def _list_organisations(change: StatusChange) -> Iterator[Reader]:
    """Those whom the change gave the problem, took it from, or who should know.

    An assignment that the change made or ended bears its time.
    """
    if change.action == Action.REROUTE:
        return  # many problems may be rerouted at once: `tell_rerouted` writes of all together
    executor = change.details.get("to_organisation") if is_passed_on(change) else None
    assignments = change.problem.assignments.select_related("organisation")
    for each in assignments.filter(ended_at__isnull=True):
        if each.created_at == change.created_at or each.organisation_id == executor:
            yield from read_for_organisation(each.organisation, Kind.GIVEN)
        elif change.action in TOLD_TO_HOLDERS and each.organisation_id != change.organisation_id:
            yield from read_for_organisation(each.organisation, Kind.HOLDER)
    for each in assignments.filter(ended_at=change.created_at):
        if each.organisation_id != change.organisation_id:
            yield from read_for_organisation(each.organisation, Kind.TAKEN)


def _list_reminded(change: StatusChange) -> Iterator[Reader]:
    """First who has to act, later who controls; where there is nobody, moderators and above."""
    problem, is_first = change.problem, change.details.get("to") == "responsible"
    role, kind = RoutingRole.CONTROLLER, Kind.LATE_CONTROL
    if is_first:
        role, kind = RoutingRole.EXECUTOR, Kind.LATE
    held = [] if problem.state == State.MODERATION else find_executors(problem, role)
    readers = [reader for each in held for reader in read_for_organisation(each, kind)]
    yield from readers or _list_staff(Q(is_moderator=True) if is_first else Q(is_superuser=True))


def _list_staff(who: Q) -> Iterable[Reader]:
    people = list_reachable().filter(who) or list_reachable().filter(is_superuser=True)
    return [Reader(user.email, Kind.LATE_MODERATION, user) for user in people]
