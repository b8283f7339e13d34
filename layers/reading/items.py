"""Features of a layer as GeoJSON that PostGIS writes: one page, one feature, or all of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.contrib.gis.geos import GEOSGeometry, LineString, Point, Polygon
from django.db import connection, transaction

from geoportal.core.database.named_sql import bounded_cursor, execute_sql
from layers.access import build_no_feature
from layers.models import Layer
from layers.reading.parameters import BBox, Box
from layers.reading.summary import get_summary
from layers.schema.values import Json, dump_json

COUNT_BOUND = 50_000
ROWS_A_FETCH = 2000
PAGE_S = 10


@dataclass(frozen=True, kw_only=True)
class ItemsQuery:
    """Which features: `after` is the id of the last one seen, `equals` are values by property.

    `digits` are decimals of a degree: 9 is 0.1 mm, 15 keeps every bit of a double.
    """

    layer: Layer
    visibilities: list[str]
    limit: int = 10
    after: int = 0
    bbox: BBox | None = None
    equals: Mapping[str, Json] = field(default_factory=dict)
    digits: int = 9

    def bind(self) -> dict[str, object]:
        """What `items.sql` and `count_items.sql` bind."""
        region = first = second = None
        if self.bbox is not None:
            parts = [build_region(box) for box in self.bbox.boxes]
            region = parts[0] if len(parts) == 1 else parts[0].union(parts[1])
            boxes = [part.transform(3857, clone=True) for part in parts]
            first, second = boxes[0].hexewkb.decode(), boxes[-1].hexewkb.decode()
        return {
            "layer": self.layer.pk,
            "visibilities": self.visibilities,
            "after": self.after,
            "limit": self.limit,
            "region": region.hexewkb.decode() if region else None,
            "first_box": first,
            "second_box": second,
            "equals": dump_json(self.equals) if self.equals else None,
            "digits": self.digits,
        }


def build_region(box: Box) -> GEOSGeometry:
    """A box without width or height is a line or a point: PostGIS finds nothing by a flat area."""
    west, south, east, north = box
    if west < east and south < north:
        return Polygon(
            ((west, south), (east, south), (east, north), (west, north), (west, south)), srid=4326
        )
    if (west, south) == (east, north):
        return Point(west, south, srid=4326)
    return LineString((west, south), (east, north), srid=4326)


@dataclass(frozen=True)
class Page:
    """GeoJSON texts, and the id to go on after where there is more."""

    texts: list[str]
    after: int | None


def get_page(query: ItemsQuery) -> Page:
    """One page; one row more is read to know whether there is a next one."""
    with bounded_cursor(PAGE_S) as cursor:
        execute_sql(cursor, "layers", "items", query.bind() | {"limit": query.limit + 1})
        rows = cursor.fetchall()
    after = rows[query.limit - 1][0] if len(rows) > query.limit else None
    return Page([text for _, text in rows[: query.limit]], after)


def find_count(query: ItemsQuery) -> int | None:
    """How many features match, or `None` where counting them would take long."""
    if query.bbox is None and not query.equals:
        return get_summary(query.layer, query.visibilities).features
    with bounded_cursor(PAGE_S) as cursor:
        execute_sql(cursor, "layers", "count_items", query.bind() | {"bound": COUNT_BOUND + 1})
        count = int(cursor.fetchone()[0])
    return count if count <= COUNT_BOUND else None


def access_item(layer: Layer, key: str, visibilities: list[str]) -> str:
    """The GeoJSON text of one feature; a hidden one is not found."""
    with connection.cursor() as cursor:
        execute_sql(
            cursor,
            "layers",
            "item",
            {"layer": layer.pk, "key": key, "visibilities": visibilities},
        )
        row = cursor.fetchone()
    if row is None:
        raise build_no_feature(layer, key)
    return str(row[0])


def stream_items(query: ItemsQuery) -> Iterator[str]:
    """GeoJSON texts by a server-side cursor, in one snapshot; memory stays flat."""
    with transaction.atomic(), connection.chunked_cursor() as cursor:
        execute_sql(cursor, "layers", "items", query.bind())
        while rows := cursor.fetchmany(ROWS_A_FETCH):
            yield from (text for _, text in rows)
