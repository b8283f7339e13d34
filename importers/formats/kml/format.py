"""KML in the registry; KMZ is a zip with a KML in it."""

from importers.formats.format import Format

FORMAT = Format(
    name="kml",
    title="KML, KMZ",
    engine="importers.formats.kml.engine",
    driver="LIBKML",
    recognises=lambda head: head.root == "kml",
    extensions=(".kml",),
    rank=1,
)
