"""The life of a problem: one table of states and the edges between them.

PostgreSQL keeps the same table (`problems_edge`, written from here after each migration) and lets a
row into the history only along an edge; that row, and nothing else, moves the problem's state.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    """Where a problem stands; the four that residents see are open, accepted, closed, archived."""

    UNCONFIRMED = "unconfirmed", _("Waiting for the author’s e-mail to be confirmed")
    MODERATION = "moderation", pgettext_lazy("problem", "On moderation")
    REJECTED = "rejected", pgettext_lazy("problem", "Not published")
    OPEN = "open", pgettext_lazy("problem", "Open")
    ACCEPTED = "accepted", pgettext_lazy("problem", "Accepted")
    CLOSED = "closed", pgettext_lazy("problem", "Closed")
    ARCHIVED = "archived", pgettext_lazy("problem", "Archived")


PUBLISHED = (State.OPEN, State.ACCEPTED, State.CLOSED, State.ARCHIVED)
ACTIVE = (State.OPEN, State.ACCEPTED)
# What maps and lists show until the archive is asked for.
CURRENT = (State.OPEN, State.ACCEPTED, State.CLOSED)
UNPUBLISHED = (State.UNCONFIRMED, State.MODERATION, State.REJECTED)


class Role(models.TextChoices):
    """In which capacity somebody acts on a problem."""

    AUTHOR = "author", _("Author")
    MODERATOR = "moderator", _("Moderator")
    ORGANISATION = "organisation", _("Organisation")
    SYSTEM = "system", _("The portal")


class Action(models.TextChoices):
    """What is done to a problem; each is one row of its history."""

    REPORT = "report", _("Reported")
    CONFIRM_EMAIL = "confirm_email", _("E-mail confirmed")
    PUBLISH = "publish", _("Published")
    REJECT = "reject", _("Not published")
    RESUBMIT = "resubmit", _("Sent again")
    RESTORE = "restore", _("Returned to moderation")
    RETRACT = "retract", _("Taken from publication")
    EDIT = "edit", _("Text changed")
    MOVE = "move", _("Place changed")
    RECATEGORISE = "recategorise", _("Category changed")
    HIDE_MEDIA = "hide_media", _("Photo or video hidden")
    SHOW_MEDIA = "show_media", _("Photo or video shown")
    HIDE_WORDS = "hide_words", _("Words of the history hidden")
    SHOW_WORDS = "show_words", _("Words of the history shown")
    WITHDRAW = "withdraw", _("Removed from public view")
    BRING_BACK = "bring_back", _("Returned to public view")
    REROUTE = "reroute", _("Passed to another organisation")
    ASSIGN = "assign", _("Organisation added")
    ACCEPT = "accept", _("Accepted")
    ASK = "ask", _("Author asked")
    ANSWER = "answer", _("Author answered")
    UNANSWERED = "unanswered", _("Author did not answer")
    FORWARD = "forward", _("Forwarded")
    ANNOUNCE = "announce", _("Date announced")
    NOTE = "note", _("Internal note")
    CLOSE = "close", _("Closed")
    MERGE = "merge", _("Joined with another problem")
    RATE = "rate", _("Rated")
    REOPEN = "reopen", _("Opened again")
    REMIND = "remind", _("Reminder sent")
    ARCHIVE = "archive", _("Moved to the archive")


class RejectReason(models.TextChoices):
    """The portal's rules that a report may break; the last one is a slip of the moderator."""

    OBSCENITY = "obscenity", _("Obscene language")
    SLANDER = "slander", _("Slander or insult")
    HATRED = "hatred", _("A call to hatred")
    PERSONAL_DATA = "personal_data", _("Personal data of other people")
    DUPLICATE = "duplicate", _("Already reported")
    NOT_LOCAL = "not_local", _("Not a matter of this community")
    MISTAKE = "mistake", _("A moderator’s mistake")


class Resolution(models.TextChoices):
    """How a problem was closed."""

    SOLVED = "solved", _("Solved")
    NOT_SOLVABLE = "not_solvable", _("Cannot be solved")
    DUPLICATE = "duplicate", _("Joined with another problem")


class Purpose(models.TextChoices):
    """For what an organisation takes a problem."""

    CONSIDERATION = "consideration", _("for consideration")
    SOLUTION = "solution", _("for solution")
    CONTROL = "control", _("for control")


class RoutingRole(models.TextChoices):
    """What an organisation is to the problems of a category and a territory."""

    EXECUTOR = "executor", _("Executor")
    REVIEWER = "reviewer", _("Reviewer")
    CONTROLLER = "controller", _("Controller")


PURPOSE_OF = {
    RoutingRole.EXECUTOR: Purpose.SOLUTION,
    RoutingRole.REVIEWER: Purpose.CONSIDERATION,
    RoutingRole.CONTROLLER: Purpose.CONTROL,
}


# Of who works on a problem; control looks on.
WORKING = (Purpose.CONSIDERATION, Purpose.SOLUTION)


def list_stronger(than: str) -> list[Purpose]:
    """For what a problem may still be taken by who took it for `than`; all where it is empty."""
    order = [Purpose.CONTROL, *WORKING]
    return order[order.index(Purpose(than)) + 1 :] if than else order


@dataclass(frozen=True)
class Edge:
    """One allowed step; its row must say why where `needs_words`, by a code where `reasons`."""

    action: Action
    source: State
    target: State
    role: Role
    needs_words: bool = False
    reasons: tuple[str, ...] = ()


def _along(
    action: Action,
    roles: tuple[Role, ...],
    *steps: tuple[State, State],
    words: bool = False,
    reasons: Iterable[str] = (),
) -> list[Edge]:
    codes = tuple(str(code) for code in reasons)
    return [Edge(action, *step, role, words, codes) for role in roles for step in steps]


def _staying(*states: State) -> list[tuple[State, State]]:
    return [(state, state) for state in states]


_AUTHOR, _MODERATOR, _ORGANISATION, _SYSTEM = (
    (role,) for role in (Role.AUTHOR, Role.MODERATOR, Role.ORGANISATION, Role.SYSTEM)
)
_S = State

EDGES: tuple[Edge, ...] = (
    # A report comes in and is checked.
    *_along(Action.REPORT, (Role.AUTHOR, Role.MODERATOR),
            *_staying(_S.UNCONFIRMED, _S.MODERATION)),
    *_along(Action.CONFIRM_EMAIL, _SYSTEM, (_S.UNCONFIRMED, _S.MODERATION)),
    *_along(Action.PUBLISH, _MODERATOR, (_S.MODERATION, _S.OPEN)),
    *_along(Action.REJECT, _MODERATOR, (_S.MODERATION, _S.REJECTED), words=True,
            reasons=RejectReason),
    *_along(Action.RESUBMIT, _AUTHOR, (_S.REJECTED, _S.MODERATION)),
    *_along(Action.RESTORE, _MODERATOR, (_S.REJECTED, _S.MODERATION)),
    *_along(Action.RETRACT, _MODERATOR, (_S.OPEN, _S.REJECTED), (_S.ACCEPTED, _S.REJECTED),
            words=True, reasons=RejectReason),
    # What it says is put right.
    *_along(Action.EDIT, _AUTHOR, *_staying(_S.UNCONFIRMED, _S.MODERATION, _S.REJECTED)),
    *_along(Action.EDIT, _MODERATOR, *_staying(_S.MODERATION, *ACTIVE, _S.CLOSED), words=True),
    *_along(Action.MOVE, _MODERATOR, *_staying(_S.MODERATION, *ACTIVE), (_S.ACCEPTED, _S.OPEN),
            words=True),
    *_along(Action.RECATEGORISE, _MODERATOR, *_staying(_S.MODERATION, *ACTIVE),
            (_S.ACCEPTED, _S.OPEN), words=True),
    *_along(Action.HIDE_MEDIA, _MODERATOR, *_staying(_S.MODERATION, *PUBLISHED), words=True),
    *_along(Action.SHOW_MEDIA, _MODERATOR, *_staying(_S.MODERATION, *PUBLISHED)),
    *_along(Action.HIDE_WORDS, _MODERATOR, *_staying(*PUBLISHED), words=True),
    *_along(Action.SHOW_WORDS, _MODERATOR, *_staying(*PUBLISHED)),
    *_along(Action.WITHDRAW, _MODERATOR, *_staying(_S.CLOSED, _S.ARCHIVED), words=True,
            reasons=RejectReason),
    *_along(Action.BRING_BACK, _MODERATOR, *_staying(*PUBLISHED)),
    # Organisations work on it.
    *_along(Action.REROUTE, _SYSTEM, *_staying(_S.OPEN), words=True),
    *_along(Action.ASSIGN, _MODERATOR, *_staying(*ACTIVE), (_S.ACCEPTED, _S.OPEN)),
    *_along(Action.ACCEPT, _ORGANISATION, (_S.OPEN, _S.ACCEPTED), (_S.ACCEPTED, _S.ACCEPTED)),
    *_along(Action.ASK, _ORGANISATION, *_staying(*ACTIVE), words=True),
    *_along(Action.ASK, _MODERATOR, *_staying(_S.MODERATION), words=True),
    *_along(Action.ANSWER, _AUTHOR, *_staying(_S.MODERATION, *ACTIVE), words=True),
    *_along(Action.UNANSWERED, _SYSTEM, *_staying(_S.MODERATION, *ACTIVE), words=True),
    *_along(Action.FORWARD, _ORGANISATION, *_staying(*ACTIVE), (_S.ACCEPTED, _S.OPEN), words=True),
    *_along(Action.ANNOUNCE, _ORGANISATION, *_staying(_S.ACCEPTED), words=True),
    *_along(Action.NOTE, (Role.ORGANISATION,), *_staying(*ACTIVE, _S.CLOSED), words=True),
    *_along(Action.NOTE, _MODERATOR,
            *_staying(_S.UNCONFIRMED, _S.MODERATION, _S.REJECTED, *ACTIVE, _S.CLOSED), words=True),
    *_along(Action.CLOSE, _ORGANISATION, (_S.ACCEPTED, _S.CLOSED), words=True,
            reasons=(Resolution.SOLVED, Resolution.NOT_SOLVABLE)),
    *_along(Action.MERGE, _MODERATOR, (_S.MODERATION, _S.REJECTED), (_S.OPEN, _S.CLOSED),
            (_S.ACCEPTED, _S.CLOSED), reasons=(RejectReason.DUPLICATE,)),
    # The author answers for the result; the clock does the rest.
    *_along(Action.RATE, _AUTHOR, *_staying(_S.CLOSED)),
    *_along(Action.REOPEN, _AUTHOR, (_S.CLOSED, _S.OPEN), words=True),
    *_along(Action.REMIND, _SYSTEM, *_staying(_S.MODERATION, *ACTIVE)),
    *_along(Action.ARCHIVE, _SYSTEM, (_S.CLOSED, _S.ARCHIVED)),
)  # fmt: skip

# Words of these pass between the moderators and the author.
BETWEEN_TWO = (Action.WITHDRAW, Action.BRING_BACK)
# Rows of the history that only staff and organisations read.
INTERNAL = (Action.NOTE, Action.REMIND)


def find_edges(action: str, source: str, role: str) -> list[Edge]:
    """The steps that `role` may take with `action` from the state `source`."""
    return [
        edge
        for edge in EDGES
        if edge.action == action and edge.source == source and edge.role == role
    ]
