"""`manage.py run_schedules`: schedules of imports are listed, or run now."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.core.errors import Conflict
from importers.models import Schedule, ScheduleRun
from importers.remote.address import show_address
from importers.schedules.jobs import list_due, run_schedule
from importers.schedules.services import begin_run
from importers.schedules.timing import Rhythm

UNUSABLE = 2
FAILED = 1


class Command(BaseCommand):
    help = (
        "Run schedules of imports now: those with these numbers, else those that are due."
        " Exit code 0: done; 1: one of them has failed; 2: there is no such schedule."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, nargs="*", metavar="NUMBER")
        parser.add_argument("--list", action="store_true", help="only list them")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *args: object, number: list[int], **options: Any) -> None:
        known = Schedule.objects.select_related("source", "layer")
        if missing := sorted(set(number) - set(known.values_list("pk", flat=True))):
            raise CommandError(
                _("There is no such schedule: %(numbers)s.")
                % {"numbers": ", ".join(map(str, missing))},
                returncode=UNUSABLE,
            )
        if options["list"]:
            found = known.filter(pk__in=number) if number else known
            self.show([describe(each) for each in found.order_by("pk")], options)
            return
        wanted = known.filter(pk__in=number) if number else known.filter(pk__in=list_due())
        done = [describe_run(run_now(each)) for each in wanted.order_by("pk")]
        self.show(done, options)
        if any(each["outcome"] == ScheduleRun.Outcome.FAILED for each in done):
            raise SystemExit(FAILED)

    def show(self, lines: list[dict[str, Any]], options: dict[str, Any]) -> None:
        if options["json"]:
            self.stdout.write(json.dumps({"schedules": lines}, ensure_ascii=False))
            return
        for line in lines:
            self.stdout.write("  ".join(str(value) for value in line.values() if value))


def run_now(schedule: Schedule) -> ScheduleRun:
    """In this process; one that is at work already is left to who works on it."""
    now = timezone.now()
    if schedule.next_run_at <= now:
        following = Rhythm.of(schedule).find_next(now)
        Schedule.objects.filter(pk=schedule.pk).update(next_run_at=following)
    try:
        run = begin_run(schedule=schedule)
    except Conflict:
        return schedule.runs.get(ended_at=None)
    run_schedule.call(run.pk)
    return ScheduleRun.objects.select_related("of__layer", "made__changeset").get(pk=run.pk)


def describe(schedule: Schedule) -> dict[str, Any]:
    return {
        "schedule": schedule.pk,
        "layer": schedule.layer.slug,
        "frequency": schedule.frequency,
        "next_run_at": ""
        if schedule.paused_at
        else timezone.localtime(schedule.next_run_at).isoformat(timespec="minutes"),
        "paused": _("paused") if schedule.paused_at else "",
        "address": show_address(schedule.source.address),
        "dataset": schedule.source.dataset,
    }


def describe_run(run: ScheduleRun) -> dict[str, Any]:
    changeset = run.made.changeset if run.made else None
    counts = f"+{changeset.added} ~{changeset.changed} −{changeset.removed}" if changeset else ""
    return {
        "schedule": run.of_id,
        "layer": run.of.layer.slug,
        "outcome": run.outcome,
        "title": run.get_outcome_display(),
        "counts": counts,
        "import": run.made_id,
        "words": run.words,
    }
