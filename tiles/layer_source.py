"""Features of a layer as a source of tiles."""

from dataclasses import dataclass

from django.conf import settings

from geoportal.core.database.named_sql import write_sql
from layers.access import is_open
from layers.models import Layer
from tiles.grid import Tile

# Deeper tiles are touched with the one of this zoom that holds them.
DEEPEST_ZOOM = 14
NOTHING = "''::bytea"


@dataclass(frozen=True)
class LayerSource:
    """The features of a layer that an actor with these visibilities sees."""

    layer: Layer
    visibilities: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.layer.slug

    @property
    def is_shared(self) -> bool:
        return is_open(self.layer, list(self.visibilities))

    @property
    def variant(self) -> str:
        """Passport and zooms are those of the layer at hand, by which the bytes are made."""
        return f"{self.layer.pk} {self.layer.updated_at.isoformat()} {','.join(self.visibilities)}"

    def write_version(self, tile: Tile) -> str:
        return write_sql("tiles", "version", bind_version(self.layer.pk, tile))

    def write_bytes(self, tile: Tile) -> str:
        """Nothing at zooms where the layer does not show."""
        if not self.layer.min_zoom <= tile.z <= self.layer.max_zoom:
            return NOTHING
        return write_sql("tiles", "tile", self.bind(tile))

    def bind(self, tile: Tile) -> dict[str, object]:
        """What `tile.sql` takes."""
        return {
            "layer": self.layer.pk,
            "name": self.name,
            "visibilities": list(self.visibilities),
            "z": tile.z,
            "x": tile.x,
            "y": tile.y,
            "extent": settings.TILE_EXTENT_PX,
            "buffer": settings.TILE_BUFFER_PX,
        }


def bind_version(layer_id: int, tile: Tile) -> dict[str, object]:
    """What `version.sql` takes."""
    up = max(0, tile.z - DEEPEST_ZOOM)
    return {"layer": layer_id, "z": tile.z - up, "x": tile.x >> up, "y": tile.y >> up}
