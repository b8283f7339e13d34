"""The legend of a layer, from its style or from its colour."""

from typing import TypedDict

from layers.models import Layer
from layers.models.layers import pick_language
from layers.styles.checking import has_shape

SHAPES = {
    Layer.GeometryType.POINT: "circle",
    Layer.GeometryType.LINE: "line",
    Layer.GeometryType.POLYGON: "area",
    Layer.GeometryType.MIXED: "circle",
}


class LegendEntry(TypedDict):
    """`shape` is circle, line or area; `color` as in CSS."""

    color: str
    shape: str
    title: str


def build_legend(layer: Layer) -> list[LegendEntry]:
    """A style that cannot be read has no legend."""
    style = layer.style if has_shape(layer.style) else {}
    entries = style.get("legend") or []
    if not entries:
        shape = SHAPES[Layer.GeometryType(layer.geometry_type)]
        return [{"color": layer.color, "shape": shape, "title": layer.title}]
    return [
        {
            "color": entry["color"],
            "shape": entry.get("shape", "circle"),
            "title": pick_language(entry.get("title_uk", ""), entry.get("title_en", "")),
        }
        for entry in entries
    ]
