"""The MapLibre style of a base map: quiet, so that the community's layers stand out."""

from collections.abc import Iterator

from tiles.basemap.reading import Basemap
from tiles.basemap.schemas import Part, Schema, find_schema
from tiles.style.defaults import FONT, StyleLayer
from tiles.style.document import RASTER_PAINT

SOURCE = "basemap"
COLORS = {
    "light": {
        "land": "#f3f1ec", "green": "#dfe9d3", "built": "#ebe8e1", "water": "#bcd7e6",
        "building": "#dcd7cd", "road": "#ffffff", "edge": "#cfcac0", "rail": "#a8a6a1",
        "border": "#9a8fa8", "text": "#4a4f55", "halo": "#ffffff",
    },
    "dark": {
        "land": "#15181c", "green": "#1b2620", "built": "#1b1e23", "water": "#17303f",
        "building": "#262a30", "road": "#343a42", "edge": "#0e1114", "rail": "#4a4f55",
        "border": "#5f566b", "text": "#b8bfc6", "halo": "#15181c",
    },
}  # fmt: skip
# Pixels at zooms 10 and 18, from highways to paths; and the zoom from which they are drawn.
WIDTHS = ((1.6, 22, 5), (1.0, 16, 8), (0.4, 11, 11), (0.2, 3, 14))


def build_basemap_style(
    basemap: Basemap, *, theme: str, address: str, glyphs: str, language: str
) -> dict[str, object] | None:
    """`address`: the URL of the file, `glyphs`: the template of letters, both absolute; `language`:
    in which places are named where the map knows it. `None` for an unknown schema.
    """
    source: dict[str, object] = {
        "type": "raster" if basemap.is_raster else "vector",
        "url": f"pmtiles://{address}",
        "attribution": basemap.attribution,
    }
    if basemap.is_raster:
        paint = RASTER_PAINT[theme]
        layers: list[StyleLayer] = [
            {"id": "picture", "type": "raster", "source": SOURCE, "paint": paint}
        ]
        source["tileSize"] = 256
    else:
        schema = find_schema(basemap.layers)
        if schema is None:
            return None
        drawn = list_layers(schema, COLORS[theme], language)
        layers = [layer for layer in drawn if layer["source-layer"] in basemap.layers]
    return {
        "version": 8,
        "name": f"basemap-{theme}",
        "glyphs": glyphs,
        "sources": {SOURCE: source},
        "layers": layers,
    }


def list_layers(schema: Schema, color: dict[str, str], language: str) -> Iterator[StyleLayer]:
    """From the bottom up."""
    if schema.land:
        yield draw_area("land", schema.land, color["land"])
    for number, part in enumerate(schema.built):
        yield draw_area(f"built-{number}", part, color["built"])
    for number, part in enumerate(schema.green):
        yield draw_area(f"green-{number}", part, color["green"])
    yield draw_area("water", schema.water, color["water"])
    yield draw_line("waterways", schema.waterways, color["water"], (0.6, 6), 8)
    yield draw_area("buildings", schema.buildings, color["building"]) | {"minzoom": 13}
    for number, part in reversed(list(enumerate(schema.roads))):
        near, far, first = WIDTHS[number]
        yield draw_line(
            f"edges-{number}", part, color["edge"], (near + 0.6, far + 2), max(first, 12)
        )
    for number, part in reversed(list(enumerate(schema.roads))):
        near, far, first = WIDTHS[number]
        yield draw_line(f"roads-{number}", part, color["road"], (near, far), first)
    yield draw_line("railways", schema.railways, color["rail"], (0.5, 3), 10)
    borders = draw_line("borders", schema.borders, color["border"], (0.8, 2), 3)
    yield borders | {"paint": borders["paint"] | {"line-dasharray": [3, 2]}}  # type: ignore[operator]
    yield draw_name("road-names", schema.road_names, color, language, 11, 14, "line")
    yield draw_name("places", schema.places, color, language, 13, 4, "point")


def draw_area(name: str, part: Part, color: str) -> StyleLayer:
    return {
        "id": name,
        "type": "fill",
        "source": SOURCE,
        "source-layer": part.layer,
        "filter": part.write_filter("Polygon"),
        "paint": {"fill-color": color},
    }


def draw_line(
    name: str, part: Part, color: str, widths_px: tuple[float, float], first: int
) -> StyleLayer:
    near, far = widths_px
    return {
        "id": name,
        "type": "line",
        "source": SOURCE,
        "source-layer": part.layer,
        "minzoom": first,
        "filter": part.write_filter("LineString"),
        "layout": {"line-cap": "round", "line-join": "round"},
        "paint": {
            "line-color": color,
            "line-width": ["interpolate", ["exponential", 1.5], ["zoom"], 10, near, 18, far],
        },
    }


def draw_name(
    name: str,
    part: Part,
    color: dict[str, str],
    language: str,
    size_px: int,
    first: int,
    placement: str,
) -> StyleLayer:
    return {
        "id": name,
        "type": "symbol",
        "source": SOURCE,
        "source-layer": part.layer,
        "minzoom": first,
        "filter": part.write_filter("LineString" if placement == "line" else "Point"),
        "layout": {
            "text-field": ["coalesce", ["get", f"name:{language}"], ["get", "name"], ""],
            "text-font": FONT,
            "text-size": size_px,
            "symbol-placement": placement,
        },
        "paint": {
            "text-color": color["text"],
            "text-halo-color": color["halo"],
            "text-halo-width": 1.2,
        },
    }
