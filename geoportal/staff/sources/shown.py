"""Schedules and recipes of a layer in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from geoportal.staff.sources.forms import WEEKDAYS
from importers.models import Recipe, Schedule, ScheduleRun
from importers.remote.address import show_address
from importers.remote.registry import KINDS
from importers.schedules.selectors import list_latest_runs, with_latest_runs
from importers.stages.questions import WORDS
from layers.models import Layer

ICONS = {
    ScheduleRun.Outcome.FETCHING: "loader",
    ScheduleRun.Outcome.WORKING: "loader",
    ScheduleRun.Outcome.WAITING: "circle-question-mark",
    ScheduleRun.Outcome.UNCHANGED: "circle-check",
    ScheduleRun.Outcome.PUBLISHED: "circle-check",
    ScheduleRun.Outcome.FAILED: "circle-alert",
    ScheduleRun.Outcome.CANCELLED: "ban",
}


@dataclass(frozen=True)
class RunShown:
    run: ScheduleRun
    icon: str


@dataclass(frozen=True)
class ScheduleShown:
    """`is_open`: its last run is at work or waits, so that no other begins."""

    schedule: Schedule
    kind: str
    address: str
    rhythm: str
    runs: tuple[RunShown, ...]
    is_open: bool


@dataclass(frozen=True)
class RecipeShown:
    """`answers`: each question with what was said."""

    recipe: Recipe
    answers: tuple[tuple[str, str], ...]


def show_schedules(layer: Layer) -> list[ScheduleShown]:
    found = with_latest_runs(
        Schedule.objects.filter(layer=layer).select_related("source", "author")
    )
    return [show_schedule(each) for each in found]


def show_schedule(schedule: Schedule) -> ScheduleShown:
    runs = list_latest_runs(schedule)
    return ScheduleShown(
        schedule=schedule,
        kind=name_kind(schedule.source.kind),
        address=show_address(schedule.source.address),
        rhythm=describe_rhythm(schedule),
        runs=tuple(RunShown(run, ICONS[ScheduleRun.Outcome(run.outcome)]) for run in runs),
        is_open=any(run.ended_at is None for run in runs),
    )


def name_kind(slug: str) -> str:
    return next((str(kind.title) for kind in KINDS if kind.slug == slug), slug)


def describe_rhythm(schedule: Schedule) -> str:
    """«every week, Monday, 03:30»."""
    parts = [schedule.get_frequency_display()]
    if schedule.frequency == Schedule.Frequency.HOURLY:
        return _("%(often)s, minute %(minute)s") % {
            "often": parts[0],
            "minute": f"{schedule.at:%M}",
        }
    if schedule.frequency == Schedule.Frequency.WEEKLY:
        parts.append(str(dict(WEEKDAYS)[schedule.weekday]).lower())
    if schedule.frequency == Schedule.Frequency.MONTHLY:
        parts.append(_("day %(day)s") % {"day": schedule.day})
    return ", ".join([*parts, f"{schedule.at:%H:%M}"])


def show_recipes(recipes: Iterable[Recipe]) -> list[RecipeShown]:
    return [RecipeShown(recipe, tuple(describe_answers(recipe.answers))) for recipe in recipes]


def describe_answers(answers: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for code, said in answers.items():
        title = str(WORDS[code][0]) if code in WORDS else code
        yield title, describe_answer(said)


def describe_answer(said: Any) -> str:
    if isinstance(said, bool):
        return _("yes") if said else _("no")
    if isinstance(said, dict):
        pairs = (f"{column} → {field or '—'}" for column, field in said.items())
        return "; ".join(pairs) or "—"
    if isinstance(said, list):
        return ", ".join(map(str, said)) or "—"
    return str(said) or "—"
