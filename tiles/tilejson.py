"""TileJSON 3.0.0 of one or several layers."""

from collections.abc import Sequence

from django.conf import settings

from layers.models import Layer, LayerField
from layers.reading.summary import Summary
from tiles.lifetimes import write_query

WORLD = (-180.0, -85.06, 180.0, 85.06)
TYPE_NAMES = {
    LayerField.Type.INTEGER: "Number",
    LayerField.Type.NUMBER: "Number",
    LayerField.Type.BOOLEAN: "Boolean",
}


def build_tilejson(site: str, layers: Sequence[tuple[Layer, Summary]]) -> dict[str, object]:
    """`site` is the absolute URL of the portal without a slash at the end."""
    slugs = ",".join(layer.slug for layer, _ in layers)
    extents = [summary.extent for _, summary in layers if summary.extent]
    bounds = WORLD
    if extents:
        wests, souths, easts, norths = zip(*extents, strict=True)
        bounds = (min(wests), min(souths), max(easts), max(norths))
    query = write_query([layer for layer, _ in layers])
    publishers = dict.fromkeys(str(layer.organisation or "") for layer, _ in layers)
    return {
        "tilejson": "3.0.0",
        "name": ", ".join(layer.title for layer, _ in layers),
        "attribution": ", ".join(filter(None, publishers)),
        "scheme": "xyz",
        "tiles": [f"{site}/tiles/{slugs}/{{z}}/{{x}}/{{y}}.mvt{query}"],
        "minzoom": min(layer.min_zoom for layer, _ in layers),
        "maxzoom": min(settings.TILE_ZOOM_MAX, max(layer.max_zoom for layer, _ in layers)),
        "bounds": list(bounds),
        "vector_layers": [_build_vector_layer(layer) for layer, _ in layers],
    }


def _build_vector_layer(layer: Layer) -> dict[str, object]:
    public = [field for field in layer.fields.all() if field.audience == "public"]
    return {
        "id": layer.slug,
        "description": layer.title,
        "minzoom": layer.min_zoom,
        "maxzoom": layer.max_zoom,
        "fields": {"_key": "String"}
        | {field.name: TYPE_NAMES.get(LayerField.Type(field.type), "String") for field in public},
    }
