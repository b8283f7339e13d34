"""How a problem looks wherever it is shown: badge, card, dates, photos."""

from datetime import date, datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from geoportal.problems.models import Attachment, Category, Problem
from geoportal.problems.workflow import ACTIVE, Resolution, RoutingRole, State
from geoportal.problems.working_days import KYIV

register = template.Library()
A_MOMENT = timedelta(seconds=1)
ICON_OF_ANY = "message-circle-warning"


@register.inclusion_tag("problems/status.html")
def status_badge(problem: Problem, classes: str = "") -> dict[str, object]:
    """Colour, shape and word of the state; a closed problem says how it ended."""
    ended = problem.state in (State.CLOSED, State.ARCHIVED)
    is_bad_end = ended and problem.resolution == Resolution.NOT_SOLVABLE
    return {
        "state": problem.state,
        "title": problem.get_state_display(),
        "detail": problem.get_resolution_display() if is_bad_end else "",
        "classes": classes,
    }


@register.inclusion_tag("problems/status.html")
def state_badge(state: str) -> dict[str, object]:
    """The same for a state by itself: legends and filters."""
    return {"state": state, "title": State(state).label}


@register.inclusion_tag("problems/shape.html")
def state_shape(state: str) -> dict[str, object]:
    """The shape alone, where the word stands beside it."""
    return {"state": state}


@register.filter
def problem_url(problem: Problem) -> str:
    return f"/problems/{problem.pk}/"


@register.filter
def icon_name(category: Category) -> str:
    """The category's icon, or that of its group (`select_related("category__parent")`)."""
    parent = category.parent
    return category.icon or (parent.icon if parent is not None else "") or ICON_OF_ANY


@register.filter
def day(value: date | datetime | None) -> str:
    """«20 листопада 2026», by the clock of Kyiv."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.astimezone(KYIV).date()
    return date_format(value, "j E Y")


@register.filter
def moment(value: datetime | None) -> str:
    """«20 листопада 2026, 14:05», by the clock of Kyiv."""
    return date_format(value.astimezone(KYIV), "j E Y, H:i") if value is not None else ""


@register.filter
def last_day(value: datetime | None) -> str:
    """The day before a deadline: `due_at` and `archive_at` are the first late midnight."""
    return day(value - A_MOMENT) if value is not None else ""


@register.filter
def is_overdue(problem: Problem) -> bool:
    """The community is late with the next step, and nobody waits for the author."""
    waits = problem.state in (State.MODERATION, *ACTIVE) and problem.asked_at is None
    return waits and problem.due_at is not None and problem.due_at <= timezone.now()


@register.filter
def days_late(problem: Problem) -> int:
    """Whole days of Kyiv since the last day in time; 0 when nothing is late."""
    if problem.due_at is None or not is_overdue(problem):
        return 0
    last = (problem.due_at - A_MOMENT).astimezone(KYIV).date()
    return (timezone.now().astimezone(KYIV).date() - last).days


@register.filter
def due_of_what(problem: Problem) -> str:
    """What is awaited by `due_at`."""
    if problem.state == State.ACCEPTED:
        return _("Solution or explanation")
    return _("Acceptance") if problem.state == State.OPEN else _("Decision of a moderator")


@register.filter
def media_url(attachment: Attachment, part: str = "file") -> str:
    """`part`: file or thumbnail; who may read it is decided there."""
    return f"/problems/{attachment.problem_id}/media/{attachment.pk}/{part}"


@register.filter
def picture(problem: Problem) -> Attachment | None:
    """The first photo or video that everyone may see; `cards.with_cards` has brought it."""
    shown: list[Attachment] = getattr(problem, "shown_pictures", [])
    return shown[0] if shown else None


@register.filter
def role_title(role: str) -> str:
    """What an organisation is to a problem: executor, reviewer, controller."""
    return str(RoutingRole(role).label) if role in RoutingRole.values else role
