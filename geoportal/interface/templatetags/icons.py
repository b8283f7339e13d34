"""Icons of the kept set (Lucide) inside the page, so that they take the colour of the text."""

import re
from functools import cache
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
NAME = re.compile(r"[a-z0-9-]+")
INSIDE = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
UNKNOWN = "map-pin"


@cache
def load_icon(name: str) -> SafeString:
    """What is inside the icon's <svg>; empty when the set has none of this name."""
    found = finders.find(f"vendor/lucide/{name}.svg") if NAME.fullmatch(name) else None
    match = INSIDE.search(Path(found).read_text(encoding="utf-8")) if found else None
    # The file comes from the pinned package, not from people.
    return mark_safe(re.sub(r"\s+", " ", match[1]).strip() if match else "")  # noqa: S308


@register.simple_tag
def icon(name: str, classes: str = "icon") -> SafeString:
    """A decorative 24 × 24 icon."""
    return format_html(
        '<svg class="{}" viewBox="0 0 24 24" aria-hidden="true">{}</svg>',
        classes,
        load_icon(name) or load_icon(UNKNOWN),
    )


@register.simple_tag
def icon_sprite(names: str, more: set[str] | None = None) -> SafeString:
    """Icons that scripts use, as <symbol id="icon-…">: names separated by spaces, and `more`."""
    wanted = sorted(set(names.split()) | (more or set()))
    symbols = format_html_join(
        "",
        '<symbol id="icon-{}" viewBox="0 0 24 24">{}</symbol>',
        ((name, load_icon(name) or load_icon(UNKNOWN)) for name in wanted),
    )
    return format_html('<svg class="sprite" aria-hidden="true">{}</svg>', symbols)


@register.inclusion_tag("includes/sample.html")
def sample(color: str, shape: str, name: str = "") -> dict[str, object]:
    """How a layer is drawn: a disc, a line or an area, with its icon where it has one."""
    return {"color": color, "shape": shape, "icon": load_icon(name) if name else ""}
