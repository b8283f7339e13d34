"""What requests for tiles were: counted for `/metrics`, and the slowest of them remembered."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError

from geoportal.core.errors import Unavailable
from geoportal.core.metrics.exposition import find_bucket
from geoportal.core.metrics.tallies import Tally
from tiles.grid import Tile
from tiles.slowest import SLOW_S, Slow, note_slow

# By layer, zoom, outcome and status: answers, bytes, seconds.
ANSWERS = Tally("tile-answers", 3)
# By outcome and the number of the first of these bounds that holds: answers, seconds.
TIMES = Tally("tile-times", 2)
BOUNDS_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
HELD, REFUSED = "held", "refused"
SEVERAL = "several"
# Of a request that failed before anyone knew whether its layers exist.
UNKNOWN = ""


@dataclass(frozen=True)
class Served:
    """What one request for a tile was: the one place where all of it is known.

    `names` of layers that exist; none where that could not be asked. `outcome`: `held` by the
    client (304), `kept` by the store, `built`, `refused` (503); `seconds`: from the first question
    to the answer; `length`: bytes sent.
    """

    tile: Tile
    names: tuple[str, ...]
    outcome: str
    status: int
    length: int
    seconds: float

    @property
    def layer(self) -> str:
        """One of as many words as there are layers, and two."""
        if len(self.names) > 1:
            return SEVERAL
        return self.names[0] if self.names else UNKNOWN


def note_served(served: Served) -> None:
    key = (served.layer, str(served.tile.z), served.outcome, str(served.status))
    ANSWERS.add(key, 1, served.length, served.seconds)
    bucket = str(find_bucket(BOUNDS_S, served.seconds))
    TIMES.add((served.outcome, bucket), 1, served.seconds)
    if served.seconds >= SLOW_S and served.outcome != HELD and served.names:
        note_slow(_describe(served))


def _describe(served: Served) -> Slow:
    tile = served.tile
    return Slow(
        z=tile.z,
        x=tile.x,
        y=tile.y,
        names=served.names,
        outcome=served.outcome,
        length=served.length,
        seconds=served.seconds,
        at=time.time(),
    )


@contextmanager
def noting_refusals(tile: Tile, names: tuple[str, ...]) -> Iterator[None]:
    """What becomes a 503 is counted too."""
    started = time.perf_counter()
    try:
        yield
    except (Unavailable, OperationalError, InterfaceError):
        seconds = time.perf_counter() - started
        note_served(Served(tile, names, REFUSED, 503, 0, seconds))
        raise
