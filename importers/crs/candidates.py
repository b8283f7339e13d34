"""Coordinate systems that Ukrainian data come in, tried against the place where they should lie."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from pyproj import CRS

from importers.crs.extents import Extent
from importers.crs.projection import TWINS, Operation, find_operation
from importers.sources import FloatArray

# УСК-2000 in 3° zones and МСК of oblasts, in 6° zones with and without the zone's number; СК-63;
# СК-42 in 6° and 3° zones; UTM; Web Mercator; degrees. Deprecated codes are never proposed.
CODES = (
    *range(6381, 6388), 9821, *range(9831, 9842), *range(9851, 9866),
    *range(5562, 5570), *range(7825, 7832), *range(28404, 28408),
    *range(2523, 2530), *range(2582, 2589), *range(32634, 32638), 3857, 4326,
)  # fmt: skip
ENOUGH = 0.95


@dataclass(frozen=True)
class Candidate:
    """A system with which this share of the places lies where it should."""

    code: int
    name: str
    operation: Operation
    share: float
    distance_degrees: float

    @property
    def swapped(self) -> bool:
        return self.operation.projector.swapped

    @property
    def title(self) -> str:
        return f"EPSG:{self.code} ({self.name})"


def share_inside(operation: Operation, xy: FloatArray, extent: Extent) -> float:
    """Part of the places, shape (n, 2), that lies in the extent."""
    return float(extent.holds(operation.projector(xy)).mean()) if len(xy) else 1.0


def find_candidates(xy: FloatArray, extent: Extent) -> list[Candidate]:
    """Systems with which nearly all places lie in the extent; best first, twins once."""
    found: list[Candidate] = []
    for code in CODES:
        if any(code in twins[1:] for twins in TWINS):
            continue
        straight = find_known_operation(code, extent)
        for swapped in (False, True):
            projector = replace(straight.projector, swapped=swapped)
            operation = replace(straight, projector=projector)
            share = share_inside(operation, xy, extent)
            if share >= ENOUGH:
                middle = np.nanmedian(operation.projector(xy), axis=0)
                distance = float(np.hypot(*(middle - np.array(extent.center))))
                name = name_system(code)
                found.append(Candidate(code, name, operation, share, distance))
    return sorted(found, key=lambda one: (one.swapped, -one.share, one.distance_degrees))


@lru_cache(maxsize=256)
def find_known_operation(code: int, extent: Extent) -> Operation:
    """Asking PROJ for it takes some milliseconds, and there are sixty systems to try."""
    return find_operation(CRS.from_epsg(code), extent)


@lru_cache(maxsize=256)
def name_system(code: int) -> str:
    return str(CRS.from_epsg(code).name)


def iterate_titles(candidates: list[Candidate], limit: int = 5) -> Iterator[str]:
    """Each system once."""
    yield from list(dict.fromkeys(candidate.title for candidate in candidates))[:limit]
