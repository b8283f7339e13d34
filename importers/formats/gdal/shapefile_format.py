"""Shapefile in the registry."""

from importers.formats.format import Format

START = b"\x00\x00\x27\x0a"
PARTS = (".shp", ".dbf", ".shx", ".prj", ".cpg")
# Full names of cut columns, in our own downloads.
FIELD_NAMES_FILE = "fields.csv"
FORMAT = Format(
    name="shapefile",
    title="Shapefile",
    engine="importers.formats.gdal.shapefile",
    driver="ESRI Shapefile",
    recognises=lambda head: head.raw.startswith(START),
    extensions=(".shp",),
    rank=0,
    parts=PARTS,
    companion=FIELD_NAMES_FILE,
)
