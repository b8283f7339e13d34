"""TileJSON 3.0.0 of one or several layers."""

from collections.abc import Sequence

from django.conf import settings

from tiles.credit import build_attribution
from tiles.grid import join_boxes
from tiles.lifetimes import write_query
from tiles.vector_layers import Said, build_all

WORLD = (-180.0, -85.06, 180.0, 85.06)
# A town fits a screen at it; what is seen only nearer opens as near as it is seen.
FIRST_ZOOM = 12


def build_tilejson(site: str, said: Sequence[Said]) -> dict[str, object]:
    """`site` is the absolute URL of the portal without a slash at the end."""
    layers = [layer for layer, _visibilities, _summary in said]
    slugs = ",".join(layer.slug for layer in layers)
    extents = [summary.extent for _layer, _visibilities, summary in said if summary.extent]
    west, south, east, north = join_boxes(extents) if extents else WORLD
    lowest = min(layer.min_zoom for layer in layers)
    highest = min(settings.TILE_ZOOM_MAX, max(layer.max_zoom for layer in layers))
    query = write_query(layers)
    return {
        "tilejson": "3.0.0",
        "name": ", ".join(layer.title for layer in layers),
        "attribution": build_attribution(layers),
        "scheme": "xyz",
        "tiles": [f"{site}/tiles/{slugs}/{{z}}/{{x}}/{{y}}.mvt{query}"],
        "minzoom": lowest,
        "maxzoom": highest,
        "bounds": [west, south, east, north],
        "center": [(west + east) / 2, (south + north) / 2, min(highest, max(lowest, FIRST_ZOOM))],
        "vector_layers": build_all(said),
    }
