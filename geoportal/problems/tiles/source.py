"""Problems as a source of tiles: counts by state for each cell, single points near by."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.models import Case, F, Func, IntegerField, QuerySet, Value, When
from psycopg2.extensions import AsIs

from geoportal.core.database.named_sql import write_sql
from geoportal.problems.access import list_public_problems
from geoportal.problems.categories.overdue import find_overdue
from geoportal.problems.categories.working_days import kyiv_day
from geoportal.problems.history.layer_spec import LAYER_SLUG
from geoportal.problems.lists.filters import ProblemFilter, Row
from tiles.grid import Tile
from tiles.versions import write_version

# The side of the map is 2^30 steps of `problems_map_x` and `problems_map_y`.
WORLD_SHIFT = 30
# 2^3 cells on a side of the tile: 64 px of a tile of 512 px.
CELLS_SHIFT = 3
# From here on each problem stands by itself.
APART_ZOOM = 16
# A quarter of a cell: so clusters of neighbouring cells are at least half a cell apart.
INSET_SHIFT = 2


@dataclass(frozen=True)
class ProblemSource:
    """Public problems under a filter, at a moment: by it some are overdue."""

    chosen: ProblemFilter
    at: datetime
    name = LAYER_SLUG

    @property
    def is_shared(self) -> bool:
        return self.chosen.mine is None

    @property
    def variant(self) -> str:
        """Every deadline is a midnight of Kyiv: between two of them nothing becomes overdue."""
        return f"{self.chosen} {kyiv_day(self.at)}"

    def write_version(self, tile: Tile) -> str:
        """Triggers touch the place of a problem with everything that everyone may see of it."""
        return write_version(LAYER_SLUG, tile)

    def write_bytes(self, tile: Tile) -> str:
        """Each problem is counted once."""
        return write_sql("geoportal.problems.tiles", "cluster_tile", self.bind(tile))

    def write_left_out(self, tile: Tile) -> str:
        return "0"

    def lighten(self, share: float) -> "ProblemSource":
        """A tile has 64 cells."""
        return self

    def bind(self, tile: Tile) -> dict[str, object]:
        """What `cluster_tile.sql` takes."""
        shift = WORLD_SHIFT - tile.z
        cell_shift = shift - CELLS_SHIFT
        problems = self.chosen.apply(list_public_problems(), self.at)
        return {
            "problems": _write_places(problems, tile, self.at),
            "left_x": tile.x << shift,
            "top_y": tile.y << shift,
            "tile_shift": shift,
            "cell_shift": cell_shift,
            "inset": 1 << (cell_shift - INSET_SHIFT),
            "apart": tile.z >= APART_ZOOM,
            "extent": settings.TILE_EXTENT_PX,
        }


def _write_places(problems: QuerySet[Row], tile: Tile, at: datetime) -> AsIs:
    """The SELECT of id, state, map_x, map_y, is_late of these problems in the tile, with its
    values, in brackets.

    Made by the ORM, so that a tile is filtered by the very code that filters the list.
    """
    shift = WORLD_SHIFT - tile.z
    in_tile = {
        f"{name}__range": (first << shift, ((first + 1) << shift) - 1)
        for name, first in (("map_x", tile.x), ("map_y", tile.y))
    }
    selected = (
        problems.order_by()
        .annotate(
            map_x=_number("problems_map_x"),
            map_y=_number("problems_map_y"),
            is_late=Case(When(find_overdue(at), then=Value(True)), default=Value(False)),
        )
        .filter(**in_tile)
        .values("id", "state", "map_x", "map_y", "is_late")
    )
    text, values = selected.query.sql_with_params()
    with connection.cursor() as cursor:
        return AsIs(f"({cursor.mogrify(text, values).decode()})")


def _number(function: str) -> Func:
    return Func(F("geom"), function=function, output_field=IntegerField())
