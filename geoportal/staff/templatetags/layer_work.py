"""What pages ask about the workplace of layers."""

from typing import Any

from django import template

from geoportal.staff.access import can_work_with_layers

register = template.Library()


@register.simple_tag(takes_context=True)
def works_with_layers(context: dict[str, Any]) -> bool:
    """Whether the person of the request has a workplace here."""
    request = context.get("request")
    user = getattr(request, "user", None)
    return user is not None and can_work_with_layers(user)
