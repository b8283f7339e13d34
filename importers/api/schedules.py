"""Schedules over HTTP: made of an import or an address, changed, paused, run now, ended."""

from datetime import time
from typing import Any, Literal, TypedDict, cast

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.reverse import reverse

from geoportal.accounts.policies import require_user
from geoportal.core.errors import InvalidInput
from geoportal.core.http.openapi import describe_document
from importers.api.views import ImportingView
from importers.models import Schedule, ScheduleRun
from importers.models.remote import AT_NIGHT
from importers.remote.address import show_address
from importers.schedules import jobs, services
from importers.schedules.selectors import (
    access_schedule,
    list_latest_runs,
    list_schedules_for,
    with_latest_runs,
)
from importers.schedules.timing import Rhythm
from importers.stages.selectors import access_import
from layers.access import access_layer
from layers.api.schema_serializers import StrictSerializer

Frequency = Literal["hourly", "daily", "weekly", "monthly"]
Outcome = Literal["fetching", "working", "waiting", "unchanged", "published", "failed", "cancelled"]


RunDocument = TypedDict(
    "RunDocument",
    {
        "started_at": str,
        "ended_at": str | None,
        "outcome": Outcome,
        "words": str,
        "import": int | None,
    },
)
RunDocument.__doc__ = "`import`: what the run made, `words`: why it failed or stopped."


class SourceDocument(TypedDict):
    """`address` without what opens the service."""

    address: str
    kind: str
    dataset: str
    title: str
    licence: str


class ScheduleDocument(TypedDict):
    """`at` is the time of day in the town, of hourly ones the minute; `weekday`: 0 is Monday."""

    id: int
    url: str
    layer: str
    source: SourceDocument
    frequency: Frequency
    at: str
    weekday: int
    day: int
    answers: dict[str, Any]
    author: str | None
    next_run_at: str | None
    paused_at: str | None
    pause_reason: str
    failures: int
    runs: list[RunDocument]


class SchedulesDocument(TypedDict):
    """All that the caller may see."""

    schedules: list[ScheduleDocument]


class ScheduleSerializer(StrictSerializer):
    """How often; `answers` to the questions of each import, null takes one back."""

    frequency = serializers.ChoiceField(choices=Schedule.Frequency.choices, required=False)
    at = serializers.TimeField(required=False)
    weekday = serializers.IntegerField(min_value=0, max_value=6, required=False)
    day = serializers.IntegerField(min_value=1, max_value=31, required=False)
    answers = serializers.DictField(required=False)


class NewScheduleSerializer(ScheduleSerializer):
    """Of an `import` that came from an address, or of an `address` for a `layer` that stands."""

    frequency = serializers.ChoiceField(choices=Schedule.Frequency.choices)
    # `import` is no name of Python: it is added below.
    layer = serializers.CharField(max_length=63, required=False)
    address = serializers.CharField(max_length=2000, required=False)
    dataset = serializers.CharField(max_length=500, required=False, allow_blank=True)

    def get_fields(self) -> dict[str, Any]:
        return super().get_fields() | {"import": serializers.IntegerField(required=False)}


SCHEDULE = describe_document(ScheduleDocument)
SCHEDULES = describe_document(SchedulesDocument)


class ScheduleAnsweringView(ImportingView):
    def tell(self, request: Request, schedule: Schedule, code: int = 200) -> Response:
        return Response(describe_schedule(request, schedule), status=code)


class SchedulesView(ScheduleAnsweringView):
    """Schedules of layers that the caller edits."""

    @extend_schema(
        operation_id="schedules",
        parameters=[OpenApiParameter("layer", str, description="slug")],
        responses={200: SCHEDULES},
    )
    def get(self, request: Request) -> Response:
        found = with_latest_runs(list_schedules_for(request.user))
        if layer := request.GET.get("layer"):
            found = found.filter(layer__slug=layer)
        return Response({"schedules": [describe_schedule(request, one) for one in found]})

    @extend_schema(
        operation_id="make_schedule", request=NewScheduleSerializer, responses={201: SCHEDULE}
    )
    def post(self, request: Request) -> Response:
        """In the name of the caller, whose rights its imports have."""
        given = NewScheduleSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        actor = require_user(request.user)
        rhythm = read_rhythm(values, None)
        if values.get("import"):
            schedule = services.schedule_import(
                actor=actor,
                import_=access_import(actor, values["import"]),
                rhythm=rhythm,
                answers=values.get("answers"),
            )
        elif values.get("address") and values.get("layer"):
            schedule = services.schedule_address(
                actor=actor,
                address=values["address"],
                dataset=values.get("dataset", ""),
                layer=access_layer(actor, values["layer"]),
                rhythm=rhythm,
                answers=values.get("answers"),
            )
        else:
            raise InvalidInput(_("Name an import, or an address and a layer."))
        return self.tell(request, schedule, status.HTTP_201_CREATED)


class ScheduleView(ScheduleAnsweringView):
    """One schedule, with its latest runs."""

    @extend_schema(operation_id="schedule", responses={200: SCHEDULE})
    def get(self, request: Request, number: int) -> Response:
        return self.tell(request, access_schedule(request.user, number))

    @extend_schema(
        operation_id="change_schedule", request=ScheduleSerializer, responses={200: SCHEDULE}
    )
    def patch(self, request: Request, number: int) -> Response:
        """Who changes it answers for it from now on."""
        schedule = access_schedule(request.user, number)
        given = ScheduleSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        changed = services.change_schedule(
            schedule=schedule,
            actor=require_user(request.user),
            rhythm=read_rhythm(values, schedule),
            answers=values.get("answers"),
        )
        return self.tell(request, changed)

    @extend_schema(operation_id="delete_schedule", responses={204: None})
    def delete(self, request: Request, number: int) -> Response:
        """What it has imported stays."""
        services.delete_schedule(schedule=access_schedule(request.user, number))
        return Response(status=status.HTTP_204_NO_CONTENT)


class RunView(ScheduleAnsweringView):
    """At once, whatever the time; a paused one too."""

    @extend_schema(operation_id="run_schedule", request=None, responses={202: SCHEDULE})
    def post(self, request: Request, number: int) -> Response:
        schedule = access_schedule(request.user, number)
        jobs.begin(schedule)
        return self.tell(request, schedule, status.HTTP_202_ACCEPTED)


class PauseView(ScheduleAnsweringView):
    """It does not run until it is resumed."""

    @extend_schema(operation_id="pause_schedule", request=None, responses={200: SCHEDULE})
    def post(self, request: Request, number: int) -> Response:
        schedule = access_schedule(request.user, number)
        return self.tell(request, services.pause_schedule(schedule=schedule))


class ResumeView(ScheduleAnsweringView):
    """In the name of the caller."""

    @extend_schema(operation_id="resume_schedule", request=None, responses={200: SCHEDULE})
    def post(self, request: Request, number: int) -> Response:
        schedule = access_schedule(request.user, number)
        actor = require_user(request.user)
        return self.tell(request, services.resume_schedule(schedule=schedule, actor=actor))


def read_rhythm(values: dict[str, Any], standing: Schedule | None) -> Rhythm:
    """What is not named stays."""
    usual = {"at": AT_NIGHT, "weekday": 0, "day": 1}
    known: dict[str, Any] = vars(Rhythm.of(standing)) if standing else usual
    named = {name: values[name] for name in ("frequency", *usual) if name in values}
    return Rhythm(**known | named)


def describe_schedule(request: Request, schedule: Schedule) -> ScheduleDocument:
    source = schedule.source
    return {
        "id": schedule.pk,
        "url": reverse("schedule", [schedule.pk], request=request),
        "layer": schedule.layer.slug,
        "source": {
            "address": show_address(source.address),
            "kind": source.kind,
            "dataset": source.dataset,
            "title": source.title,
            "licence": source.licence,
        },
        "frequency": cast("Frequency", schedule.frequency),
        "at": write_time(schedule.at),
        "weekday": schedule.weekday,
        "day": schedule.day,
        "answers": schedule.answers,
        "author": str(schedule.author) if schedule.author else None,
        "next_run_at": None if schedule.paused_at else schedule.next_run_at.isoformat(),
        "paused_at": schedule.paused_at.isoformat() if schedule.paused_at else None,
        "pause_reason": schedule.pause_reason,
        "failures": schedule.failures,
        "runs": [describe_run(run) for run in list_latest_runs(schedule)],
    }


def write_time(moment: time) -> str:
    return moment.strftime("%H:%M")


def describe_run(run: ScheduleRun) -> RunDocument:
    return {
        "started_at": run.started_at.isoformat(),
        "ended_at": run.ended_at.isoformat() if run.ended_at else None,
        "outcome": cast("Outcome", run.outcome),
        "words": run.words,
        "import": run.made_id,
    }
