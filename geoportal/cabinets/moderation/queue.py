"""What waits for moderators, in the order in which it should be looked at."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from geoportal.accounts.policies import Actor
from geoportal.problems.access import require_moderator
from geoportal.problems.categories.overdue import find_overdue
from geoportal.problems.models import Assignment, Attachment, Problem, ReassignmentRun
from geoportal.problems.workflow import ACTIVE, EDGES, WORKING, Action, RoutingRole, State

LONGEST_QUERY = 100
LONGEST_NUMBER = 9


@dataclass(frozen=True)
class Counts:
    """Numbers beside the tabs; `borders`: joins and problems near new borders that wait."""

    moderation: int
    late: int
    dispatch: int
    rejected: int
    unconfirmed: int
    borders: int
    media: int


def list_queue(actor: Actor) -> QuerySet[Problem]:
    """Reports on moderation: the most overdue first, those whose author was asked last.

    Raises `NotAllowed` for who is no moderator.
    """
    require_moderator(actor)
    return Problem.objects.filter(state=State.MODERATION).order_by(
        F("asked_at").asc(nulls_first=True), F("due_at").asc(nulls_last=True), "pk"
    )


def list_dispatch(actor: Actor) -> QuerySet[Problem]:
    """Published problems that nobody has to solve, the longest waiting first."""
    require_moderator(actor)
    return Problem.objects.filter(_nobody_answers()).order_by("published_at", "pk")


def list_border_checks(actor: Actor) -> QuerySet[Problem]:
    """Problems near a new border whose side nobody has looked at, the oldest first."""
    require_moderator(actor)
    return Problem.objects.filter(_near_new_border()).order_by("pk")


def list_all(actor: Actor, *, state: str = "", text: str = "") -> QuerySet[Problem]:
    """Every report, the newest first; `text`: words of title, description, address, or a number."""
    require_moderator(actor)
    found = Problem.objects.order_by("-pk")
    if state in State.values:
        found = found.filter(state=state)
    text = text.strip()[:LONGEST_QUERY]
    if not text:
        return found
    words = Q(title__icontains=text) | Q(description__icontains=text) | Q(address__icontains=text)
    number = text.removeprefix("№").strip()
    if number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER:
        words |= Q(pk=int(number))
    return found.filter(words)


def count_waiting(actor: Actor, now: datetime) -> Counts:
    """In three queries."""
    require_moderator(actor)
    on_moderation = Q(state=State.MODERATION)
    counted = Problem.objects.aggregate(
        moderation=Count("pk", filter=on_moderation),
        late=Count("pk", filter=on_moderation & find_overdue(now)),
        dispatch=Count("pk", filter=_nobody_answers()),
        rejected=Count("pk", filter=Q(state=State.REJECTED)),
        unconfirmed=Count("pk", filter=Q(state=State.UNCONFIRMED)),
        borders=Count("pk", filter=_near_new_border()),
    )
    counted["borders"] += ReassignmentRun.objects.filter(
        state=ReassignmentRun.State.WAITING
    ).count()
    return Counts(**counted, media=list_unchecked(actor).count())


def list_unchecked(actor: Actor) -> QuerySet[Attachment]:
    """Photos and videos that nobody sees until a moderator has looked at them, the oldest first."""
    require_moderator(actor)
    showable = [edge.source for edge in EDGES if edge.action == Action.SHOW_MEDIA]
    return (
        Attachment.objects.filter(needs_check=True, problem__state__in=showable)
        .exclude(processing=Attachment.Processing.FAILED)
        .order_by("created_at", "pk")
    )


def _near_new_border() -> Q:
    return Q(border_needs_check=True, state__in=ACTIVE)


def _nobody_answers() -> Q:
    """No executor, and nobody who took it for work; control is none, nor who was switched off."""
    works = Q(role=RoutingRole.EXECUTOR) | Q(purpose__in=WORKING)
    held = Assignment.objects.filter(
        works, problem=OuterRef("pk"), ended_at__isnull=True, organisation__is_active=True
    )
    return Q(~Exists(held), state__in=ACTIVE)
