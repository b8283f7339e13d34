"""The map as one MapLibre style: sources, and style layers in drawing order.

`Layer.style` is a JSON document `{"light": […], "dark": […], "legend": […]}`: MapLibre style
layers without `id`, `source` and `source-layer`, from the bottom up (without `dark` the light
ones serve both themes); `layers.reading.legend` reads the legend. A layer without a style, or with
one that cannot be drawn, gets one from `tiles.style.defaults`.
An `icon-image` is the name of an icon (Lucide), drawn white, or another name of
`tiles.style.signs`; the sprite holds those that the style names. Letters come from
`tiles.style.glyphs`, in the one typeface there is. So a client elsewhere needs nothing but the
address of the style.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from layers.models import Layer
from layers.models.layers import ZOOM_MAX
from layers.styles.checking import list_drawable
from tiles.attributes import is_label
from tiles.credit import build_attribution
from tiles.grid import Box, join_boxes
from tiles.lifetimes import write_query
from tiles.style.defaults import FONT, StyleLayer, cluster_layers, default_layers
from tiles.style.sprites import Sprite, build_sprite, list_image_names
from tiles.style.whole_map import Drawn, find_part
from tiles.vector_layers import has_clusters

GROUND = {"light": "#f3f1ec", "dark": "#15181c"}
RASTER_PAINT = {
    "light": {"raster-saturation": -0.3},
    "dark": {"raster-saturation": -0.5, "raster-brightness-max": 0.5},
}
THEMES = tuple(GROUND)
SOURCE_ZOOM_MAX = 16
GROUND_SOURCE = "ground"
NEAR_ZOOM = 10
LAYERS_A_TILE = 8
STYLE_ZOOM_MAX = 24


def build_style(
    layers: Iterable[Layer],
    *,
    theme: str,
    base_url: str,
    raster_url: str = "",
    attribution: str = "",
    extents: Mapping[str, Box] | None = None,
    sprite: Sprite | None = None,
    plain: bool = False,
) -> dict[str, object]:
    """A whole style (MapLibre style specification, version 8).

    `theme`: `light` or `dark`. `base_url`: scheme and host of the tiles, without a slash at the
    end. `raster_url`: template of an outside base map under everything, with its `attribution`.
    `extents`: by slug where a layer's features are. `sprite`: one that holds more than this style
    names. `plain`: each layer from its own tiles, also where a package above draws something else
    instead. Layers that are neither ground nor shown by default come hidden.
    """
    shown = list(layers)
    parts = {} if plain else draw_parts(shown, theme, base_url)
    source_ids = group_sources([layer for layer in shown if layer.slug not in parts])
    sources = {
        source: build_source(
            [layer for layer in shown if source_ids.get(layer.slug) == source],
            base_url,
            extents or {},
        )
        for source in dict.fromkeys(source_ids.values())
    }
    for part in parts.values():
        sources |= part.sources
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
    drawn = list_drawn(shown, theme, source_ids, parts)
    digest = (sprite or build_sprite(list_images(drawn, parts))).digest
    return {
        "version": 8,
        "name": f"geoportal-{theme}",
        "glyphs": f"{base_url}/tiles/glyphs/{{fontstack}}/{{range}}.pbf",
        "sprite": f"{base_url}/tiles/sprites/{theme}-{digest}",
        "sources": sources,
        "layers": [*below, *drawn],
    }


def build_style_sprite(layers: Iterable[Layer], theme: str) -> Sprite:
    """The sprite that the style of these layers names."""
    shown = list(layers)
    parts = draw_parts(shown, theme, "")
    source_ids = group_sources([layer for layer in shown if layer.slug not in parts])
    return build_sprite(list_images(list_drawn(shown, theme, source_ids, parts), parts))


def draw_parts(layers: Sequence[Layer], theme: str, base_url: str) -> dict[str, Drawn]:
    """By slug, what a package above draws instead of the layer."""
    found = {layer.slug: find_part(layer.slug) for layer in layers}
    return {slug: draw(theme, base_url) for slug, draw in found.items() if draw}


def list_images(drawn: Iterable[StyleLayer], parts: Mapping[str, Drawn]) -> list[str]:
    named = list_image_names(list(drawn))
    return [*named, *(name for part in parts.values() for name in part.images)]


def list_drawn(
    layers: Sequence[Layer], theme: str, source_ids: Mapping[str, str], parts: Mapping[str, Drawn]
) -> list[StyleLayer]:
    """All style layers from the bottom up: those of `parts` over all others but names of places."""
    own = order_style_layers([each for each in layers if each.slug not in parts], theme, source_ids)
    above = [
        part | {"layout": layout_of(part) | {"visibility": visibility_of(layer)}}
        for layer in layers
        if layer.slug in parts
        for part in parts[layer.slug].layers
    ]
    return [*own, *above]


def group_sources(layers: Sequence[Layer]) -> dict[str, str]:
    """The id of the source of each layer by slug: its own slug, or one shared by the ground.

    Layers of the ground that are seen from afar come together in one tile, so a view costs one
    request a tile for all of them; those seen only near by would make the far tiles heavy.
    """
    afar = [layer for layer in layers if layer.is_basemap and layer.min_zoom < NEAR_ZOOM]
    sources = {layer.slug: layer.slug for layer in layers}
    for number, batch in enumerate(batched(afar, LAYERS_A_TILE)):
        sources |= {layer.slug: f"{GROUND_SOURCE}-{number}" for layer in batch}
    return sources


def batched(layers: Sequence[Layer], size: int) -> Iterator[Sequence[Layer]]:
    """Runs of at most `size` layers."""
    return (layers[start : start + size] for start in range(0, len(layers), size))


def build_source(
    layers: Sequence[Layer], base_url: str, extents: Mapping[str, Box]
) -> dict[str, object]:
    """Tiles of the layers; below `minzoom` none are asked for, above `maxzoom` they are scaled.

    `bounds` are there where every layer has a place: outside of them no tile is asked for.
    """
    slugs = ",".join(layer.slug for layer in layers)
    lowest = min(layer.min_zoom for layer in layers)
    highest = max(layer.max_zoom for layer in layers)
    boxes = [extents[layer.slug] for layer in layers if layer.slug in extents]
    return {
        "type": "vector",
        "tiles": [f"{base_url}/tiles/{slugs}/{{z}}/{{x}}/{{y}}.mvt{write_query(layers)}"],
        "minzoom": lowest,
        "maxzoom": max(lowest, min(highest, SOURCE_ZOOM_MAX)),
        "attribution": build_attribution(layers),
    } | ({"bounds": list(join_boxes(boxes))} if len(boxes) == len(layers) else {})


def list_own_styles(layers: Sequence[Layer]) -> list[dict[str, Any]]:
    """Of each layer its own style; an empty one where MapLibre would refuse it, and all with it."""
    styles = [layer.style or {} for layer in layers]
    return [
        style if drawable else {}
        for style, drawable in zip(styles, list_drawable(styles), strict=True)
    ]


def list_style_layers(
    layer: Layer, theme: str, source: str, own: Mapping[str, Any]
) -> list[StyleLayer]:
    """`own` style layers or the default ones, complete with id, source and zooms; clusters."""
    parts: Sequence[StyleLayer] = (
        (own.get("dark") if theme == "dark" else None)
        or own.get("light")
        or default_layers(layer, theme)
    )
    return [
        *(complete_style_layer(layer, part, index, source) for index, part in enumerate(parts)),
        *(
            complete_style_layer(layer, part, f"clusters-{index}", source)
            | {"source-layer": f"{layer.slug}.clusters"}
            for index, part in enumerate(cluster_layers(layer, theme))
            if has_clusters(layer)
        ),
    ]


def complete_style_layer(
    layer: Layer, part: StyleLayer, index: int | str, source: str
) -> StyleLayer:
    """Id `<slug>--<index>`, source, zooms (MapLibre's `maxzoom` is exclusive), visibility, font.

    What is written inside areas is placed by the points of `<slug>.labels`.
    """
    is_named = layer.geometry_type == Layer.GeometryType.POLYGON and is_label(part)
    layout = layout_of(part)
    font = {"text-font": FONT} if "text-field" in layout else {}
    return {
        "minzoom": layer.min_zoom,
        "maxzoom": STYLE_ZOOM_MAX if layer.max_zoom == ZOOM_MAX else layer.max_zoom + 1,
    } | {
        **part,
        "id": f"{layer.slug}--{index}",
        "source": source,
        "source-layer": f"{layer.slug}.labels" if is_named else layer.slug,
        "layout": layout | font | {"visibility": visibility_of(layer)},
        "metadata": {"layer": layer.slug, "ground": layer.is_basemap},
    }


def layout_of(part: StyleLayer) -> dict[str, object]:
    layout = part.get("layout")
    return layout if isinstance(layout, dict) else {}


def visibility_of(layer: Layer) -> str:
    return "visible" if layer.is_basemap or layer.shown_by_default else "none"


def order_style_layers(
    layers: Sequence[Layer], theme: str, source_ids: Mapping[str, str]
) -> list[StyleLayer]:
    """All style layers in drawing order; within a rank the layers keep the order given."""
    ranked = [
        (rank_style_layer(layer, part), part)
        for layer, own in zip(layers, list_own_styles(layers), strict=True)
        for part in list_style_layers(layer, theme, source_ids[layer.slug], own)
    ]
    return [part for _, part in sorted(ranked, key=lambda item: item[0])]


def rank_style_layer(layer: Layer, part: StyleLayer) -> int:
    """Areas lie under streets, streets under names, points over them, names of places over those,
    counts over all.

    What is drawn later is placed first: so a name gives way to the icon of another layer, and that
    of a place to a count.
    Points of the ground that are seen from afar are places: villages and towns.
    """
    kind = str(part.get("type"))
    if part.get("source-layer") == f"{layer.slug}.clusters":
        return 10
    if layer.geometry_type == Layer.GeometryType.POINT:
        return rank_point(layer, part)
    if layer.is_basemap:
        return {"fill": 0, "symbol": 4}.get(kind, 2)
    return {"fill": 1, "line": 3, "symbol": 5}.get(kind, 7)


def rank_point(layer: Layer, part: StyleLayer) -> int:
    """Names under circles, circles under icons."""
    layout = part.get("layout")
    has_icon = isinstance(layout, dict) and "icon-image" in layout
    is_name = part.get("type") == "symbol" and not has_icon
    if layer.is_basemap:
        seen_from = part.get("minzoom", layer.min_zoom)
        is_place = isinstance(seen_from, int | float) and seen_from < NEAR_ZOOM
        return 9 if is_place else 4
    return 6 if is_name else 8 if has_icon else 7
