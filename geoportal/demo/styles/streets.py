"""Style layers of streets: casing and surface by rank, names along the lines."""

from geoportal.demo.styles.ground import Expression, StyleLayer, by_zoom, label, metres
from geoportal.demo.styles.palette import Palette

# Rank: width in metres, px from afar, first zoom; minor ones first, so that major ones lie over.
RANKS: tuple[tuple[str, float, float, float], ...] = (
    ("service", 5.0, 0.4, 14.5),
    ("residential", 8.0, 0.5, 12.5),
    ("tertiary", 9.0, 0.8, 10.0),
    ("secondary", 12.0, 1.1, 9.0),
    ("primary", 15.0, 1.7, 7.0),
    ("trunk", 16.0, 2.0, 6.0),
)


def draw_streets(p: Palette) -> list[StyleLayer]:
    """Casings of all ranks lie under the surfaces of all ranks, so that junctions are open."""
    fills = {
        "trunk": (p.trunk, p.trunk_edge),
        "primary": (p.primary, p.primary_edge),
        "secondary": (p.secondary, p.secondary_edge),
    }
    casings, surfaces = [], []
    for rank, width_m, smallest_px, minzoom in RANKS:
        surface, edge = fills.get(rank, (p.street, p.street_edge))
        casings.append(_line(rank, edge, metres(width_m + 3.4, smallest_px + 0.9), minzoom))
        surfaces.append(_line(rank, surface, metres(width_m, smallest_px), minzoom))
    return [_path(p), *casings, *surfaces, *_names(p)]


def draw_bridges(p: Palette) -> list[StyleLayer]:
    """The parapets that stand out on both sides of a street over water."""
    return [
        {
            "type": "line",
            "minzoom": 13,
            "paint": {"line-color": p.text_soft, "line-width": metres(20, 2)},
        },
        {
            "type": "line",
            "minzoom": 13,
            "paint": {"line-color": p.land, "line-width": metres(17.5, 1.6)},
        },
    ]


def _line(rank: str, color: str, width: Expression, minzoom: float) -> StyleLayer:
    return {
        "type": "line",
        "minzoom": minzoom,
        "filter": ["==", ["get", "class"], rank],
        "layout": {"line-cap": "round", "line-join": "round"},
        "paint": {"line-color": color, "line-width": width},
    }


def _path(p: Palette) -> StyleLayer:
    return {
        "type": "line",
        "minzoom": 14,
        "filter": ["==", ["get", "class"], "path"],
        "layout": {"line-join": "round"},
        "paint": {
            "line-color": p.path,
            "line-width": by_zoom(14, 0.7, 18, 2.6),
            "line-dasharray": [3, 1.6],
        },
    }


def _names(p: Palette) -> list[StyleLayer]:
    along = {"symbol-placement": "line", "text-max-angle": 30, "text-padding": 4}
    major: Expression = ["in", ["get", "class"], ["literal", ["trunk", "primary", "secondary"]]]
    return [
        label("name", p.text_soft, p, by_zoom(15, 10, 18, 13), **along, **{"symbol-spacing": 260})
        | {"minzoom": 15, "filter": ["!", major]},
        label("name", p.text, p, by_zoom(13.5, 10.5, 18, 14.5), **along, **{"symbol-spacing": 340})
        | {"minzoom": 13.5, "filter": major},
        label("route", p.text_soft, p, by_zoom(10, 9.5, 15, 11), **along, **{"symbol-spacing": 380})
        | {"minzoom": 10.5, "maxzoom": 15, "filter": ["==", ["get", "name"], ""]},
    ]
