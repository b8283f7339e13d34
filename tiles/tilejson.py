"""TileJSON 3.0.0 of one or several layers."""

from collections.abc import Sequence

from django.conf import settings

from layers.models import Layer, LayerField
from layers.reading.summary import Summary
from tiles.credit import build_attribution
from tiles.grid import join_boxes
from tiles.lifetimes import write_query

WORLD = (-180.0, -85.06, 180.0, 85.06)
# A town fits a screen at it; what is seen only nearer opens as near as it is seen.
FIRST_ZOOM = 12
TYPE_NAMES = {
    LayerField.Type.INTEGER: "Number",
    LayerField.Type.NUMBER: "Number",
    LayerField.Type.BOOLEAN: "Boolean",
}


def build_tilejson(site: str, layers: Sequence[tuple[Layer, Summary]]) -> dict[str, object]:
    """`site` is the absolute URL of the portal without a slash at the end."""
    slugs = ",".join(layer.slug for layer, _ in layers)
    extents = [summary.extent for _, summary in layers if summary.extent]
    west, south, east, north = join_boxes(extents) if extents else WORLD
    lowest = min(layer.min_zoom for layer, _ in layers)
    highest = min(settings.TILE_ZOOM_MAX, max(layer.max_zoom for layer, _ in layers))
    query = write_query([layer for layer, _ in layers])
    return {
        "tilejson": "3.0.0",
        "name": ", ".join(layer.title for layer, _ in layers),
        "attribution": build_attribution([layer for layer, _ in layers]),
        "scheme": "xyz",
        "tiles": [f"{site}/tiles/{slugs}/{{z}}/{{x}}/{{y}}.mvt{query}"],
        "minzoom": lowest,
        "maxzoom": highest,
        "bounds": [west, south, east, north],
        "center": [(west + east) / 2, (south + north) / 2, min(highest, max(lowest, FIRST_ZOOM))],
        "vector_layers": [build_vector_layer(layer) for layer, _ in layers],
    }


def build_vector_layer(layer: Layer) -> dict[str, object]:
    public = [field for field in layer.fields.all() if field.audience == "public"]
    return {
        "id": layer.slug,
        "description": layer.title,
        "minzoom": layer.min_zoom,
        "maxzoom": min(settings.TILE_ZOOM_MAX, layer.max_zoom),
        "fields": {"_key": "String"}
        | {field.name: TYPE_NAMES.get(LayerField.Type(field.type), "String") for field in public},
    }
