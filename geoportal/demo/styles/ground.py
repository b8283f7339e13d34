"""Style layers of the base map: land, water, buildings, railways, streets, house numbers."""

from collections.abc import Callable

from geoportal.demo.styles.palette import DARK, LIGHT, Palette

StyleLayer = dict[str, object]
Style = dict[str, object]
Expression = list[object]
FONT = ["Onest Variable"]


def both(draw: Callable[[Palette], list[StyleLayer]], legend: list[dict[str, str]]) -> Style:
    """A layer's style on the light and on the dark ground."""
    return {"light": draw(LIGHT), "dark": draw(DARK), "legend": legend}


def sample(shape: str, color: str, title_uk: str, title_en: str) -> dict[str, str]:
    return {"shape": shape, "color": color, "title_uk": title_uk, "title_en": title_en}


def by_zoom(*stops: object, base: float = 1.0) -> Expression:
    """Between zoom and value pairs; `base` 2 doubles with every zoom, as metres do."""
    curve = ["linear"] if base == 1.0 else ["exponential", base]
    return ["interpolate", curve, ["zoom"], *stops]


def metres(width_m: float, smallest_px: float = 0.6) -> Expression:
    """A width that is true on the ground from zoom 15 on (0.33 px a metre there, at 50° N)."""
    at_15 = width_m * 0.327
    return by_zoom(
        11, smallest_px, 13, max(smallest_px, at_15 * 0.42), 15, at_15, 20, at_15 * 32, base=2.0
    )


def pick(field: str, values: dict[str, str], other: str) -> Expression:
    pairs = [part for pair in values.items() for part in pair]
    return ["match", ["get", field], *pairs, other]


def label(field: str, color: str, palette: Palette, size: object, **layout: object) -> StyleLayer:
    """Text of a field with a halo of the ground's colour."""
    return {
        "type": "symbol",
        "layout": {"text-field": ["get", field], "text-font": FONT, "text-size": size} | layout,
        "paint": {"text-color": color, "text-halo-color": palette.halo, "text-halo-width": 1.4},
    }


def draw_land(p: Palette) -> list[StyleLayer]:
    """Fields, then what grows on and between them, then parks."""
    fields = dict(zip(("field_a", "field_b", "field_c", "field_d"), p.fields, strict=True))
    return [
        _areas({"community": p.land}),
        _areas(fields),
        _areas({"meadow": p.meadow, "bank": p.meadow, "forest": p.forest}),
        _areas({"shelterbelt": p.forest}),
        _areas({"orchard": p.orchard, "cemetery": p.cemetery, "park": p.park, "square": p.park}),
    ]


def draw_built_up(p: Palette) -> list[StyleLayer]:
    """Quarters, then lots and squares in them, then pitches and car parks on those."""
    lines: StyleLayer = {
        "type": "line",
        "minzoom": 15,
        "filter": ["==", ["get", "class"], "pitch"],
        "paint": {"line-color": p.pitch_line, "line-width": by_zoom(15, 0.6, 19, 2)},
    }
    quarters = {"old": p.old, "flats": p.flats, "industry": p.industry}
    quarters |= dict.fromkeys(("mixed", "private", "village"), p.residential)
    return [
        _areas(quarters),
        _areas({"lot": p.lot, "plaza": p.square}),
        _areas({"pitch": p.pitch, "playground": p.playground, "parking": p.parking}),
        lines,
    ]


def _areas(colors: dict[str, str]) -> StyleLayer:
    """Areas of some classes. MapLibre draws the soft edges of a style layer over its fills, so
    what lies on other areas needs a style layer of its own.
    """
    other = next(iter(colors.values()))
    color: object = pick("class", colors, other) if len(colors) > 1 else other
    return {
        "type": "fill",
        "filter": ["in", ["get", "class"], ["literal", list(colors)]],
        "paint": {"fill-color": color},
    }


def draw_water(p: Palette) -> list[StyleLayer]:
    area: Expression = ["==", ["geometry-type"], "Polygon"]
    line: Expression = ["==", ["geometry-type"], "LineString"]
    return [
        {"type": "fill", "filter": area, "paint": {"fill-color": p.water}},
        {
            "type": "line",
            "filter": area,
            "minzoom": 14,
            "paint": {"line-color": p.water_edge, "line-width": by_zoom(14, 0.5, 18, 1.5)},
        },
        {
            "type": "line",
            "filter": ["all", line, ["==", ["get", "class"], "brook"]],
            "layout": {"line-cap": "round", "line-join": "round"},
            "paint": {"line-color": p.water, "line-width": metres(5, 0.8)},
        },
        label("name", p.water_text, p, by_zoom(11, 11, 16, 15), **{
            "symbol-placement": "line", "symbol-spacing": 420, "text-letter-spacing": 0.12,
            "text-max-angle": 32,
        }) | {"filter": line, "minzoom": 11},
        label("name", p.water_text, p, 12, **{"text-max-width": 7}) | {
            "filter": area, "minzoom": 14,
        },
    ]  # fmt: skip


def draw_buildings(p: Palette) -> list[StyleLayer]:
    fill = pick(
        "class", {"public": p.public, "industrial": p.works, "shed": p.residential}, p.house
    )
    edge = pick("class", {"public": p.public_edge, "shed": p.house_edge}, p.house_edge)
    return [
        {
            "type": "fill",
            "minzoom": 13,
            "paint": {"fill-color": fill, "fill-opacity": by_zoom(13, 0.35, 14.2, 1)},
        },
        {
            "type": "line",
            "minzoom": 14.5,
            "paint": {"line-color": edge, "line-width": by_zoom(14.5, 0.3, 18, 1.2)},
        },
        label("name", p.text_soft, p, by_zoom(16, 10, 19, 13), **{"text-max-width": 8})
        | {"minzoom": 16},
    ]


def draw_railways(p: Palette) -> list[StyleLayer]:
    """Side tracks as thin lines, the main track banded."""
    main: Expression = ["==", ["get", "class"], "main"]
    return [
        {
            "type": "line",
            "minzoom": 12.5,
            "filter": ["!", main],
            "paint": {"line-color": p.rail, "line-width": by_zoom(12.5, 0.5, 15, 1.2, 18, 3)},
        },
        {
            "type": "line",
            "filter": main,
            "paint": {"line-color": p.rail, "line-width": by_zoom(10, 1, 14, 2.4, 18, 6)},
        },
        {
            "type": "line",
            "minzoom": 12.5,
            "filter": main,
            "paint": {
                "line-color": p.rail_gap,
                "line-width": by_zoom(12.5, 0.5, 14, 1.2, 18, 3.6),
                "line-dasharray": [5, 5],
            },
        },
    ]


def draw_numbers(p: Palette) -> list[StyleLayer]:
    return [
        label("addressLocatorDesignator", p.text_soft, p, by_zoom(17, 9.5, 19, 13), **{
            "text-padding": 1,
        })
    ]  # fmt: skip
