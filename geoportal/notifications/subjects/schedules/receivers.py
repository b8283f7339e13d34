"""What sets letters in motion: runs that need a person, schedules that the portal has paused."""

from typing import Any

from django.dispatch import receiver

from geoportal.notifications.events import announce
from importers.models import Schedule, ScheduleRun
from importers.schedules.signals import run_needs_a_person, schedule_paused


@receiver(run_needs_a_person)
def tell_of_run(sender: type[ScheduleRun], run: ScheduleRun, **kwargs: Any) -> None:
    announce("schedules", {"run": run.pk})


@receiver(schedule_paused)
def tell_of_pause(sender: type[Schedule], schedule: Schedule, **kwargs: Any) -> None:
    announce("schedules", {"paused": schedule.pk})
