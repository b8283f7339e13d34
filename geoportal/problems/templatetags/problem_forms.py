"""`{% kept_form number action as kept %}`: what was filled in before a refusal."""

from typing import Any

from django import template

from geoportal.problems.forms.kept_forms import take_form

register = template.Library()


@register.simple_tag(takes_context=True)
def kept_form(context: dict[str, Any], number: int, action: str) -> dict[str, object]:
    """Fields by name, with `message` and `errors`; empty where nothing was refused."""
    request = context.get("request")
    return take_form(request, number, action) if request is not None else {}
