"""Numbers and times as the language writes them."""

from datetime import datetime

from django import template

from geoportal.interface.formats import format_distance, format_moment, format_number

register = template.Library()
register.filter("number", format_number)
register.filter("distance", format_distance)


@register.filter
def moment(value: datetime) -> str:
    """«20 листопада 2026, 14:05» in the community's time."""
    return format_moment(value)


@register.filter
def degrees(value: float) -> str:
    """A coordinate as programs read it: a point, whatever the language."""
    return f"{value:.5f}"
