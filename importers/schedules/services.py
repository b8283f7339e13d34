"""Writes schedules: made of an import or an address, changed, paused, run now, ended."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.errors import Conflict, InvalidInput
from importers.models import Import, ImportFetch, RemoteSource, Schedule, ScheduleRun
from importers.schedules.signals import schedule_paused
from importers.schedules.timing import Rhythm
from importers.stages.answers import CONSENTS, check_answers
from importers.stages.from_address import choose_remote, make_source
from importers.stages.recipes import OF_A_NEW_LAYER
from importers.states import State
from layers.access import require_can_edit_layer
from layers.models import Layer


def schedule_import(
    *, actor: User, import_: Import, rhythm: Rhythm, answers: Mapping[str, Any] | None = None
) -> Schedule:
    """Repeat an import that came from an address and is published, with its answers.

    Raises `InvalidInput` for one from a file, `Conflict` for one that is not published,
    `NotAllowed`.
    """
    fetch = getattr(import_, "fetch", None)
    if fetch is None:
        raise InvalidInput(_("Only an import from an address can be repeated by itself."))
    if import_.layer is None or import_.state != State.PUBLISHED:
        raise Conflict(_("Publish the import first: what nobody has seen is not repeated."))
    return make_schedule(
        actor=actor,
        source=fetch.source,
        layer=import_.layer,
        rhythm=rhythm,
        answers=import_.answers | dict(answers or {}),
    )


def schedule_address(
    *,
    actor: User,
    address: str,
    dataset: str,
    layer: Layer,
    rhythm: Rhythm,
    answers: Mapping[str, Any] | None = None,
) -> Schedule:
    """Of what was never imported here; raises also as `choose_remote`."""
    require_can_edit_layer(actor, layer)
    given = check_answers(answers or {})
    choice = choose_remote(address, dataset)
    with transaction.atomic():
        return make_schedule(
            actor=actor,
            source=make_source(choice),
            layer=layer,
            rhythm=rhythm,
            answers=given,
        )


def make_schedule(
    *,
    actor: User,
    source: RemoteSource,
    layer: Layer,
    rhythm: Rhythm,
    answers: Mapping[str, Any],
) -> Schedule:
    """Raises `NotAllowed`, `InvalidInput`, `Conflict` for a source that is repeated already."""
    require_can_edit_layer(actor, layer)
    if Schedule.objects.filter(
        layer=layer, source__address=source.address, source__dataset=source.dataset
    ).exists():
        raise Conflict(_("This source is imported into the layer by a schedule already."))
    return Schedule.objects.create(
        source=source,
        layer=layer,
        author=actor,
        answers=keep_answers(answers),
        next_run_at=rhythm.find_next(timezone.now()),
        **vars(rhythm),
    )


def keep_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """A consent is given to one difference alone."""
    left_out = CONSENTS | OF_A_NEW_LAYER
    return check_answers({code: said for code, said in answers.items() if code not in left_out})


@transaction.atomic
def change_schedule(
    *,
    schedule: Schedule,
    actor: User,
    rhythm: Rhythm | None = None,
    answers: Mapping[str, Any] | None = None,
) -> Schedule:
    """`answers` beside those there are; `None` as a value takes one back. Who changes it answers
    for it from now on."""
    standing = lock(schedule)
    if rhythm is not None:
        for name, value in vars(rhythm).items():
            setattr(standing, name, value)
        standing.next_run_at = rhythm.find_next(timezone.now())
    if answers is not None:
        kept = {code: said for code, said in standing.answers.items() if code not in answers}
        said = {code: value for code, value in answers.items() if value is not None}
        answered = keep_answers(kept | said)
        if answered != standing.answers:
            forget_known(standing)
        standing.answers = answered
    standing.author = actor
    standing.save()
    return refresh(schedule)


def forget_known(schedule: Schedule) -> None:
    """With other answers the next run imports also what has not changed."""
    fetches = ImportFetch.objects.filter(
        source__address=schedule.source.address,
        source__dataset=schedule.source.dataset,
        of__slug=schedule.layer.slug,
    )
    fetches.update(digest="", etag="", modified="")


@transaction.atomic
def pause_schedule(*, schedule: Schedule, reason: str = "") -> Schedule:
    """`reason`: where the portal does it by itself; then its author is told."""
    standing = lock(schedule)
    if standing.paused_at is None:
        standing.paused_at, standing.pause_reason = timezone.now(), reason
        standing.save(update_fields=["paused_at", "pause_reason", "updated_at"])
        if reason:
            schedule_paused.send(Schedule, schedule=standing)
    return refresh(schedule)


@transaction.atomic
def resume_schedule(*, schedule: Schedule, actor: User) -> Schedule:
    """In the name of who resumes it."""
    standing = lock(schedule)
    standing.paused_at, standing.pause_reason, standing.failures = None, "", 0
    standing.author = actor
    standing.next_run_at = Rhythm.of(standing).find_next(timezone.now())
    standing.save()
    return refresh(schedule)


def begin_run(*, schedule: Schedule) -> ScheduleRun:
    """A run that a job does. Raises `Conflict` while another one is at work or waits."""
    try:
        with transaction.atomic():
            return ScheduleRun.objects.create(of=schedule)
    except IntegrityError as error:
        raise Conflict(_("An import of this schedule is not finished yet.")) from error


def delete_schedule(*, schedule: Schedule) -> None:
    """What it has imported stays; an import that waits, too."""
    schedule.delete()


def lock(schedule: Schedule) -> Schedule:
    return Schedule.objects.select_for_update().get(pk=schedule.pk)


def refresh(schedule: Schedule) -> Schedule:
    schedule.refresh_from_db()
    return schedule
