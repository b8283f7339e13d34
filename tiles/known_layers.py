"""Layers of visitors' tiles as this process has read them, with the word by which they still hold.

Whether a layer is public, and what it says of itself, is looked at in each request, in the
statement that reads the versions: in the same snapshot and at no further round trip. Reading the
rows anew by the ORM cost more than all the rest of a kept tile.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geoportal.core.database.named_sql import write_sql
from tiles.grid import Tile
from tiles.layer_source import LayerSource
from tiles.sources import read_expressions, read_versions

KNOWN_MAX = 1024
_known: dict[str, "Known"] = {}


@dataclass(frozen=True)
class Known:
    """`passports`: the rows of the layers that `sources` were made of."""

    sources: Sequence[LayerSource]
    passports: str


def read_known(
    tile: Tile, slugs: str, access: Callable[[], list[LayerSource]]
) -> tuple[Sequence[LayerSource], tuple[str, ...]]:
    """What a visitor sees of these layers, and the versions of the tile. `access` reads the layers,
    and raises where he may not see one.
    """
    expression = write_sql("tiles", "passports", {"slugs": slugs.split(",")})
    known = _known.get(slugs)
    while True:
        if known is None:
            # The word first: a row that changes in between is seen by the comparison.
            (passports,) = read_expressions([expression])
            known = Known(access(), passports)
        *versions, passports = read_versions(tile, known.sources, expression)
        if passports == known.passports:
            break
        known = None
    if len(_known) >= KNOWN_MAX:
        _known.clear()
    _known[slugs] = known
    return known.sources, tuple(versions)
