"""Reads schedules: whose they are, and what came of their runs."""

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from geoportal.accounts.policies import Actor, is_administrator, list_editable_organisation_ids
from geoportal.core.errors import NotFound
from importers.models import ImportFetch, Recipe, Schedule, ScheduleRun
from importers.states import State
from layers.models import Layer

RUNS_SHOWN = 5


def list_schedules_for(actor: Actor) -> QuerySet[Schedule]:
    """Those of layers that one edits; an administrator's are all."""
    schedules = Schedule.objects.select_related("source", "layer", "author").order_by("pk")
    if is_administrator(actor):
        return schedules
    return schedules.filter(layer__organisation__in=list_editable_organisation_ids(actor))


def with_latest_runs(schedules: QuerySet[Schedule]) -> QuerySet[Schedule]:
    """As `latest_runs` of each, in one query for all."""
    runs = ScheduleRun.objects.select_related("made__changeset").order_by("-pk")[:RUNS_SHOWN]
    return schedules.prefetch_related(Prefetch("runs", queryset=runs, to_attr="latest_runs"))


def list_latest_runs(schedule: Schedule) -> list[ScheduleRun]:
    """The latest first; those that were fetched with it, where they were."""
    known: list[ScheduleRun] | None = getattr(schedule, "latest_runs", None)
    return list(list_runs(schedule)[:RUNS_SHOWN]) if known is None else known


def access_schedule(actor: Actor, schedule_id: int) -> Schedule:
    """Another's is not found."""
    found = list_schedules_for(actor).filter(pk=schedule_id).first()
    if found is None:
        raise NotFound(_("There is no such schedule."))
    return found


def list_runs(schedule: Schedule) -> QuerySet[ScheduleRun]:
    """The latest first."""
    return schedule.runs.select_related("made__changeset").order_by("-pk")


def find_open_run(schedule: Schedule) -> ScheduleRun | None:
    """One that is at work, or whose import waits for a person."""
    return list_runs(schedule).filter(ended_at=None).first()


def find_known(schedule: Schedule) -> ImportFetch | None:
    """What of the source has been decided on last: published, or cancelled by a person."""
    decided = ImportFetch.objects.filter(
        source__address=schedule.source.address,
        source__dataset=schedule.source.dataset,
        of__slug=schedule.layer.slug,
    ).filter(Q(of__state=State.PUBLISHED) | Q(of__state=State.CANCELLED, of__cancel_asked=True))
    return decided.exclude(digest="").order_by("-fetched_at").first()


def list_recipes(layer: Layer) -> QuerySet[Recipe]:
    return Recipe.objects.filter(layer=layer).select_related("author").order_by("-updated_at")
