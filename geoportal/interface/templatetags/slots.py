"""Draws what packages above put into a slot of the base template."""

from django import template
from django.template.context import RequestContext
from django.utils.safestring import SafeString, mark_safe

from geoportal.interface.slots import Slot, list_pieces

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: RequestContext, name: str) -> SafeString:
    """Every piece with the context of the page; empty when all of them are."""
    assert context.template is not None  # noqa: S101  a tag is drawn by a template
    templates = map(context.template.engine.get_template, list_pieces(Slot(name)))
    drawn = (piece.render(context).strip() for piece in templates)
    # Templates have escaped what they were given.
    return mark_safe("\n".join(filter(None, drawn)))  # noqa: S308
