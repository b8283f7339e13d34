"""Whose portal it is, in pages and letters; known to every template without being loaded."""

from django import template
from django.template import Context

from geoportal.interface.community import find_community, get_portal_name

register = template.Library()


@register.simple_tag(takes_context=True)
def portal_name(context: Context) -> str:
    """The town's name; a page has asked for the community already, a letter has not."""
    known = context.get("community")
    return get_portal_name(known if known is not None else find_community())
