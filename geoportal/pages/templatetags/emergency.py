"""The numbers to call instead of writing."""

from django import template

from geoportal.pages.emergency import EmergencyNumber, list_emergency_numbers

register = template.Library()


@register.simple_tag
def emergency_numbers() -> list[EmergencyNumber]:
    """Those of the setting, in the active language."""
    return list_emergency_numbers()
