"""A problem as a service request of the standard."""

from datetime import datetime
from typing import Any, Protocol, cast

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from geoportal.problems.categories.working_days import end_of_day
from geoportal.problems.models import Attachment, PublicFields
from geoportal.problems.open311.dialect import write_moment
from geoportal.problems.workflow import State

OPEN, CLOSED = "open", "closed"
# Our states as the standard's two, and as the finer ones of CitySDK.
STATUSES = {
    State.UNCONFIRMED: (OPEN, "RECEIVED"),
    State.MODERATION: (OPEN, "RECEIVED"),
    State.REJECTED: (CLOSED, "REJECTED"),
    State.OPEN: (OPEN, "RECEIVED"),
    State.ACCEPTED: (OPEN, "IN_PROCESS"),
    State.CLOSED: (CLOSED, "PROCESSED"),
    State.ARCHIVED: (CLOSED, "ARCHIVED"),
}


class Shown(Protocol):
    """What `listing.with_shown` adds to a problem."""

    updated_at: datetime
    status_words: str | None
    shown_attachments: list[Attachment]


def build_request(problem: PublicFields, *, extended: bool = False) -> dict[str, object]:
    """The fields of the standard; with `extended` those that CitySDK added."""
    shown = cast(Shown, problem)
    status, detailed = STATUSES[State(problem.state)]
    urls = [_build_media_url(problem, each) for each in shown.shown_attachments]
    row: dict[str, object] = {
        "service_request_id": str(problem.pk),
        "status": status,
        "status_notes": _describe_status(problem, shown) or None,
        "service_name": problem.category.title,
        "service_code": problem.category.code,
        "description": problem.description,
        "agency_responsible": problem.organisation.name if problem.organisation else None,
        "service_notice": _describe_plan(problem) or None,
        "requested_datetime": write_moment(problem.created_at),
        "updated_datetime": write_moment(shown.updated_at),
        "expected_datetime": write_moment(_find_expected(problem)),
        "address": problem.address or None,
        "address_id": None,
        "zipcode": None,
        "lat": problem.geom.y,
        "long": problem.geom.x,
        "media_url": urls[0] if urls else None,
    }
    if extended:
        row["extended_attributes"] = {
            "detailed_status": detailed,
            "title": problem.title,
            "media_urls": urls,
        }
    return row


def _describe_status(problem: PublicFields, shown: Shown) -> str:
    if problem.merged_into_id:
        return _("Joined with the problem No. %(number)s.") % {"number": problem.merged_into_id}
    return shown.status_words or ""


def _describe_plan(problem: PublicFields) -> str:
    if not problem.is_active or problem.planned_on is None:
        return ""
    return _("The organisation promised to do it by %(day)s.") % {
        "day": date_format(problem.planned_on, "j E Y")
    }


def _find_expected(problem: PublicFields) -> datetime | None:
    """The announced day, or the term of the solution; nothing once it is closed."""
    if not problem.is_active:
        return None
    return end_of_day(problem.planned_on) if problem.planned_on else problem.solution_due_at


def _build_media_url(problem: PublicFields, attachment: Attachment) -> str:
    address: Any = f"/problems/{problem.pk}/media/{attachment.pk}/file"
    return f"{settings.SITE_URL}{address}"
