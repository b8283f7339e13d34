"""GeoParquet in the registry; Parquet without geometry is a table."""

from importers.formats.format import Format
from importers.formats.tables.options import PLACE_OPTIONS

FORMAT = Format(
    name="geoparquet",
    title="GeoParquet",
    engine="importers.formats.parquet.engine",
    recognises=lambda head: head.raw.startswith(b"PAR1"),
    extensions=(".parquet", ".geoparquet"),
    rank=0,
    options=PLACE_OPTIONS,
)
