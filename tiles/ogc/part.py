"""What OGC API – Tiles adds to the landing page, the conformance, collections and OpenAPI."""

from collections.abc import Sequence

from layers.models import Layer
from layers.ogc.documents import Link, link
from layers.ogc.extensions import Extension
from layers.ogc.openapi import PROBLEM, describe_collection, describe_in_path, describe_read
from tiles.answers import MVT
from tiles.ogc.documents import QUAD, REL_SETS, link_tilesets

CONFORMANCE = (
    *(
        f"http://www.opengis.net/spec/ogcapi-tiles-1/1.0/conf/{name}"
        for name in (
            "core",
            "tileset",
            "tilesets-list",
            "dataset-tilesets",
            "geodata-tilesets",
            "collections-selection",
            "mvt",
            "oas30",
        )
    ),
    "http://www.opengis.net/spec/tms/2.0/conf/tilematrixset",
    "http://www.opengis.net/spec/tms/2.0/conf/json-tilematrixset",
    "http://www.opengis.net/spec/tms/2.0/conf/json-tilesetmetadata",
)
COLLECTIONS = {
    "name": "collections",
    "in": "query",
    "required": False,
    "style": "form",
    "explode": False,
    "schema": {"type": "array", "items": {"type": "string"}},
}
TILE_ANSWERS = {
    "200": {
        "description": "OK",
        "content": {MVT: {"schema": {"type": "string", "format": "binary"}}},
    },
    "204": {"description": "Empty"},
    "400": PROBLEM,
    "404": PROBLEM,
    "503": PROBLEM,
}


def link_landing(base: str) -> Sequence[Link]:
    return [link_tilesets(f"{base}/tiles"), link(f"{base}/tileMatrixSets", REL_SETS)]


def link_collection(base: str, layer: Layer) -> Sequence[Link]:
    return [link_tilesets(f"{base}/collections/{layer.slug}/tiles")]


def describe_paths(slugs: Sequence[str]) -> dict[str, object]:
    quad = describe_in_path("tileMatrixSetId", {"type": "string", "enum": [QUAD]})
    cell = [
        describe_in_path(name, {"type": "integer", "minimum": 0})
        for name in ("tileMatrix", "tileRow", "tileCol")
    ]
    one = describe_collection(list(slugs))
    paths: dict[str, object] = {
        "/tileMatrixSets": describe_read("getTileMatrixSetsList"),
        "/tileMatrixSets/{tileMatrixSetId}": describe_read("getTileMatrixSet", quad),
    }
    for name, start, first in (
        ("dataset.vector", "", COLLECTIONS),
        ("collection.vector", "/collections/{collectionId}", one),
    ):
        parameters = [first, quad, *cell]
        tile = {"operationId": f"{name}.getTile", "parameters": parameters}
        paths |= {
            f"{start}/tiles": describe_read(f"{name}.getTileSetsList", first),
            f"{start}/tiles/{{tileMatrixSetId}}": describe_read(f"{name}.getTileSet", first, quad),
            f"{start}/tiles/{{tileMatrixSetId}}/{{tileMatrix}}/{{tileRow}}/{{tileCol}}": {
                "get": {**tile, "responses": TILE_ANSWERS}
            },
        }
    return paths


PART = Extension(CONFORMANCE, link_landing, link_collection, describe_paths)
