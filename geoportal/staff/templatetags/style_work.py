"""What templates of the style editor need."""

from django import template

from layers.models import Changeset

register = template.Library()


@register.filter
def plain_number(value: float | None) -> str:
    """As a control of a form takes it: no grouping, a point; empty for none."""
    return "" if value is None else f"{value:.10g}"


@register.filter
def checked_words(changeset: Changeset) -> str:
    """`browser` where the check of a style rests on the word of a browser, else empty."""
    return "browser" if changeset.details.get("checked_by") == "browser" else ""
