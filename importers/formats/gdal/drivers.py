"""Which drivers of GDAL may open a stranger's file: those of our formats, and no other.

A driver that follows what a file says (OGR_VRT, WFS, HTTP, …) would read other files or the
network; GDAL tries all that it knows on every file. `GDAL_SKIP` leaves them out when GDAL
starts, so `restrict` must run before pyogrio is imported, and only in a process that reads.
"""

import os
import sys

ALLOWED = frozenset(
    {
        "DGN", "DXF", "ESRI Shapefile", "ESRIJSON", "FlatGeobuf", "GML", "GPKG", "GPX", "LIBKML",
        "MapInfo File", "OSM", "OpenFileGDB", "SQLite", "TopoJSON",
    }
)  # fmt: skip
# Everything else in pyogrio's wheel; a test shows that nothing but ALLOWED is left.
SKIPPED = (
    "MEM", "PCIDSK", "PDS4", "VICAR", "PDF", "MBTiles", "EEDA", "OGCAPI", "GDALG", "LVBAG", "S57",
    "OGR_VRT", "CSV", "KML", "GeoJSON", "GeoJSONSeq", "OGR_GMT", "WAsP", "GeoRSS", "VFK", "PGDUMP",
    "GPSBabel", "OGR_PDS", "WFS", "OAPIF", "EDIGEO", "Idrisi", "ODS", "XLSX", "Elasticsearch",
    "Carto", "AmigoCloud", "SXF", "Selafin", "JML", "PLSCENES", "CSW", "VDV", "MVT", "NGW",
    "MapML", "GTFS", "PMTiles", "JSONFG", "MiraMonVector", "ADBC", "AVCBin", "AVCE00", "AIVector",
    "HTTP",
)  # fmt: skip
CONFIGURATION = {
    "GDAL_SKIP": ",".join(SKIPPED),
    # The driver's own Arrow stream miscounts the bytes of rows without a place (GDAL 3.12).
    "OGR_FLATGEOBUF_STREAM_BASE_IMPL": "YES",
    # GDAL writes the index anew the first time that it opens a file; the file is a link of ours.
    "SHAPE_RESTORE_SHX": "YES",
    # References in GML would lead to other files and hosts.
    "GML_SKIP_RESOLVE_ELEMS": "ALL",
    "GML_SAVE_RESOLVED_TO": "NO",
    "GDAL_DISABLE_READDIR_ON_OPEN": "NO",
    "GDAL_HTTP_MAX_RETRY": "0",
    "CPL_VSIL_CURL_ALLOWED_EXTENSIONS": ".none",
    "OSM_USE_CUSTOM_INDEXING": "YES",
    "OSM_MAX_TMPFILE_SIZE": "512",
    "OGR_SQLITE_LIST_VIRTUAL_OGR": "NO",
    "OGR_SQLITE_LOAD_EXTENSIONS": "",
    "SQLITE_LIST_ALL_TABLES": "NO",
    # Trailing text of KML's names stays as it is.
    "LIBKML_RESOLVE_STYLE": "NO",
}


def restrict() -> None:
    """GDAL of this process opens nothing but `ALLOWED`.

    Raises RuntimeError where GDAL has started already, with every driver.
    """
    if "pyogrio" in sys.modules:
        raise RuntimeError("GDAL knows its drivers already: restrict() before pyogrio")
    os.environ.update({name: value for name, value in CONFIGURATION.items() if value})
