"""Taking back the last thing that a moderator did to a report."""

from collections.abc import Callable

from django.db import transaction
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.accounts.policies import Actor
from geoportal.cabinets.moderation.words import PREPARED, UNDONE, write_in
from geoportal.core.errors import Conflict
from geoportal.problems import services
from geoportal.problems.access import require_moderator
from geoportal.problems.models import Category, Problem, StatusChange
from geoportal.problems.routing.deciding import hold_territories, keep_choices
from geoportal.problems.services.merging import lock_with_target
from geoportal.problems.signals import silence
from geoportal.problems.workflow import Action, RejectReason, State

Undoing = Callable[[User, Problem, StatusChange], object]


def find_undoable(actor: Actor, number: int) -> StatusChange | None:
    """The last change of the problem, when this moderator made it and it can be taken back."""
    user = require_moderator(actor)
    last = StatusChange.objects.filter(problem=number).select_related("problem").last()
    if last is None or last.actor_id != user.pk:
        return None
    if last.action == Action.MERGE and last.to_state != State.REJECTED:
        return None
    # What was kept hidden was not shown before either.
    if last.details.get("was_unchecked"):
        return None
    return last if last.action in UNDOING else None


@transaction.atomic
def undo_last(*, actor: Actor, number: int) -> Problem:
    """Bring the report to where it was before; the history keeps both steps.

    What becomes public again was let through before, so nobody is asked about it twice.
    Raises `Conflict` when somebody did something after it, or it cannot be taken back.
    """
    user = require_moderator(actor)
    hold_territories()
    problem = lock_with_target(number)
    last = find_undoable(user, number)
    if last is None:
        raise Conflict(_("This can no longer be taken back: the report has changed since."))
    UNDOING[Action(last.action)](user, problem, last)
    return Problem.objects.get(pk=number)


def _unpublish(user: User, problem: Problem, change: StatusChange) -> None:
    """Two steps and one letter: its words say that a moderator looks at the report once more."""
    words = write_in(problem.language, PREPARED[RejectReason.MISTAKE])
    services.retract_problem(
        actor=user, number=problem.pk, reason=RejectReason.MISTAKE, words=words
    )
    with silence():
        services.restore_problem(actor=user, number=problem.pk)


def _restore(user: User, problem: Problem, change: StatusChange) -> None:
    services.restore_problem(actor=user, number=problem.pk)


def _rewrite(user: User, problem: Problem, change: StatusChange) -> None:
    services.edit_problem(
        actor=user,
        number=problem.pk,
        title=str(change.details["title"]),
        description=str(change.details["description"]),
        words=write_in(problem.language, UNDONE),
        flags_confirmed=True,
    )


def _move_back(user: User, problem: Problem, change: StatusChange) -> None:
    lon, lat = float(change.details["lon"]), float(change.details["lat"])
    services.move_problem(
        actor=user,
        number=problem.pk,
        lon=lon,
        lat=lat,
        address=str(change.details["address"]),
        words=write_in(problem.language, UNDONE),
        border_confirmed=True,
        flags_confirmed=True,
        chosen=keep_choices(_read_choices_before(problem, change), lon, lat),
    )


def _read_choices_before(problem: Problem, change: StatusChange) -> dict[str, str]:
    """The sides of near borders that were chosen for the place before the pin was moved."""
    before = problem.decisions.filter(created_at__lt=change.created_at).order_by("pk").last()
    territories = before.territories if before else []
    return {each["layer"]: each["key"] for each in territories if each.get("is_chosen")}


def _recategorise_back(user: User, problem: Problem, change: StatusChange) -> None:
    services.recategorise_problem(
        actor=user,
        number=problem.pk,
        category=Category.objects.get(code=change.details["category"]),
        answers=change.details["answers"],
        words=write_in(problem.language, UNDONE),
        border_confirmed=True,
        flags_confirmed=True,
    )


def _show(user: User, problem: Problem, change: StatusChange) -> None:
    services.set_media_hidden(
        actor=user, number=problem.pk, attachment=int(change.details["attachment"]), is_hidden=False
    )


def _show_words(user: User, problem: Problem, change: StatusChange) -> None:
    services.set_words_hidden(
        actor=user, number=problem.pk, change=int(change.details["change"]), is_hidden=False
    )


def _bring_back(user: User, problem: Problem, change: StatusChange) -> None:
    services.bring_back_problem(actor=user, number=problem.pk, flags_confirmed=True)


UNDOING: dict[Action, Undoing] = {
    Action.PUBLISH: _unpublish,
    Action.REJECT: _restore,
    Action.MERGE: _restore,
    Action.EDIT: _rewrite,
    Action.MOVE: _move_back,
    Action.RECATEGORISE: _recategorise_back,
    Action.HIDE_MEDIA: _show,
    Action.HIDE_WORDS: _show_words,
    Action.WITHDRAW: _bring_back,
}
