"""DGN of MicroStation 7, in which older plans of towns are drawn."""

from importers.formats.format import Format

START = (b"\x08\x09\xfe\x02", b"\xc8\x09\xfe\x02")
FORMAT = Format(
    name="dgn",
    title="DGN",
    engine="importers.formats.gdal.engine",
    driver="DGN",
    recognises=lambda head: head.raw.startswith(START),
    extensions=(".dgn",),
    rank=1,
)
