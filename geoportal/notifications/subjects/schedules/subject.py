"""Imports by schedule as a subject of notices: their author is told where a person is needed."""

from collections.abc import Iterator
from typing import cast

from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.messages.drafts import Payload
from geoportal.notifications.content import Content, Step
from geoportal.notifications.links import build_site_url
from geoportal.notifications.notices import Following, Notice, Written
from geoportal.notifications.selectors import list_reachable
from geoportal.notifications.subjects.schedules import receivers  # noqa: F401  listens to runs
from importers.models import Schedule, ScheduleRun
from importers.remote.address import show_address

RUN, PAUSED = "run", "paused"


class ScheduleSubject:
    slug = "schedules"
    channels: tuple[str, ...] = ("mail",)
    following: Following | None = None

    def list_notices(self, details: Payload) -> Iterator[Notice]:
        """To the author alone."""
        kind = RUN if RUN in details else PAUSED
        number = cast("int", details[kind])
        schedule = find_schedule(kind, number)
        author = find_reader(schedule)
        if author is not None:
            about = f"{kind}:{number}:{schedule.paused_at}" if schedule else ""
            yield Notice(
                email=author.email,
                kind=kind,
                about=about,
                user=author,
                details={"number": number},
            )

    def write(self, notice: Notice) -> Written | None:
        """Nothing where a person has done already what the letter asks for."""
        number = cast("int", notice.details["number"])
        schedule = find_schedule(notice.kind, number)
        if schedule is None or find_reader(schedule) != notice.user:
            return None
        content = write_paused(schedule) if notice.kind == PAUSED else write_run(number)
        if content is None:
            return None
        reason = _("You get this letter because you have made this schedule.")
        return Written(subject=content.heading, content=content, reason=reason)


def find_schedule(kind: str, number: int) -> Schedule | None:
    schedules = Schedule.objects.select_related("layer", "source", "author")
    if kind == RUN:
        return schedules.filter(runs=number).first()
    return schedules.filter(pk=number).first()


def find_reader(schedule: Schedule | None) -> User | None:
    """Whose e-mail is confirmed and whose account is open."""
    if schedule is None or schedule.author_id is None:
        return None
    return list_reachable().filter(pk=schedule.author_id).first()


def write_paused(schedule: Schedule) -> Content | None:
    if schedule.paused_at is None:
        return None
    heading = _("The schedule of the layer “%(layer)s” is paused")
    return compose(schedule, heading, schedule.pause_reason)


def write_run(number: int) -> Content | None:
    run = ScheduleRun.objects.select_related("of__layer", "of__source", "made").get(pk=number)
    if run.outcome == ScheduleRun.Outcome.FAILED:
        heading = _("The import into the layer “%(layer)s” by schedule has failed")
        again = _("The portal tries again by itself, ever later, and tells nothing more of it.")
        return compose(run.of, heading, run.words, again)
    if run.outcome != ScheduleRun.Outcome.WAITING or run.made is None:
        return None
    heading = _("The import into the layer “%(layer)s” by schedule waits for you")
    url = build_site_url(f"/staff/imports/{run.made.pk}/")
    words = _("Until somebody answers nothing is published, and the schedule rests.")
    step = Step(label=_("Look at the import"), url=url)
    return compose(run.of, heading, run.words, words, step=step)


def compose(
    schedule: Schedule, heading: str, *paragraphs: str, step: Step | None = None
) -> Content:
    page = build_site_url(f"/staff/layers/{schedule.layer.slug}/sources/")
    return Content(
        heading=heading % {"layer": schedule.layer.title},
        paragraphs=tuple(each for each in paragraphs if each),
        facts=(
            (_("Source"), schedule.source.title),
            (_("Address"), show_address(schedule.source.address)),
        ),
        steps=(step or Step(label=_("Sources of the layer"), url=page),),
    )
