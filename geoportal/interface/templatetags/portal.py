"""Whose portal it is, in pages and letters; known to every template without being loaded."""

from django import template
from django.template import Context

from geoportal.interface.accents import Accents, build_accents
from geoportal.interface.community import find_community, get_portal_name
from geoportal.interface.models import Community

register = template.Library()


@register.simple_tag(takes_context=True)
def portal_name(context: Context) -> str:
    """The town's name, or the product's before a pack has given one."""
    return get_portal_name(_ask_once(context))


@register.simple_tag(takes_context=True)
def portal_shades(context: Context) -> Accents | None:
    """The town's colour for letters, which load no style sheet; `None`: the portal's own."""
    accent = _ask_once(context).accent
    return build_accents(accent) if accent else None


def _ask_once(context: Context) -> Community:
    """A page knows the community; a letter asks for it and remembers."""
    known: Community | None = context.get("community")
    if known is None:
        known = context["community"] = find_community()
    return known
