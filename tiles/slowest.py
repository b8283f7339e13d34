"""The slowest tiles since the service started, each as slow as it was at its worst.

Each process keeps its own in memory and in a file; whoever asks reads those of all. A tile of which
nothing slow was heard for a week is forgotten.
"""

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from threading import Lock

import orjson

from geoportal.core.metrics.process_files import open_place, read_all

log = logging.getLogger(__name__)
NAME = "slow-tiles"
# What takes longer is felt as waiting.
SLOW_S = 0.1
LISTED_MAX = 50
KEPT_S = 7 * 24 * 3600


@dataclass(frozen=True)
class Slow:
    """`outcome`: `built`, `kept` (after waiting for another who built it) or `refused` (503);
    `length`: bytes sent; `at`: seconds of the Unix epoch.
    """

    z: int
    x: int
    y: int
    names: tuple[str, ...]
    outcome: str
    length: int
    seconds: float
    at: float

    @property
    def key(self) -> tuple[object, ...]:
        return (self.z, self.x, self.y, self.names)


def note_slow(slow: Slow) -> None:
    """Never fails, and writes only where it is among the slowest."""
    with _lock:
        before = _slowest[:]
        _slowest[:] = _rank([*before, slow])
        if _slowest == before:
            return
        try:
            place = open_place(NAME)
            written = place.with_name(f"unfinished-{place.name}")
            written.write_bytes(orjson.dumps([asdict(each) for each in _slowest]))
            written.replace(place)
        except OSError as error:
            log.warning("a slow tile was not noted: %s", error)


def list_slowest(slugs: Iterable[str]) -> list[Slow]:
    """Of tiles that hold none but these layers: at most 50, the slowest first."""
    seen = set(slugs)
    return _rank(slow for slow in _read() if seen.issuperset(slow.names))


_lock = Lock()
_slowest: list[Slow] = []


def _read() -> Iterator[Slow]:
    for data in read_all(NAME):
        for facts in orjson.loads(data):
            yield Slow(**facts | {"names": tuple(facts["names"])})


def _rank(found: Iterable[Slow]) -> list[Slow]:
    """Each tile once."""
    oldest = time.time() - KEPT_S
    worst: dict[tuple[object, ...], Slow] = {}
    for slow in sorted(found, key=lambda slow: -slow.seconds):
        if slow.at >= oldest:
            worst.setdefault(slow.key, slow)
    return list(worst.values())[:LISTED_MAX]
