"""Features as their editors read them: with versions, staff's attributes and exact coordinates."""

from dataclasses import dataclass

from geoportal.core.database.named_sql import bounded_cursor, execute_sql
from layers.models import Feature, Layer
from layers.reading.items import PAGE_S, Page, build_region
from layers.reading.parameters import Box
from layers.schema.values import list_names


@dataclass(frozen=True, kw_only=True)
class EditQuery:
    """`after` is the id of the last feature seen; `box` west, south, east, north in degrees."""

    layer: Layer
    limit: int
    after: int = 0
    box: Box | None = None

    def bind(self) -> dict[str, object]:
        """What `items_to_edit.sql` binds; editors of a layer see all that it holds."""
        region = build_region(self.box) if self.box else None
        return {
            "layer": self.layer.pk,
            "visibilities": list(Feature.Visibility.values),
            "after": self.after,
            "limit": self.limit,
            "public": list_names(self.layer, "public"),
            "staff": list_names(self.layer, "staff"),
            "region": region.hexewkb.decode() if region else None,
            "box": region.transform(3857, clone=True).hexewkb.decode() if region else None,
        }


def get_items_to_edit(query: EditQuery) -> Page:
    """One page for an editor of the layer; one row more is read to know of a next one."""
    with bounded_cursor(PAGE_S) as cursor:
        values = query.bind() | {"limit": query.limit + 1}
        execute_sql(cursor, "layers", "items_to_edit", values)
        rows = cursor.fetchall()
    after = rows[query.limit - 1][0] if len(rows) > query.limit else None
    return Page([text for _, text in rows[: query.limit]], after)
