"""Schedules at work: the clock begins runs, a job does one, and what became of them is noted."""

import logging
import shutil
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from geoportal.accounts.policies import can_edit_for
from geoportal.core.database.session_lock import SessionLock
from geoportal.core.errors import Conflict, DomainError
from importers.models import Import, ImportFetch, Schedule, ScheduleRun
from importers.remote.address import show_address
from importers.remote.kind import Fetched, Unchanged
from importers.schedules.selectors import find_known
from importers.schedules.services import begin_run, pause_schedule
from importers.schedules.signals import run_needs_a_person
from importers.schedules.timing import Rhythm, find_retry
from importers.stages.fetching import fetch_source, record_fetched
from importers.stages.files import get_root, make_folder
from importers.stages.jobs import WAITS_FOR_A_WORKER, let_go, run_import
from importers.states import WORKING, Origin, State

log = logging.getLogger(__name__)
Outcome = ScheduleRun.Outcome
ATTEMPTS_MAX = 3
RUNS_KEPT = 100
AT_ONCE_MAX = 20


def begin_due() -> int:
    """By the clock: schedules whose time has come; how many runs have begun."""
    now = timezone.now()
    count = 0
    for schedule in list_due()[:AT_ONCE_MAX]:
        with transaction.atomic():
            due = list_due().select_for_update(skip_locked=True, of=("self",))
            standing = due.filter(pk=schedule.pk).first()
            if standing is None:
                continue
            standing.next_run_at = Rhythm.of(standing).find_next(now)
            standing.save(update_fields=["next_run_at"])
            if pause_where_nobody_stands_for(standing):
                continue
            try:
                begin(standing)
            except Conflict:
                continue  # its last import still waits, or works
            count += 1
    return count


def list_due() -> QuerySet[Schedule]:
    due = Schedule.objects.filter(paused_at=None, next_run_at__lte=timezone.now())
    return due.order_by("next_run_at")


def begin(schedule: Schedule) -> ScheduleRun:
    """Raises `Conflict` while another run of it is at work or waits."""
    with transaction.atomic():
        run = begin_run(schedule=schedule)
        transaction.on_commit(lambda: run_schedule.enqueue(run.pk))
    return run


class RunLock(SessionLock):
    """Held while a process does the run."""

    SPACE = 0x7363686C


@task(queue_name=settings.BULK_QUEUE)
def run_schedule(run_id: int) -> None:
    """Job: fetch what the schedule is about and import it where it has changed."""
    lock = RunLock(run_id)
    if not lock.take():
        return  # another process is at it
    try:
        run = ScheduleRun.objects.select_related(
            "of__source", "of__layer__organisation", "of__author"
        ).filter(pk=run_id, outcome=Outcome.FETCHING)
        if (found := run.first()) is not None:
            with translation.override(get_language_of(found.of)):
                do_run(found)
    finally:
        lock.release()


def do_run(run: ScheduleRun) -> None:
    schedule = run.of
    if reason := pause_where_nobody_stands_for(schedule):
        end_run(run, Outcome.CANCELLED, reason)
        return
    run.attempts += 1
    run.save(update_fields=["attempts"])
    folder = get_root() / f".run-{run.pk}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        if run.attempts > ATTEMPTS_MAX:
            raise DomainError(_("The server could not finish this file, several times over."))
        known = find_known(schedule)
        fetched = fetch_source(schedule.source, folder, lambda rows, total: None, known)
        if known is not None and fetched.digest == known.digest:
            raise Unchanged
        made = make_import(run, fetched)
    except Unchanged:
        succeed(run, Outcome.UNCHANGED)
        return
    except DomainError as failure:
        fail_run(run, str(failure.message))
        return
    except Exception:
        fail_run(run, _("Something went wrong in the portal; its administrators can read what."))
        raise
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    run_import.call(made.pk)
    settle(run)


def pause_where_nobody_stands_for(schedule: Schedule) -> str:
    """The reason; "" where it goes on."""
    with translation.override(get_language_of(schedule)):
        if reason := find_reason_to_pause(schedule):
            pause_schedule(schedule=schedule, reason=reason)
    return reason


def get_language_of(schedule: Schedule) -> str:
    return schedule.author.language if schedule.author else "uk"


def find_reason_to_pause(schedule: Schedule) -> str:
    """Why nobody stands for it any more; "" where somebody does."""
    author, layer = schedule.author, schedule.layer
    if author is None or not author.is_active:
        return _("The account of who made the schedule is closed.")
    if not can_edit_for(author, layer.organisation_id):
        return _("Who made the schedule may not change this layer any more.")
    if layer.archived_at is not None:
        return _("The layer was archived.")
    return ""


def make_import(run: ScheduleRun, fetched: Fetched) -> Import:
    """In the name of the schedule's author; it goes as far as nobody has to be asked."""
    schedule = run.of
    with transaction.atomic():
        for old in Import.objects.filter(run__of=schedule, state=State.FAILED):
            let_go(old, _("A later run of the schedule has taken its place."))
        import_ = Import.objects.create(
            author=schedule.author,
            organisation=schedule.layer.organisation,
            origin=Origin.SCHEDULE,
            language=translation.get_language() or "uk",
            name=fetched.path.name,
            slug=schedule.layer.slug,
            layer=schedule.layer,
            answers=schedule.answers,
            comment=_("By schedule from %(address)s")
            % {"address": show_address(schedule.source.address)},
            goes_to=State.PUBLISHED,
        )
        path = fetched.path.rename(Path(make_folder(import_.pk), fetched.path.name))
        moved = Fetched(path, fetched.digest, fetched.rows, fetched.etag, fetched.modified)
        fetch = ImportFetch(of=import_, source=schedule.source)
        record_fetched(import_, fetch, moved)
        run.made, run.outcome = import_, Outcome.WORKING
        run.save(update_fields=["made", "outcome"])
    return import_


def settle(run: ScheduleRun) -> None:
    """Note what became of the import, and tell its schedule's author where a person is needed."""
    with transaction.atomic():
        standing = ScheduleRun.objects.select_for_update(of=("self",)).select_related("of", "made")
        run = standing.get(pk=run.pk)
        if run.ended_at is not None or run.outcome == Outcome.FETCHING:
            return
        made = run.made
        if made is None or made.state == State.CANCELLED:
            end_run(run, Outcome.CANCELLED, made.error if made else "")
        elif made.state == State.PUBLISHED:
            succeed(run, Outcome.PUBLISHED)
        elif made.state == State.FAILED:
            fail_run(run, made.error)
        elif made.state in WORKING:
            if run.outcome != Outcome.WORKING:
                ScheduleRun.objects.filter(pk=run.pk).update(outcome=Outcome.WORKING)
        elif run.outcome != Outcome.WAITING:
            run.outcome, run.words = Outcome.WAITING, made.error
            run.save(update_fields=["outcome", "words"])
            run_needs_a_person.send(ScheduleRun, run=run)


def succeed(run: ScheduleRun, outcome: str) -> None:
    end_run(run, outcome)
    Schedule.objects.filter(pk=run.of_id).update(failures=0)


@transaction.atomic
def fail_run(run: ScheduleRun, words: str) -> None:
    """It is tried again ever later, and told once, until it has succeeded."""
    end_run(run, Outcome.FAILED, words)
    schedule = Schedule.objects.select_for_update().get(pk=run.of_id)
    schedule.failures += 1
    retry = find_retry(Rhythm.of(schedule), schedule.failures, timezone.now())
    schedule.next_run_at = max(schedule.next_run_at, retry)
    schedule.save(update_fields=["failures", "next_run_at"])
    if schedule.failures == 1:
        run_needs_a_person.send(ScheduleRun, run=run)


def end_run(run: ScheduleRun, outcome: str, words: str = "") -> None:
    run.outcome, run.words, run.ended_at = outcome, words, timezone.now()
    run.save(update_fields=["outcome", "words", "ended_at"])


def settle_runs() -> int:
    """By the clock: runs whose import has gone on, or whose job is lost; how many."""
    count = 0
    for run in ScheduleRun.objects.filter(ended_at=None):
        if run.outcome == Outcome.FETCHING:
            count += take_up(run)
        else:
            settle(run)
            count += 1
    return count


def take_up(run: ScheduleRun) -> bool:
    """Whether nobody is at it; then a job is."""
    if run.started_at > timezone.now() - WAITS_FOR_A_WORKER:
        return False
    lock = RunLock(run.pk)
    if not lock.take():
        return False
    lock.release()
    run_schedule.enqueue(run.pk)
    return True


def forget_runs() -> int:
    """By the clock: all but the latest of each schedule, and folders that a killed one has left;
    how many."""
    count = 0
    for schedule in Schedule.objects.all():
        old = schedule.runs.exclude(ended_at=None).order_by("-pk")[RUNS_KEPT:]
        gone, _models = ScheduleRun.objects.filter(pk__in=[run.pk for run in old]).delete()
        count += gone
    going = {f".run-{number}" for number in list_open_runs()}
    for folder in get_root().glob(".run-*"):
        if folder.name not in going:
            shutil.rmtree(folder, ignore_errors=True)
    return count


def list_open_runs() -> Iterable[int]:
    return ScheduleRun.objects.filter(ended_at=None).values_list("pk", flat=True)
