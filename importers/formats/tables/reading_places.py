"""Places of a table's rows: two columns of numbers, one of pairs, or one of WKT or GeoJSON."""

import json
import re
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from django.utils.translation import gettext as _

from importers.formats.tables.coordinates import parse_coordinate
from importers.formats.tables.pairs import parse_pair
from importers.formats.tables.placing import PlaceColumns
from importers.geometry.wkb import POINT
from importers.geometry.wkb.writing import BadGeometry, encode_geojson, encode_points, pack_point
from importers.issues import Issue
from importers.sources import ArrowArray, BoolArray, FloatArray, IntArray

PLAIN_NUMBER = r"^\s*[+-]?\d+(\.\d+)?([eE][+-]?\d+)?\s*$"
SHOWN_CHARS = 80
# Arcs, which GEOS does not read.
CURVED = re.compile(r"[A-Z\s(]*(CIRCULARSTRING|COMPOUNDCURVE|CURVEPOLYGON|MULTICURVE|MULTISURFACE)")


def read_places(
    names: Sequence[str], cells: Sequence[ArrowArray], rows: IntArray, places: PlaceColumns
) -> tuple[ArrowArray, list[Issue], bool]:
    """WKB of each row (null: none), what could not be read, and whether heights were dropped."""
    count = len(rows)
    wkb = pa.nulls(count, pa.binary())
    issues: list[Issue] = []
    heights = False
    if places.lon:
        wkb, issues = read_coordinates(
            cells[names.index(places.lon)], cells[names.index(places.lat)], rows, places
        )
    if places.pair:
        wkb, issues, heights = read_pairs(cells[names.index(places.pair)], rows, places)
    if places.wkt:
        texts = cells[names.index(places.wkt)]
        if texts.null_count < count:
            shapes, more, heights = read_texts(texts, rows, places.wkt)
            wkb = pc.coalesce(shapes, wkb)
            stated = set(rows[texts.is_valid().to_numpy(zero_copy_only=False)].tolist())
            issues = [issue for issue in issues if issue.row not in stated] + more
    return wkb, issues, heights


def read_coordinates(
    lon: ArrowArray, lat: ArrowArray, rows: IntArray, places: PlaceColumns
) -> tuple[ArrowArray, list[Issue]]:
    x, bad_x = parse_column(lon)
    y, bad_y = parse_column(lat)
    issues = []
    for name, cells, bad, other in (
        (places.lon, lon, bad_x, None),
        (places.lat, lat, bad_y, bad_x),
    ):
        for place in np.flatnonzero(bad if other is None else bad & ~other):
            value = {"value": cells[int(place)].as_py()}
            issues.append(Issue(int(rows[place]), "unreadable-coordinates", value, field=name))
    half = (np.isnan(x) != np.isnan(y)) & ~bad_x & ~bad_y
    for place in np.flatnonzero(half):
        name = places.lon if np.isnan(x[place]) else places.lat
        issues.append(Issue(int(rows[place]), "unreadable-coordinates", {"value": ""}, field=name))
    return encode_points(np.column_stack([x, y]), ~(np.isnan(x) | np.isnan(y))), issues


def read_pairs(
    cells: ArrowArray, rows: IntArray, places: PlaceColumns
) -> tuple[ArrowArray, list[Issue], bool]:
    """A cell of neither pair nor number may hold WKT."""
    issues: list[Issue] = []
    heights = False
    wkb: list[bytes | None] = []
    for row, text in zip(rows.tolist(), cells.to_pylist(), strict=True):
        point, high = None, False
        if text and text.strip():
            try:
                point, high = encode_pair(text, places.order)
            except BadGeometry:
                value = {"value": text[:SHOWN_CHARS]}
                issues.append(Issue(row, "unreadable-coordinates", value, field=places.pair))
        heights = heights or high
        wkb.append(point)
    return pa.array(wkb, pa.binary()), issues, heights


def encode_pair(text: str, order: str) -> tuple[bytes | None, bool]:
    pair = parse_pair(text)
    if pair is not None:
        return pack_point(1, POINT, *pair.as_lon_lat(order)), False
    wkb, high, _closed = encode_text(text.strip())
    return wkb, high


def parse_column(cells: ArrowArray) -> tuple[FloatArray, BoolArray]:
    """Numbers, NaN where there is none, and which cells hold something that is no number."""
    plain = pc.match_substring_regex(cells, PLAIN_NUMBER)
    if pc.all(plain, min_count=0).as_py():
        numbers = pc.utf8_trim_whitespace(cells).cast(pa.float64())
        array = numbers.fill_null(np.nan).to_numpy(zero_copy_only=False)
        return np.where(np.isfinite(array), array, np.nan), ~np.isfinite(array) & valid(cells)
    texts = cells.to_pylist()
    parsed = [None if text is None else parse_coordinate(text) for text in texts]
    array = np.array([np.nan if number is None else number for number in parsed])
    bad = [text is not None and text.strip() != "" and number is None
           for text, number in zip(texts, parsed, strict=True)]  # fmt: skip
    return array, np.array(bad, dtype=np.bool_)


def valid(array: ArrowArray) -> BoolArray:
    found: BoolArray = array.is_valid().to_numpy(zero_copy_only=False)
    return found


def read_texts(
    texts: ArrowArray, rows: IntArray, name: str
) -> tuple[ArrowArray, list[Issue], bool]:
    """WKT, EWKT or GeoJSON of geometries."""
    wkb: list[bytes | None] = []
    issues = []
    heights = False
    for row, text in zip(rows.tolist(), texts.to_pylist(), strict=True):
        geometry = None
        try:
            if text and text.strip():
                geometry, high, closed = encode_text(text.strip())
                heights = heights or high
                if closed:
                    issues.append(Issue(row, "ring-closed", field=name, repair="ring-closed"))
        except BadGeometry as error:
            issues.append(Issue(row, "unreadable-geometry", {"reason": str(error)}, field=name))
        wkb.append(geometry)
    return pa.array(wkb, pa.binary()), issues, heights


def encode_text(text: str) -> tuple[bytes | None, bool, bool]:
    """WKB, whether heights were dropped, whether a ring was closed. Raises `BadGeometry`."""
    if text.startswith("{"):
        try:
            return *encode_geojson(json.loads(text)), False
        except (ValueError, RecursionError):
            raise BadGeometry(_("it is not GeoJSON")) from None
    if text.upper().startswith("SRID="):
        text = text.partition(";")[2]
    if CURVED.match(text.upper()):
        return encode_curve(text), False, False
    as_is = shapely.from_wkt(text, on_invalid="ignore")
    shape = shapely.from_wkt(text, on_invalid="fix") if as_is is None else as_is
    if shape is None:
        raise BadGeometry(_("it is not WKT"))
    wkb = shapely.to_wkb(shape, output_dimension=2)
    return wkb, bool(shapely.has_z(shape)), as_is is None


def encode_curve(text: str) -> bytes:
    """WKB of arcs as they are: whoever checks geometries makes segments of them, and tells it.

    GDAL is loaded for the few tables that need it only.
    """
    from django.contrib.gis.gdal import GDALException, OGRGeometry  # noqa: PLC0415

    try:
        return bytes(OGRGeometry(text).wkb)
    except (GDALException, ValueError):
        raise BadGeometry(_("it is not WKT")) from None
