"""Features of a layer as a source of tiles."""

from dataclasses import dataclass, replace

from django.conf import settings
from psycopg2.extensions import AsIs

from geoportal.core.database.named_sql import write_sql
from layers.access import is_open
from layers.models import Layer
from tiles.attributes import (
    list_drawing_fields,
    list_tile_fields,
    names_areas,
    write_attributes,
    write_exact,
)
from tiles.grid import Tile
from tiles.versions import write_version

NOTHING = "''::bytea"
# Points are counted to this zoom, lines and areas generalised to the other.
COUNTED_ZOOM_MAX = 14
GENERALISED_ZOOM_MAX = 12
# Bands of generalised shapes, by their highest zoom.
BANDS = (4, 6, 8, 10, 12)
# So many points of a cell of 64 px are drawn one by one.
POINTS_A_CELL = 16
# Of the ground of the map: its points are names of places.
EVERY_POINT = 2**31
# The side of the map is 2^30 steps, the side of a tile 2^3 cells.
WORLD_SHIFT, CELLS_SHIFT = 30, 3
# So many lines and areas of a tile from afar, the largest first.
SHAPES_A_TILE = 4096
# What is smaller is left out, to this zoom.
SMALLEST_PX = 1.5
DROPPED_ZOOM_MAX = 14
PIXEL_M = 78271.51696402048


@dataclass(frozen=True)
class LayerSource:
    """The features of a layer that an actor with these visibilities sees.

    `has_names`: attributes beside those by which features are drawn. `share`: of the features that
    are drawn one by one, 0 to 1. Both make a tile lighter. `counted_to`: the zoom to which many
    points of a cell are counted in place of drawn, at most 14.
    """

    layer: Layer
    visibilities: tuple[str, ...]
    has_names: bool = True
    share: float = 1.0
    counted_to: int = COUNTED_ZOOM_MAX

    @property
    def name(self) -> str:
        return self.layer.slug

    @property
    def is_shared(self) -> bool:
        return is_open(self.layer, list(self.visibilities))

    @property
    def variant(self) -> str:
        """Passport and zooms are those of the layer at hand, by which the bytes are made."""
        layer = self.layer
        seen = ",".join(self.visibilities)
        zooms = f"{layer.min_zoom}-{layer.max_zoom}"
        return f"{layer.pk} {layer.updated_at.isoformat()} {zooms} {seen}"

    def write_version(self, tile: Tile) -> str:
        return write_version(self.layer.slug, tile)

    def write_bytes(self, tile: Tile) -> str:
        """Nothing at zooms where the layer does not show."""
        if not self.layer.min_zoom <= tile.z <= self.layer.max_zoom:
            return NOTHING
        features = write_sql("tiles", "tile", self.bind(tile))
        if not self._is_counted(tile.z):
            return features
        clusters = write_sql("tiles", "clusters", self.bind_clusters(tile))
        return f"({features}) || ({clusters})"

    def write_left_out(self, tile: Tile) -> str:
        """From afar the smallest lines and areas of a tile that has more than it draws."""
        shows = self.layer.min_zoom <= tile.z <= self.layer.max_zoom
        is_points = self.layer.geometry_type == Layer.GeometryType.POINT
        if not shows or is_points or tile.z > GENERALISED_ZOOM_MAX:
            return "0"
        return write_sql("tiles", "left_out", self.bind_rows(tile))

    def lighten(self, share: float) -> "LayerSource":
        return replace(self, has_names=False, share=share)

    def bind(self, tile: Tile) -> dict[str, object]:
        """What `tile.sql` takes."""
        rows = "rows_far" if self._is_far(tile.z) else "rows_near"
        return self._place(tile) | {
            "rows": AsIs(write_sql("tiles", rows, self.bind_rows(tile))),
            "name": self.name,
            "labels": f"{self.name}.labels",
            "has_labels": names_areas(self.layer) and self.has_names,
            "exact": AsIs(write_exact(self._list_fields())),
        }

    def bind_rows(self, tile: Tile) -> dict[str, object]:
        """What `rows_near.sql` and `rows_far.sql` take."""
        is_dropped = tile.z <= DROPPED_ZOOM_MAX
        return self._place(tile) | {
            **self._count(tile),
            "band": next((band for band in BANDS if band >= tile.z), 0),
            "smallest_m": SMALLEST_PX * PIXEL_M / 2**tile.z if is_dropped else 0,
            "share": self.share,
            "most": round(SHAPES_A_TILE * self.share),
            "attributes": AsIs(write_attributes(self._list_fields())),
        }

    def bind_clusters(self, tile: Tile) -> dict[str, object]:
        """What `clusters.sql` takes."""
        return self._place(tile) | self._count(tile) | {"name": f"{self.name}.clusters"}

    def _list_fields(self) -> list[str]:
        return (list_tile_fields if self.has_names else list_drawing_fields)(self.layer)

    def _place(self, tile: Tile) -> dict[str, object]:
        return {
            "layer": self.layer.pk,
            "visibilities": list(self.visibilities),
            "z": tile.z,
            "x": tile.x,
            "y": tile.y,
            "extent": settings.TILE_EXTENT_PX,
            "buffer": settings.TILE_BUFFER_PX,
        }

    def _count(self, tile: Tile) -> dict[str, object]:
        shown = EVERY_POINT if self.layer.is_basemap else POINTS_A_CELL
        return {"shown": shown, "cell_shift": WORLD_SHIFT - CELLS_SHIFT - tile.z}

    def _is_far(self, z: int) -> bool:
        """What stands in cells and bands is read in place of the features."""
        return z <= GENERALISED_ZOOM_MAX or self._is_counted(z)

    def _is_counted(self, z: int) -> bool:
        return z <= find_counted_zoom(self.layer, self.counted_to)


def find_counted_zoom(layer: Layer, counted_to: int | None = None) -> int:
    """The last zoom at which points are counted; nearer than lines and areas are generalised, only
    those of layers of points are.
    """
    is_points = layer.geometry_type == Layer.GeometryType.POINT
    last = COUNTED_ZOOM_MAX if is_points else GENERALISED_ZOOM_MAX
    return last if counted_to is None else min(counted_to, last)
