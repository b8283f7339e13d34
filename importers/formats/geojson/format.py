"""GeoJSON in the registry."""

from importers.formats.format import Format

FORMAT = Format(
    name="geojson",
    title="GeoJSON",
    engine="importers.formats.geojson.source",
    recognises=lambda head: head.text.startswith("{"),
    extensions=(".geojson", ".geojsonl", ".geojsons", ".ndjson"),
    rank=1,
)
