"""The map as one MapLibre style: sources, and style layers in drawing order.

`Layer.style` is a JSON document `{"light": […], "dark": […], "legend": […]}`: MapLibre style
layers without `id`, `source` and `source-layer`, from the bottom up (without `dark` the light
ones serve both themes); `layers.legend` reads the legend. A layer without a style gets one from
`tiles.default_styles`.
An `icon-image` is the name of an icon that the page registers; fonts are drawn by the browser,
so there is no `glyphs` address.
"""

from collections.abc import Iterable, Sequence

from layers.models import Layer
from layers.models.layers import ZOOM_MAX
from tiles.default_styles import StyleLayer, default_layers

GROUND = {"light": "#f3f1ec", "dark": "#15181c"}
RASTER_PAINT = {
    "light": {"raster-saturation": -0.3},
    "dark": {"raster-saturation": -0.5, "raster-brightness-max": 0.5},
}
THEMES = tuple(GROUND)
SOURCE_ZOOM_MAX = 16
STYLE_ZOOM_MAX = 24


def build_style(
    layers: Iterable[Layer],
    *,
    theme: str,
    base_url: str,
    raster_url: str = "",
    attribution: str = "",
) -> dict[str, object]:
    """A whole style (MapLibre style specification, version 8).

    `theme`: `light` or `dark`. `base_url`: scheme and host of the tiles, without a slash at the
    end. `raster_url`: template of an outside base map under everything, with its `attribution`.
    Layers that are neither ground nor shown by default come hidden.
    """
    shown = list(layers)
    sources = {layer.slug: build_source(layer, base_url) for layer in shown}
    background: StyleLayer = {
        "id": "background",
        "type": "background",
        "paint": {"background-color": GROUND[theme]},
    }
    below = [background]
    if raster_url:
        sources["raster"] = {
            "type": "raster",
            "tiles": [raster_url],
            "tileSize": 256,
            "attribution": attribution,
        }
        below.append(
            {"id": "raster", "type": "raster", "source": "raster", "paint": RASTER_PAINT[theme]}
        )
    return {
        "version": 8,
        "name": f"geoportal-{theme}",
        "sources": sources,
        "layers": [*below, *order_style_layers(shown, theme)],
    }


def build_source(layer: Layer, base_url: str) -> dict[str, object]:
    """The layer's tiles; below `minzoom` none are asked for, above `maxzoom` they are scaled."""
    return {
        "type": "vector",
        "tiles": [f"{base_url}/tiles/{layer.slug}/{{z}}/{{x}}/{{y}}.mvt"],
        "minzoom": min(layer.min_zoom, SOURCE_ZOOM_MAX),
        "maxzoom": max(layer.min_zoom, min(layer.max_zoom, SOURCE_ZOOM_MAX)),
    }


def list_style_layers(layer: Layer, theme: str) -> list[StyleLayer]:
    """The layer's own style layers, or the default ones, complete with id, source and zooms."""
    own = layer.style or {}
    parts: Sequence[StyleLayer] = (
        (own.get("dark") if theme == "dark" else None)
        or own.get("light")
        or default_layers(layer, theme)
    )
    return [complete_style_layer(layer, part, index) for index, part in enumerate(parts)]


def complete_style_layer(layer: Layer, part: StyleLayer, index: int) -> StyleLayer:
    """Id `<slug>--<index>`, source, zooms (MapLibre's `maxzoom` is exclusive), visibility."""
    visible = layer.is_basemap or layer.shown_by_default
    layout = part.get("layout")
    return {
        "minzoom": layer.min_zoom,
        "maxzoom": STYLE_ZOOM_MAX if layer.max_zoom == ZOOM_MAX else layer.max_zoom + 1,
    } | {
        **part,
        "id": f"{layer.slug}--{index}",
        "source": layer.slug,
        "source-layer": layer.slug,
        "layout": (layout if isinstance(layout, dict) else {})
        | {"visibility": "visible" if visible else "none"},
        "metadata": {"layer": layer.slug, "ground": layer.is_basemap},
    }


def order_style_layers(layers: Sequence[Layer], theme: str) -> list[StyleLayer]:
    """All style layers in drawing order; within a rank the layers keep the order given."""
    ranked = [
        (rank_style_layer(layer, part), part)
        for layer in layers
        for part in list_style_layers(layer, theme)
    ]
    return [part for _, part in sorted(ranked, key=lambda item: item[0])]


def rank_style_layer(layer: Layer, part: StyleLayer) -> int:
    """Areas lie under streets, streets under names, and points over all.

    What is drawn later is placed first: so a name gives way to the icon of another layer.
    """
    if layer.is_basemap:
        return {"fill": 0, "symbol": 4}.get(str(part.get("type")), 2)
    layout = part.get("layout")
    is_name = isinstance(layout, dict) and "text-field" in layout and "icon-image" not in layout
    if layer.geometry_type == Layer.GeometryType.POINT:
        return 6 if is_name else 7
    return {"fill": 1, "line": 3, "symbol": 5}.get(str(part.get("type")), 7)
