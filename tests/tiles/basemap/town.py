"""A small base map of an invented town: a river, a street, houses, in one schema or another."""

from pathlib import Path

import mapbox_vector_tile
import shapely
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer
from pyproj import Transformer

from tests.tiles.decoding import find_tile
from tiles.grid import Tile

BOUNDS = (27.03, 50.17, 27.09, 50.21)
HALF_M = 20037508.342789244
ZOOM_MAX = 14
ATTRIBUTION = '<a href="https://osm.example">© Мапа <b>громади</b></a><script>1</script>'
to_metres = Transformer.from_crs(4326, 3857, always_xy=True).transform
RIVER = shapely.box(27.03, 50.17, 27.06, 50.21)
STREET = shapely.LineString([(27.06, 50.19), (27.09, 50.19)])
HOUSES = shapely.MultiPolygon([shapely.box(27.07, 50.195, 27.071, 50.196)])
LAND = shapely.box(*BOUNDS)
MIDDLE = shapely.Point(27.065, 50.192)
# By the schema: layers of shapes with their attributes.
SCHEMAS = {
    "protomaps": {
        "earth": (LAND, {"kind": "earth"}),
        "water": (RIVER, {"kind": "river"}),
        "roads": (STREET, {"kind": "major_road", "name": "Головна"}),
        "buildings": (HOUSES, {"kind": "building"}),
        "places": (MIDDLE, {"kind": "locality", "name": "Town", "name:uk": "Місто"}),
    },
    "protomaps_3": {
        "earth": (LAND, {"pmap:kind": "earth"}),
        "water": (RIVER, {"pmap:kind": "river"}),
        "roads": (STREET, {"pmap:kind": "major_road"}),
    },
    "openmaptiles": {
        "water": (RIVER, {"class": "river"}),
        "transportation": (STREET, {"class": "primary"}),
        "building": (HOUSES, {}),
    },
    "unknown": {"hydro": (RIVER, {"type": "river"})},
}


def write_town(path: Path, schema: str = "protomaps", zoom_max: int = ZOOM_MAX) -> Path:
    layers = SCHEMAS[schema]
    said = [
        {"id": name, "fields": dict.fromkeys(each, "String")} for name, (_, each) in layers.items()
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        writer = Writer(target)
        for tile in list_tiles(zoom_max):
            writer.write_tile(zxy_to_tileid(tile.z, tile.x, tile.y), draw_tile(layers, tile))
        writer.finalize(
            build_head(TileType.MVT, zoom_max), {"attribution": ATTRIBUTION, "vector_layers": said}
        )
    return path


def write_pictures(path: Path, picture: bytes, said: object = None) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as target:
        writer = Writer(target)
        writer.write_tile(0, picture)
        writer.finalize(build_head(TileType.PNG, 0), {} if said is None else said)
    return path


def build_head(kind: TileType, zoom_max: int) -> dict[str, object]:
    west, south, east, north = (round(degrees * 1e7) for degrees in BOUNDS)
    return {
        "tile_type": kind,
        "tile_compression": Compression.NONE,
        "min_lon_e7": west,
        "min_lat_e7": south,
        "max_lon_e7": east,
        "max_lat_e7": north,
        "center_zoom": zoom_max,
        "center_lon_e7": west,
        "center_lat_e7": south,
    }


def list_tiles(zoom_max: int) -> list[Tile]:
    west, south, east, north = BOUNDS
    found = []
    for z in range(zoom_max + 1):
        first, last = find_tile(z, west, north), find_tile(z, east, south)
        found += [
            Tile(z, x, y) for x in range(first.x, last.x + 1) for y in range(first.y, last.y + 1)
        ]
    return sorted(found, key=lambda tile: zxy_to_tileid(tile.z, tile.x, tile.y))


def draw_tile(layers, tile: Tile) -> bytes:
    side = 2 * HALF_M / 2**tile.z
    west, north = tile.x * side - HALF_M, HALF_M - tile.y * side
    box = (west, north - side, west + side, north)
    shapes = {
        name: shapely.clip_by_rect(shapely.transform(shape, to_metres, interleaved=False), *box)
        for name, (shape, _) in layers.items()
    }
    encoded: bytes = mapbox_vector_tile.encode(
        [
            {"name": name, "features": [{"geometry": shape, "properties": layers[name][1]}]}
            for name, shape in shapes.items()
            if not shape.is_empty
        ],
        default_options={"quantize_bounds": box, "extents": 4096},
    )
    return encoded
