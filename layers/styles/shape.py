"""The shape of `Layer.style`: what the portal itself reads (`docs/reference/style.md`)."""

import json
import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MEMBERS = ("light", "dark", "legend")
# What the form of the style editor was filled in with; nobody else reads it.
FORM = "form"
STYLE_LAYER_TYPES = ("fill", "line", "circle", "symbol", "heatmap", "fill-extrusion")
# The field by whose values points are counted apart where they are counted.
CLASSES = "classes"
LEGEND_SHAPES = ("circle", "line", "area")
ZOOM_MAX = 24
COLOR = re.compile(r"#[0-9a-fA-F]{6}")


def check_style_shape(style: object) -> None:
    """Raises Django's `ValidationError` with a sentence that names the place."""
    if not isinstance(style, dict) or not set(style) <= {*MEMBERS, CLASSES, FORM}:
        raise ValidationError(
            _(
                "A style is an object with the members “light”, “dark”, “legend” and “classes”,"
                " no others."
            )
        )
    if not isinstance(style.get(FORM, {}), dict):
        raise ValidationError(_("“%(name)s” must be an object.") % {"name": FORM})
    if not isinstance(style.get(CLASSES, ""), str):
        raise ValidationError(_("“%(name)s” must be text.") % {"name": CLASSES})
    for member, parts in style.items():
        if member in (FORM, CLASSES):
            continue
        if not isinstance(parts, list):
            raise ValidationError(_("“%(member)s” must be a list.") % {"member": member})
        for number, part in enumerate(parts, start=1):
            reason = find_fault(member, part)
            if reason:
                raise ValidationError(
                    _("“%(member)s”, item %(number)s: %(reason)s")
                    % {"member": member, "number": number, "reason": reason}
                )
    _require_storable(style)


def find_fault(member: str, part: object) -> str:
    """Empty, or what is wrong with an item of `light`, `dark` or `legend`."""
    if not isinstance(part, dict):
        return _("it must be an object.")
    return find_legend_fault(part) if member == "legend" else find_style_layer_fault(part)


def find_style_layer_fault(part: dict[str, object]) -> str:
    """Of a style layer only what the portal itself reads; `layers.styles.spec` checks the rest."""
    if part.get("type") not in STYLE_LAYER_TYPES:
        return _("“type” must be one of: %(allowed)s.") % {"allowed": ", ".join(STYLE_LAYER_TYPES)}
    for name in ("layout", "paint"):
        if not isinstance(part.get(name, {}), dict):
            return _("“%(name)s” must be an object.") % {"name": name}
    for name in ("minzoom", "maxzoom"):
        zoom = part.get(name, 0)
        if isinstance(zoom, bool) or not isinstance(zoom, int | float) or not 0 <= zoom <= ZOOM_MAX:
            return _("“%(name)s” must be a number from 0 to %(highest)s.") % {
                "name": name,
                "highest": ZOOM_MAX,
            }
    if not isinstance(part.get("filter", []), list):
        return _("“filter” must be a list.")
    return ""


def find_legend_fault(part: dict[str, object]) -> str:
    color = part.get("color")
    if not isinstance(color, str) or not COLOR.fullmatch(color):
        return _("“color” must be written as #rrggbb.")
    if part.get("shape", LEGEND_SHAPES[0]) not in LEGEND_SHAPES:
        return _("“shape” must be one of: %(allowed)s.") % {"allowed": ", ".join(LEGEND_SHAPES)}
    for name in ("title_uk", "title_en"):
        if not isinstance(part.get(name, ""), str):
            return _("“%(name)s” must be text.") % {"name": name}
    return ""


def _require_storable(style: dict[str, object]) -> None:
    """jsonb holds neither U+0000 nor half of a surrogate pair nor a number without end."""
    try:
        text = json.dumps(style, ensure_ascii=False, allow_nan=False)
        text.encode()
    except (ValueError, RecursionError) as error:
        raise ValidationError(_("This value cannot be kept.")) from error
    if "\\u0000" in text:
        raise ValidationError(_("This value cannot be kept."))
