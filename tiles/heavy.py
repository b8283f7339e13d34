"""What is remembered of tiles that are heavy or leave something out, for who keeps the layers.

It is written when such a tile is built, so that nothing is built to be counted. Tiles that nobody
has asked for since the last change are not known.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from geoportal.core.database.named_sql import execute_sql
from tiles.budget import Dropped
from tiles.grid import Tile
from tiles.models import HeavyTile
from tiles.sources import TileSource

log = logging.getLogger(__name__)
# Of the budget of a tile: from here on a tile is heavy.
HEAVY_SHARE = 1 / 3
KEPT_MAX = 2000


@dataclass(frozen=True)
class Heavy:
    """A tile as it stands and was built; `dropped` by layer as `Dropped` has it.

    `for_visitors`: not of features that only some see. `size_bytes` is in its content coding.
    """

    tile: Tile
    names: tuple[str, ...]
    for_visitors: bool
    built_at: datetime
    size_bytes: int
    dropped: Dropped

    @property
    def shapes_left(self) -> dict[str, int]:
        """Of layers with more lines and areas than a tile draws, how many are not there."""
        counted = zip(self.names, self.dropped.left_out, strict=True)
        return {name: count for name, count in counted if count}


@dataclass(frozen=True)
class ZoomDrops:
    """Of tiles of a layer at a zoom: how many are heavy, how many of those lack attributes, the
    smallest share of features that a tile kept, and the most shapes that one left out.
    """

    z: int
    tiles: int
    without_attributes: int
    kept: float
    left_out: int

    @property
    def kept_percent(self) -> int:
        """Rounded down: of what is kept no more is said than there is."""
        return int(self.kept * 100)


def note_heavy(
    tile: Tile,
    sources: Sequence[TileSource],
    versions: Sequence[str],
    dropped: Dropped,
    size_bytes: int,
) -> None:
    """Nothing for a light tile: what was said of an older version of it stands no more."""
    if not dropped and size_bytes < settings.TILE_BYTES_MAX * HEAVY_SHARE:
        return
    facts = {
        "versions": list(versions),
        "built_at": timezone.now(),
        "size_bytes": size_bytes,
        "attributes_dropped": dropped.attributes,
        "kept": dropped.kept,
        "left_out": list(dropped.left_out),
    }
    row = HeavyTile(
        z=tile.z,
        x=tile.x,
        y=tile.y,
        names=[source.name for source in sources],
        seen="visitors" if all(source.is_shared for source in sources) else "others",
        **facts,
    )
    try:
        with transaction.atomic():
            HeavyTile.objects.bulk_create(
                [row],
                update_conflicts=True,
                unique_fields=["z", "x", "y", "names", "seen"],
                update_fields=list(facts),
            )
    except DatabaseError as error:  # A tile is served whether or not it can be written about.
        log.warning("a heavy tile was not noted: %s", error)


def list_heavy(slugs: Sequence[str], open_slugs: Sequence[str]) -> list[Heavy]:
    """Tiles as they stand that hold one of `slugs`, and no layer but `open_slugs`; the worst first:
    those that leave out most, then the heaviest.
    """
    found = [
        Heavy(
            tile=Tile(z, x, y),
            names=tuple(names),
            for_visitors=seen == "visitors",
            built_at=built_at,
            size_bytes=size_bytes,
            dropped=Dropped(attributes, kept, tuple(left_out)),
        )
        for z, x, y, names, seen, built_at, size_bytes, attributes, kept, left_out in _read(
            slugs, open_slugs
        )
    ]
    return sorted(found, key=_rank)


def summarise_drops(slug: str, found: Sequence[Heavy]) -> list[ZoomDrops]:
    """By zoom, from afar to near by; zooms without heavy tiles are left out."""
    zooms = sorted({each.tile.z for each in found})
    return [_summarise(slug, z, [each for each in found if each.tile.z == z]) for z in zooms]


def drop_outdated() -> int:
    """For the clock: rows of tiles that have changed since, and the oldest beyond a number."""
    with connection.cursor() as cursor:
        execute_sql(cursor, "tiles", "drop_heavy", {"most": KEPT_MAX})
        return int(cursor.rowcount)


def _read(slugs: Sequence[str], open_slugs: Sequence[str]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        values = {"slugs": list(slugs), "open_slugs": list(open_slugs)}
        execute_sql(cursor, "tiles", "heavy_tiles", values)
        return list(cursor.fetchall())


def _rank(heavy: Heavy) -> tuple[float, int, bool, int]:
    dropped = heavy.dropped
    return (dropped.kept, -sum(dropped.left_out), not dropped.attributes, -heavy.size_bytes)


def _summarise(slug: str, z: int, found: Sequence[Heavy]) -> ZoomDrops:
    return ZoomDrops(
        z=z,
        tiles=len({each.tile for each in found}),
        without_attributes=len({each.tile for each in found if each.dropped.attributes}),
        kept=min(each.dropped.kept for each in found),
        left_out=max(each.shapes_left.get(slug, 0) for each in found),
    )
