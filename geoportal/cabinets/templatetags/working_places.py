"""Ways into the working places, and what their pages share."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.accounts.policies import is_moderator, list_memberships
from geoportal.cabinets.moderation.queue import count_waiting
from geoportal.problems.routing.decisions import Side
from geoportal.problems.workflow import RejectReason, Resolution

register = template.Library()


@dataclass(frozen=True)
class WorkingPlaces:
    """`moderation`: how many reports wait, `None` for who is no moderator."""

    moderation: int | None
    cabinets: int
    slug: str


@register.simple_tag(takes_context=True)
def working_places(context: dict[str, Any]) -> WorkingPlaces | None:
    """Where the person of the request works; `None` for who has no working place."""
    request = context.get("request")
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.is_active:
        return None
    waiting = count_waiting(user, timezone.now()).moderation if is_moderator(user) else None
    memberships = list_memberships(user)
    if waiting is None and not memberships:
        return None
    slug = memberships[0].organisation.slug if len(memberships) == 1 else ""
    return WorkingPlaces(waiting, len(memberships), slug)


@register.filter
def reason_title(code: str) -> str:
    """The words of a reason of refusal or of a resolution."""
    if code in RejectReason.values:
        return str(RejectReason(code).label)
    return str(Resolution(code).label) if code in Resolution.values else code


@register.filter
def lookup(mapping: dict[Any, Any], key: Any) -> Any:
    """`mapping[key]`, or nothing."""
    return mapping.get(key)


@register.filter
def metres(value: float) -> str:
    """«12 м», «1,4 км»: the number and its unit stay on one line."""
    if value < 1000:
        text = _("%(metres)s m") % {"metres": round(value)}
    else:
        kilometres = number_format(value / 1000, decimal_pos=1)
        text = _("%(kilometres)s km") % {"kilometres": kilometres}
    return text.replace(" ", "\u00a0")


@register.filter
def unlocalized(value: float) -> str:
    """A coordinate as programs read it: a point, whatever the language; about 0.1 m."""
    return f"{value:.6f}"


@register.filter
def kept_list(kept: dict[str, Any], name: str) -> list[str]:
    """The values of a repeated field that a refused form kept."""
    value = kept.get(name, [])
    return [str(each) for each in value] if isinstance(value, list) else [str(value)]


@register.inclusion_tag("moderation/sides.html")
def border_sides(sides: list[Side], kept: dict[str, Any], *, required: bool) -> dict[str, object]:
    """Radio buttons for each territory layer in which the side of a near border matters."""
    groups: dict[str, list[tuple[Side, bool]]] = {}
    for side in sides:
        checked = kept.get(f"chosen-{side['layer']}") == side["value"]
        groups.setdefault(side["layer"], []).append((side, checked))
    return {"groups": groups.items(), "required": required}
