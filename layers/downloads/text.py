"""GeoJSON and CSV of a whole layer, streamed in one snapshot."""

import json
from collections.abc import Iterator
from itertools import islice

from django.db import connection, transaction

from geoportal.core.database.named_sql import execute_sql
from geoportal.core.words.csv_text import CsvText, guard_formula
from layers.downloads.columns import choose_place_headings, escape_names, list_columns
from layers.downloads.contents import (
    choose_parser,
    find_place_fields,
    list_geometry_types,
    list_wide_fields,
)
from layers.models import Feature, Layer
from layers.reading.items import ItemsQuery, stream_items

ROWS_A_CHUNK = 1000
DIGITS = 15  # every bit of a double
CHARS_A_CHUNK = 1 << 16


def stream_geojson(layer: Layer, visibilities: list[str]) -> Iterator[bytes]:
    """An RFC 7946 FeatureCollection; `name` is the layer's slug as GDAL reads it."""
    query = ItemsQuery(layer=layer, visibilities=visibilities, limit=2**62, digits=DIGITS)
    texts = stream_items(query)
    yield b'{"type": "FeatureCollection", "name": %b, "features": [\n' % (
        json.dumps(layer.slug).encode()
    )
    separator = b""
    while chunk := list(islice(texts, ROWS_A_CHUNK)):
        yield separator + ",\n".join(chunk).encode()
        separator = b",\n"
    yield b"\n]}\n"


def stream_csv(layer: Layer, visibilities: list[str]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark (for spreadsheets), commas, dot decimals.

    Points have `lon` and `lat`, what is no single point `wkt`, a mixed layer all three; other
    headings where the layer has fields of these names, and none where its fields tell the places
    or there are none. An import of the file changes nothing.
    Projected layers are not imported: what residents wrote there is kept from becoming a formula.
    """
    columns = list_columns(layer)
    headings = choose_place_headings(layer, find_place_fields(layer, visibilities))
    types = {name for _, name in list_geometry_types(layer, visibilities)}
    placeless = not types and Feature.objects.filter(layer=layer).exists()
    points = bool(headings.point) and (
        "POINT" in types or headings.confusable or not (types or placeless)
    )
    shapes = bool(types - {"POINT"})
    parse = choose_parser(list_wide_fields(layer, visibilities))
    render = render_words if layer.is_projected else render_cell
    text = CsvText()
    heads = (list(headings.point) if points else []) + ([headings.shape] if shapes else [])
    text.write([*escape_names(columns, headings.reserved).values(), *heads])
    for key, lon, lat, wkt, document in list_rows(layer, visibilities):
        values = parse(document)
        row = [
            key if column.field is None else render(values.get(column.name)) for column in columns
        ]
        text.write(row + ([lon, lat] if points else []) + ([wkt] if shapes else []))
        if text.size > CHARS_A_CHUNK:
            yield text.take()
    yield text.take()


def render_cell(value: object) -> object:
    """A JSON value as a cell of text: `null` is empty, structures are JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return value


def render_words(value: object) -> object:
    """A cell that a spreadsheet does not take for a formula."""
    return guard_formula(render_cell(value))


def list_rows(
    layer: Layer, visibilities: list[str]
) -> Iterator[tuple[str, float | None, float | None, str | None, str]]:
    """(key, lon and lat of a point, WKT of another geometry, attributes as JSON text)."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        values = {"layer": layer.pk, "visibilities": visibilities}
        execute_sql(cursor, "layers", "download_rows", values)
        while rows := cursor.fetchmany(ROWS_A_CHUNK):
            yield from rows
