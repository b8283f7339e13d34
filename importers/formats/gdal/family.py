"""Formats that GDAL reads as they are: each a record, all of one engine."""

import re

from importers.formats.format import Format, Head
from importers.formats.tables.options import PLACE_OPTIONS

ENGINE = "importers.formats.gdal.engine"
SQLITE = b"SQLite format 3\x00"
GEOPACKAGE_IDS = (b"GPKG", b"GP10", b"GP11")
MIF = re.compile(r"version\s+\d+\s", re.IGNORECASE)
DXF = re.compile(r"(\s*999\s*\n[^\n]*\n)*\s*0\s*\n\s*SECTION", re.IGNORECASE)
DXF_BINARY = b"AutoCAD Binary DXF"
TOPOLOGY = re.compile(r'"type"\s*:\s*"Topology"')
ESRI = re.compile(r'"esri(Geometry|FieldType)|"attributes"\s*:\s*\{')


def is_geopackage(head: Head) -> bool:
    """`application_id` stands at byte 68 (GeoPackage 1.3, requirement 2)."""
    return head.raw.startswith(SQLITE) and head.raw[68:72] in GEOPACKAGE_IDS


def is_gml(head: Head) -> bool:
    return bool(head.root) and "opengis.net/gml" in head.text and head.root != "kml"


def is_mif(head: Head) -> bool:
    return bool(MIF.match(head.text)) and "columns" in head.text.lower()


def is_dxf(head: Head) -> bool:
    return head.raw.startswith(DXF_BINARY) or bool(DXF.match(head.text.replace("\r\n", "\n")))


def is_esri(head: Head) -> bool:
    return head.text.startswith("{") and bool(ESRI.search(head.text))


FORMATS = (
    Format(
        name="geopackage",
        title="GeoPackage",
        engine=ENGINE,
        driver="GPKG",
        recognises=is_geopackage,
        extensions=(".gpkg",),
        rank=0,
        options=PLACE_OPTIONS,
    ),
    Format(
        name="geodatabase",
        title="File Geodatabase",
        engine=ENGINE,
        driver="OpenFileGDB",
        recognises=lambda head: False,
        extensions=(),
        folder=".gdb",
        folder_mark=".gdbtable",
        rank=0,
        options=PLACE_OPTIONS,
    ),
    Format(
        name="spatialite",
        title="SpatiaLite",
        engine=ENGINE,
        driver="SQLite",
        recognises=lambda head: head.raw.startswith(SQLITE) and not is_geopackage(head),
        extensions=(".sqlite", ".sqlite3", ".db"),
        rank=1,
        options=PLACE_OPTIONS,
    ),
    Format(
        name="flatgeobuf",
        title="FlatGeobuf",
        engine=ENGINE,
        driver="FlatGeobuf",
        recognises=lambda head: head.raw.startswith(b"fgb"),
        extensions=(".fgb",),
        rank=0,
    ),
    Format(
        name="mapinfo-tab",
        title="MapInfo TAB",
        engine=ENGINE,
        driver="MapInfo File",
        recognises=lambda head: head.text.lower().startswith("!table"),
        extensions=(".tab",),
        parts=(".tab", ".dat", ".map", ".id", ".ind"),
        rank=0,
        options=PLACE_OPTIONS,
    ),
    Format(
        name="mapinfo-mif",
        title="MapInfo MIF",
        engine=ENGINE,
        driver="MapInfo File",
        recognises=is_mif,
        extensions=(".mif",),
        parts=(".mif", ".mid"),
        rank=0,
    ),
    Format(
        name="gpx",
        title="GPX",
        engine=ENGINE,
        driver="GPX",
        recognises=lambda head: head.root == "gpx",
        extensions=(".gpx",),
        rank=1,
    ),
    Format(
        name="gml",
        title="GML",
        engine=ENGINE,
        driver="GML",
        recognises=is_gml,
        extensions=(".gml",),
        rank=1,
    ),
    Format(
        name="dxf",
        title="DXF",
        engine=ENGINE,
        driver="DXF",
        recognises=is_dxf,
        extensions=(".dxf",),
        rank=1,
    ),
    Format(
        name="topojson",
        title="TopoJSON",
        engine=ENGINE,
        driver="TopoJSON",
        recognises=lambda head: head.text.startswith("{") and bool(TOPOLOGY.search(head.text)),
        extensions=(".topojson",),
        rank=1,
    ),
    Format(
        name="esrijson",
        title="EsriJSON",
        engine=ENGINE,
        driver="ESRIJSON",
        recognises=is_esri,
        extensions=(".esrijson",),
        rank=1,
    ),
    Format(
        name="osm",
        title="OpenStreetMap (PBF, XML)",
        engine=ENGINE,
        driver="OSM",
        recognises=lambda head: b"OSMHeader" in head.raw[:32] or head.root == "osm",
        extensions=(".pbf", ".osm"),
        rank=1,
    ),
)
