"""A changeset of a territory layer joins the problems it touches again: previewed, then applied."""

from dataclasses import asdict

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.accounts.policies import Actor
from geoportal.core.errors import Conflict, NotFound
from geoportal.problems.access import require_moderator
from geoportal.problems.models import ReassignmentRun, RoutingDecision
from geoportal.problems.services.reassignment import Reassignment, reassign_problems
from layers.history import list_touched_keys
from layers.models import Changeset

State = ReassignmentRun.State


@transaction.atomic
def join_after_changeset(changeset: Changeset) -> ReassignmentRun | None:
    """Preview what the new borders move; apply it at once, or let a moderator decide.

    Waits when more would move than `GEOPORTAL_REASSIGN_WITHOUT_ASKING`. `None` where the borders
    touch no problem. A second call for the same changeset changes nothing.
    """
    standing = ReassignmentRun.objects.filter(changeset=changeset).first()
    if standing is not None:
        return standing
    found = _reassign(changeset, dry_run=True)
    if not found.shifted and not found.moves:
        return None
    run = ReassignmentRun.objects.create(
        changeset=changeset,
        state=State.WAITING,
        considered=found.considered,
        shifted=found.shifted,
        moved=found.moved,
        kept=found.kept,
        moves=[asdict(move) for move in found.moves],
        created_at=timezone.now(),
    )
    if found.moved <= settings.PROBLEM_REASSIGN_WITHOUT_ASKING:
        _apply(run, None)
    return run


@transaction.atomic
def apply_run(*, actor: Actor, run: int) -> ReassignmentRun:
    """A moderator lets the problems go to their new organisations."""
    user = require_moderator(actor)
    return _apply(_lock_waiting(run), user)


@transaction.atomic
def decline_run(*, actor: Actor, run: int) -> ReassignmentRun:
    """The problems stay where they are until the next change of the borders, or the command."""
    waiting = _lock_waiting(run)
    waiting.state, waiting.decided_by = State.DECLINED, require_moderator(actor)
    waiting.decided_at = timezone.now()
    waiting.save()
    return waiting


def _lock_waiting(run: int) -> ReassignmentRun:
    locked = (
        ReassignmentRun.objects.select_for_update(of=("self",))
        .select_related("changeset__layer")
        .filter(pk=run)
        .first()
    )
    if locked is None:
        raise NotFound(_("There is no such join."))
    if locked.state != State.WAITING:
        raise Conflict(_("This was decided already."))
    return locked


def _apply(run: ReassignmentRun, actor: User | None) -> ReassignmentRun:
    """Counts are those of now: borders or problems may have changed since the preview."""
    found = _reassign(run.changeset, dry_run=False)
    run.shifted, run.moved, run.kept = found.shifted, found.moved, found.kept
    run.moves = [asdict(move) for move in found.moves]
    run.state, run.decided_by, run.decided_at = State.APPLIED, actor, timezone.now()
    run.save()
    return run


def _reassign(changeset: Changeset, *, dry_run: bool) -> Reassignment:
    return reassign_problems(
        layer=changeset.layer,
        touched=list_touched_keys(changeset),
        cause=RoutingDecision.Cause.TERRITORY,
        dry_run=dry_run,
    )
