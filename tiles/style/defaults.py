"""How a layer looks that has no style of its own: by geometry type, colour and icon."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from layers.models import Layer

StyleLayer = dict[str, object]
Expression = list[object]

FONT = ["Onest Variable"]
ICON_ZOOM = 14
LABEL_ZOOM = 16
BADGE_RADIUS_PX = 14
# Zoom and radius in turn.
DISC_RADII_PX = (ICON_ZOOM + 0.2, 8.5, 16, 12, 18, BADGE_RADIUS_PX)
DOT_RADII_PX = (10, 2.5, 13, 4, 16, 6.5, 18, 8)
HALO = {"light": "#ffffff", "dark": "#14171b"}
TEXT = {"light": "#2a2f36", "dark": "#e3e7ec"}


def by_zoom(*stops: float) -> Expression:
    """Linear interpolation over pairs of zoom and value."""
    return ["interpolate", ["linear"], ["zoom"], *stops]


def lighten(color: str, share: float) -> str:
    """`#rrggbb` mixed with white; `share` of white from 0 to 1."""
    channels = [int(color[i : i + 2], 16) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(value + (255 - value) * share):02x}" for value in channels)


def pick_color(layer: Layer, theme: str) -> str:
    """The layer's colour, lightened on a dark ground so that it keeps its contrast."""
    return lighten(layer.color, 0.25) if theme == "dark" else layer.color


def default_layers(layer: Layer, theme: str) -> list[StyleLayer]:
    """MapLibre style layers without id, source and source-layer, from the bottom up."""
    geometry = Layer.GeometryType(layer.geometry_type)
    if geometry == Layer.GeometryType.POINT:
        return point_layers(layer, theme)
    if geometry == Layer.GeometryType.LINE:
        return line_layers(layer, theme)
    if geometry == Layer.GeometryType.POLYGON:
        return polygon_layers(layer, theme)
    return [
        *(only("Polygon", part) for part in polygon_layers(layer, theme)),
        *(only("LineString", part) for part in line_layers(layer, theme)),
        *(only("Point", part) for part in point_layers(layer, theme)),
    ]


def only(geometry_type: str, part: StyleLayer) -> StyleLayer:
    """The style layer for features of one geometry type; parts of a multi-geometry count too."""
    return part | {"filter": ["==", ["geometry-type"], geometry_type]}


def point_layers(layer: Layer, theme: str) -> list[StyleLayer]:
    """A dot from afar, a disc with an icon near by, a name nearer still."""
    parts = draw_badges(layer, theme) if layer.icon else [draw_dot(layer, theme, DOT_RADII_PX)]
    if layer.title_field:
        parts.append(name_layer(layer, theme) | {"minzoom": LABEL_ZOOM})
    return parts


def draw_dot(layer: Layer, theme: str, radii_px: Sequence[float]) -> StyleLayer:
    return {
        "type": "circle",
        "paint": {
            "circle-color": pick_color(layer, theme),
            "circle-radius": by_zoom(*radii_px),
            "circle-stroke-color": HALO[theme],
            "circle-stroke-width": by_zoom(10, 0.5, 13, 1, ICON_ZOOM + 0.2, 1.4, 18, 2),
        },
    }


def draw_badges(layer: Layer, theme: str) -> list[StyleLayer]:
    """The disc with its icon is one image, as large as the circle beneath it.

    So where discs overlap, each covers the icon of the one behind.
    """
    sizes = [
        px if place % 2 == 0 else px / BADGE_RADIUS_PX for place, px in enumerate(DISC_RADII_PX)
    ]
    badge: StyleLayer = {
        "type": "symbol",
        "minzoom": ICON_ZOOM,
        "layout": {
            "icon-image": f"badge:{layer.icon}:{pick_color(layer, theme)}:{HALO[theme]}",
            "icon-size": by_zoom(*sizes),
            "icon-allow-overlap": True,
            "icon-padding": 0,
        },
        "paint": {"icon-opacity": by_zoom(ICON_ZOOM, 0, ICON_ZOOM + 0.2, 1)},
    }
    afar = (10, 2.5, 13, 4.5, ICON_ZOOM - 0.2, 5.5)
    return [draw_dot(layer, theme, (*afar, *DISC_RADII_PX)), badge]


def cluster_layers(layer: Layer, theme: str) -> list[StyleLayer]:
    """A ring of the layer's colour with how many points it stands for, larger for more."""
    count: Expression = ["get", "_count"]
    thousands: Expression = ["concat", ["to-string", ["round", ["/", count, 1000]]], _("k")]
    return [
        {
            "type": "circle",
            "paint": {
                "circle-color": HALO[theme],
                "circle-opacity": 0.92,
                "circle-radius": ["step", count, 12, 100, 14, 1000, 17, 10_000, 20],
                "circle-stroke-color": pick_color(layer, theme),
                "circle-stroke-width": 3,
            },
        },
        {
            "type": "symbol",
            "layout": {
                "text-field": ["case", [">=", count, 10_000], thousands, ["to-string", count]],
                "text-font": FONT,
                "text-size": 12,
                "text-allow-overlap": True,
                # As far as the ring: names keep off it.
                "text-padding": 12,
                "symbol-sort-key": count,
            },
            "paint": {"text-color": TEXT[theme]},
        },
    ]


def line_layers(layer: Layer, theme: str) -> list[StyleLayer]:
    """A line on a casing, so that it reads on any ground."""
    layout = {"line-cap": "round", "line-join": "round"}
    return [
        {
            "type": "line",
            "layout": layout,
            "paint": {
                "line-color": HALO[theme],
                "line-opacity": 0.8,
                "line-width": by_zoom(10, 2.5, 16, 8),
            },
        },
        {
            "type": "line",
            "layout": layout,
            "paint": {
                "line-color": pick_color(layer, theme),
                "line-width": by_zoom(10, 1.25, 16, 4),
            },
        },
    ]


def polygon_layers(layer: Layer, theme: str) -> list[StyleLayer]:
    """A light fill with a clear outline; a territory is nearly all outline, and has its name."""
    territory = layer.kind == Layer.Kind.TERRITORY
    color = pick_color(layer, theme)
    parts: list[StyleLayer] = [
        {
            "type": "fill",
            "paint": {"fill-color": color, "fill-opacity": 0.08 if territory else 0.22},
        },
        {
            "type": "line",
            "layout": {"line-join": "round"},
            "paint": {"line-color": color, "line-width": by_zoom(10, 0.75, 14, 2)},
        },
    ]
    if territory and layer.title_field:
        parts.append(name_layer(layer, theme))
    return parts


def name_layer(layer: Layer, theme: str) -> StyleLayer:
    """The feature's name: under a disc, in the middle of an area."""
    point = layer.geometry_type == Layer.GeometryType.POINT
    offset_em = 1.65 if layer.icon else 0.9
    place: dict[str, object] = {"text-anchor": "top", "text-offset": [0, offset_em]}
    return {
        "type": "symbol",
        "layout": {
            "text-field": ["to-string", ["get", layer.title_field]],
            "text-font": FONT,
            "text-size": 12 if point else 13,
            "text-max-width": 9,
            "text-padding": 2 if point else 4,
        }
        | (place if point else {}),
        "paint": {
            "text-color": TEXT[theme],
            "text-halo-color": HALO[theme],
            "text-halo-width": 1.5,
        },
    }
