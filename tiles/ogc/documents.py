"""Documents of OGC API – Tiles: the grid (OGC 17-083r4, WebMercatorQuad), lists and tilesets."""

import math
from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _

from layers.models import Layer
from layers.ogc.documents import CRS84, Link, link
from tiles.answers import MVT
from tiles.grid import join_boxes
from tiles.vector_layers import Said, VectorLayer, build_vector_layers

QUAD = "WebMercatorQuad"
QUAD_URI = f"http://www.opengis.net/def/tilematrixset/OGC/1.0/{QUAD}"
WEB_MERCATOR = "http://www.opengis.net/def/crs/EPSG/0/3857"
REL_SETS = "http://www.opengis.net/def/rel/ogc/1.0/tiling-schemes"
REL_SET = "http://www.opengis.net/def/rel/ogc/1.0/tiling-scheme"
REL_TILESETS = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"
TILE_SIDE_PX = 256
# Half the circumference of the sphere of EPSG:3857, metres; a pixel of the standard, metres.
HALF_M = math.pi * 6_378_137
PIXEL_M = 0.00028
DIMENSIONS = {
    Layer.GeometryType.POINT: 0,
    Layer.GeometryType.LINE: 1,
    Layer.GeometryType.POLYGON: 2,
}


def build_matrix_sets(base: str) -> dict[str, object]:
    """`base` is the absolute URL of the service without a slash at the end, here and below."""
    here = f"{base}/tileMatrixSets/{QUAD}"
    return {
        "tileMatrixSets": [
            {"id": QUAD, "uri": QUAD_URI, "title": QUAD, "links": [link(here, "self", title=QUAD)]}
        ]
    }


def build_matrix_set(base: str) -> dict[str, object]:
    return {
        "id": QUAD,
        "uri": QUAD_URI,
        "title": QUAD,
        "crs": WEB_MERCATOR,
        "orderedAxes": ["X", "Y"],
        "wellKnownScaleSet": "http://www.opengis.net/def/wkss/OGC/1.0/GoogleMapsCompatible",
        "tileMatrices": [build_matrix(z) for z in range(settings.TILE_ZOOM_MAX + 1)],
        "links": [link(f"{base}/tileMatrixSets/{QUAD}", "self", title=QUAD)],
    }


def build_matrix(z: int) -> dict[str, object]:
    """One zoom; `cellSize` in metres of the projection."""
    cell_m = 2 * HALF_M / (TILE_SIDE_PX << z)
    return {
        "id": str(z),
        "scaleDenominator": cell_m / PIXEL_M,
        "cellSize": cell_m,
        "cornerOfOrigin": "topLeft",
        "pointOfOrigin": [-HALF_M, HALF_M],
        "tileWidth": TILE_SIDE_PX,
        "tileHeight": TILE_SIDE_PX,
        "matrixWidth": 1 << z,
        "matrixHeight": 1 << z,
    }


def build_tilesets(
    base: str, here: str, said: Sequence[Said], query: str = ""
) -> dict[str, object]:
    """`here`: the absolute URL of this list; `said`: the layers that its tiles hold."""
    return {
        "links": [link(here + query, "self", title=_("Vector tiles"))],
        "tilesets": [describe_tileset(base, here, said, query)],
    }


def build_tileset(base: str, here: str, said: Sequence[Said], query: str = "") -> dict[str, object]:
    """Metadata of the tileset (OGC 17-083r4, 7): what is in it, where, at which zooms."""
    document = describe_tileset(base, here, said, query)
    document["layers"] = [
        describe_layer(layer, vector)
        for layer, visibilities, _summary in said
        for vector in build_vector_layers(layer, visibilities, zoom_max=settings.TILE_ZOOM_MAX)
    ]
    if boxes := [summary.extent for _layer, _visibilities, summary in said if summary.extent]:
        west, south, east, north = join_boxes(boxes)
        document["boundingBox"] = {
            "lowerLeft": [west, south],
            "upperRight": [east, north],
            "crs": CRS84,
        }
    return document


def describe_tileset(base: str, here: str, said: Sequence[Said], query: str) -> dict[str, object]:
    item = link(f"{here}/{QUAD}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}{query}", "item", MVT)
    links: list[object] = [
        link(f"{here}/{QUAD}{query}", "self", title=_("Vector tiles")),
        link(f"{base}/tileMatrixSets/{QUAD}", REL_SET, title=QUAD),
        {**item, "templated": True},
    ]
    return {
        "title": ", ".join(layer.title for layer, _visibilities, _summary in said),
        "dataType": "vector",
        "crs": WEB_MERCATOR,
        "tileMatrixSetId": QUAD,
        "tileMatrixSetURI": QUAD_URI,
        "links": links,
    }


def describe_layer(layer: Layer, vector: VectorLayer) -> dict[str, object]:
    """One layer of the tiles, made of `layer`; its attributes as JSON Schema."""
    fields = vector["fields"]
    assert isinstance(fields, dict)  # noqa: S101  TileJSON says so
    described: dict[str, object] = {
        "id": vector["id"],
        "title": vector["description"],
        "description": layer.description,
        "dataType": "vector",
        "minTileMatrix": str(vector["minzoom"]),
        "maxTileMatrix": str(vector["maxzoom"]),
        "propertiesSchema": {
            "type": "object",
            "properties": {name: {"type": kind.lower()} for name, kind in fields.items()},
        },
    }
    is_layer = vector["id"] == layer.slug
    dimension = DIMENSIONS.get(Layer.GeometryType(layer.geometry_type)) if is_layer else 0
    return described if dimension is None else {**described, "geometryDimension": dimension}


def link_tilesets(href: str) -> Link:
    return link(href, REL_TILESETS, title=_("Vector tiles"))
