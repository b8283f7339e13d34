"""The places of a layer joined with the territories of another, all at once."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from geoportal.core.database.named_sql import execute_sql
from geoportal.core.errors import InvalidInput
from layers.joining.preparing import prepare_territories
from layers.models import Layer, PreparedLayer

# Cells and groups stay in memory up to this; more is sorted on disk.
WORK_MEM = "64MB"


@dataclass(frozen=True)
class Held:
    """How many places a territory holds; `key` and `title` are `None` for places in none."""

    key: str | None
    title: str | None
    places: int


def require_territories(layer: Layer) -> None:
    """Raises `InvalidInput` for a layer of another kind."""
    if layer.kind != Layer.Kind.TERRITORY:
        raise InvalidInput(_("“%(slug)s” is not a layer of territories.") % {"slug": layer.slug})


def write_joined(
    places: Layer, territories: Layer, visibilities: Sequence[str], file: IO[bytes]
) -> int:
    """CSV with `key`, `territory`, `title`, a line a place, streamed; returns how many places.

    A line or an area is joined by a point that lies on it. Raises `InvalidInput` where
    `territories` is of another kind.
    """
    with _join(places, territories, visibilities) as cursor:
        cursor.copy_expert("COPY layers_joined TO STDOUT WITH (FORMAT csv, HEADER)", file)
        return int(cursor.rowcount)


def count_joined(places: Layer, territories: Layer, visibilities: Sequence[str]) -> list[Held]:
    """Places by territory, in the order of keys; territories without places are left out."""
    with _join(places, territories, visibilities) as cursor:
        execute_sql(cursor, "layers", "joined_counts")
        return [Held(*row) for row in cursor.fetchall()]


@contextmanager
def _join(
    places: Layer, territories: Layer, visibilities: Sequence[str]
) -> Iterator[CursorWrapper]:
    """A cursor that sees `layers_joined`, which goes afterwards."""
    require_territories(territories)
    prepare_territories(territories)
    prepared = PreparedLayer.objects.get(layer=territories)
    values = {
        "places": places.pk,
        "territories": territories.pk,
        "visibilities": list(visibilities),
        "levels": prepared.levels,
    }
    with transaction.atomic(), connection.cursor() as cursor:
        # The statement is wholly known; compiling it costs more than it saves.
        cursor.execute("SELECT set_config('work_mem', %s, true)", [WORK_MEM])
        cursor.execute("SET LOCAL jit = off")
        execute_sql(cursor, "layers", "join_places", values)
        yield cursor
        cursor.execute("DROP TABLE layers_joined")
