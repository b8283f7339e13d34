"""How a problem looks wherever it is shown: badge, card, dates, photos."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from geoportal.problems.categories.dates import (
    awaits_acceptance,
    count_days_late,
    format_day,
    format_last_day,
    format_moment,
)
from geoportal.problems.categories.overdue import is_overdue
from geoportal.problems.models import Attachment, Category, PublicFields
from geoportal.problems.workflow import Resolution, RoutingRole, State

register = template.Library()
THIN_SPACE = "\u202f"
ICON_OF_ANY = "message-circle-warning"
register.filter("day", format_day)
register.filter("moment", format_moment)
register.filter("last_day", format_last_day)
register.filter("is_overdue", is_overdue)
register.filter("days_late", count_days_late)


@register.inclusion_tag("problems/status.html")
def status_badge(problem: PublicFields, classes: str = "") -> dict[str, object]:
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


@register.inclusion_tag("problems/state_sprite.html")
def state_sprite() -> dict[str, object]:
    """Shapes and words of all states, once in a page whose scripts show problems."""
    return {"states": State.choices}


@register.filter
def problem_url(problem: PublicFields) -> str:
    return f"/problems/{problem.pk}/"


@register.filter
def icon_name(category: Category) -> str:
    """The category's icon, or that of its group (`select_related("category__parent")`)."""
    parent = category.parent
    return category.icon or (parent.icon if parent is not None else "") or ICON_OF_ANY


@register.filter
def due_of_what(problem: PublicFields) -> str:
    """What is awaited by `due_at`."""
    if not problem.is_active:
        return _("Decision of a moderator")
    passed_on = problem.due_at != problem.acceptance_due_at
    awaited = awaits_acceptance(problem) and not passed_on
    return _("Acceptance") if awaited else _("Solution or explanation")


@register.filter
def media_url(attachment: Attachment, part: str = "file") -> str:
    """`part`: file or thumbnail; who may read it is decided there."""
    return f"/problems/{attachment.problem_id}/media/{attachment.pk}/{part}"


@register.filter
def picture(problem: PublicFields) -> Attachment | None:
    """The first photo or video that everyone may see; `cards.with_cards` has brought it."""
    shown: list[Attachment] = getattr(problem, "shown_pictures", [])
    return shown[0] if shown else None


@register.filter
def role_title(role: str) -> str:
    """What an organisation is to a problem: executor, reviewer, controller."""
    return str(RoutingRole(role).label) if role in RoutingRole.values else role


@register.filter
def thin(value: int | None) -> str:
    """A whole number; thin spaces from five digits on."""
    if value is None:
        return ""
    return f"{value:,}".replace(",", THIN_SPACE) if abs(value) >= 10_000 else str(value)


@register.filter
def degrees(value: float) -> str:
    """A coordinate as programs read it: a point, whatever the language."""
    return f"{value:.5f}"


@register.filter
def as_list(value: str | list[str] | None) -> list[str]:
    """A kept field: one value or several."""
    if not value:
        return []
    return value if isinstance(value, list) else [value]


@register.filter
def state_title(state: str) -> str:
    return str(State(state).label)


@register.filter
def days(value: float | None) -> str:
    """«3,4 дня» for a measured number of days; a dash where nothing was measured."""
    if value is None:
        return "–"
    number = number_format(value, 1)
    return _("%(number)s days") % {"number": number}
