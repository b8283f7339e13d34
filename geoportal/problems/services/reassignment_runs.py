"""A changeset of a territory layer joins the problems it touches again; many moves wait."""

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
from geoportal.problems.services.reassignment import reassign_problems
from layers.models import Changeset
from layers.reading.history import list_touched_keys

State = ReassignmentRun.State
# What adds or takes every territory of a layer at once.
WHOLE = frozenset({Changeset.Kind.ARCHIVE, Changeset.Kind.RESTORE})


@transaction.atomic
def join_after_changeset(changeset: Changeset) -> ReassignmentRun | None:
    """Store where problems lie by the new borders, and move those that others answer for now.

    Where more would change hands than `GEOPORTAL_REASSIGN_WITHOUT_ASKING` these wait for a
    moderator. `None` where the borders touch no problem. A second call for the same changeset
    changes nothing.
    """
    standing = ReassignmentRun.objects.filter(changeset=changeset).first()
    if standing is not None:
        return standing
    found = reassign_problems(
        layer=changeset.layer,
        touched=None if changeset.kind in WHOLE else list_touched_keys(changeset),
        cause=RoutingDecision.Cause.TERRITORY,
        most=settings.PROBLEM_REASSIGN_WITHOUT_ASKING,
    )
    if found.is_empty:
        return None
    now = timezone.now()
    return ReassignmentRun.objects.create(
        changeset=changeset,
        state=State.WAITING if found.held else State.APPLIED,
        considered=found.considered,
        shifted=found.shifted,
        moved=found.moved,
        kept=found.kept,
        others=found.others,
        moves=[asdict(move) for move in found.moves],
        numbers=list(found.held),
        created_at=now,
        decided_at=None if found.held else now,
    )


@transaction.atomic
def apply_run(*, actor: Actor, run: int) -> ReassignmentRun:
    """A moderator lets the problems go to their new organisations."""
    user = require_moderator(actor)
    return _apply(_lock_waiting(run), user)


@transaction.atomic
def decline_run(*, actor: Actor, run: int) -> ReassignmentRun:
    """The problems stay with who has them until the command, or borders that move them again."""
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
    """Counts are those of now: rules or problems may have changed since.

    A run from before numbers were kept has stored nothing yet.
    """
    found = reassign_problems(
        layer=run.changeset.layer,
        numbers=run.numbers or None,
        touched=None if run.numbers else list_touched_keys(run.changeset),
        cause=RoutingDecision.Cause.TERRITORY,
    )
    run.moved, run.others = found.moved, found.others
    run.moves = [asdict(move) for move in found.moves]
    run.state, run.decided_by, run.decided_at = State.APPLIED, actor, timezone.now()
    run.save()
    return run
