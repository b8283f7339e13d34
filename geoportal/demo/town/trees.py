"""Trees: along streets, in parks and squares, in the yards of blocks of flats."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from random import Random

import numpy as np
import shapely

from geoportal.demo.town.amenities import build_amenities
from geoportal.demo.town.curves import Ripple
from geoportal.demo.town.footprints import frame_beside
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.quarters import fabric_at
from geoportal.demo.town.randomness import stream
from geoportal.demo.town.town import TOWN, Town, build_town

SPACING_M = {"primary": 11.0, "secondary": 11.0, "residential": 13.0}


@dataclass(frozen=True)
class Tree:
    """Where a tree stands; `setting` is street, park or yard, `group` what stands together."""

    point: Geometry
    setting: str
    group: str


@lru_cache(maxsize=1)
def build_trees() -> list[Tree]:
    town = build_town()
    candidates = [*_street_trees(town), *_park_trees(town), *_yard_trees(town)]
    return _clear(candidates, town)


def _street_trees(town: Town) -> Iterator[Tree]:
    """Rows on both sides of main streets, and of other streets where the quarter is dense."""
    for number, street in enumerate(town.streets):
        spacing_m = SPACING_M.get(street.rank)
        if street.settlement != TOWN or spacing_m is None or street.line.length < 60:
            continue
        chance = stream(f"trees/street/{number}")
        for side in (1, -1):
            at_m = chance.uniform(6, 16)
            while at_m < street.line.length - 8:
                spot = frame_beside(street.line, at_m, side, street.width_m / 2 + 2.1).at
                dense = fabric_at(*spot).name in ("old", "mixed", "flats")
                if (dense or street.rank != "residential") and chance.random() < 0.8:
                    yield Tree(shapely.Point(spot), "street", f"street/{number}/{side}")
                at_m += spacing_m * chance.uniform(0.85, 1.25)


def _scatter(area: Geometry, step_m: float, chance: Random, share: float) -> Iterator[Geometry]:
    """Points on a loose net inside an area; denser in some places than in others."""
    west, south, east, north = area.bounds
    ripple = Ripple.named("groves", 1.0, 130)
    for x in np.arange(west, east, step_m):
        for y in np.arange(south, north, step_m):
            thick = ripple.move(np.array([[x, y]]))[0, 0] - x
            if chance.random() < share + 0.5 * thick:
                jitter = step_m * 0.42
                yield shapely.Point(
                    x + chance.uniform(-jitter, jitter), y + chance.uniform(-jitter, jitter)
                )


def _park_trees(town: Town) -> Iterator[Tree]:
    steps = {"park": 13.0, "square": 8.5, "cemetery": 22.0}
    for park in town.parks:
        if park.kind in steps:
            chance = stream(f"trees/{park.name_en}")
            inside = park.area.buffer(-3)
            shapely.prepare(inside)
            for point in _scatter(park.area, steps[park.kind], chance, 0.62):
                if inside.contains(point):
                    yield Tree(point, "park", park.name_uk)


def _yard_trees(town: Town) -> Iterator[Tree]:
    for number, (fabric, block) in enumerate(town.blocks):
        if fabric == "flats":
            inside = block.buffer(-7)
            shapely.prepare(inside)
            for point in _scatter(block, 15.0, stream(f"trees/yard/{number}"), 0.5):
                if inside.contains(point):
                    yield Tree(point, "yard", f"yard/{number}")


def _clear(trees: list[Tree], town: Town) -> list[Tree]:
    """Trees that stand clear of houses, roadways, paths, tracks, pitches, water and one another."""
    points = np.array([tree.point for tree in trees], dtype=object)
    blocked = np.zeros(len(trees), dtype=bool)
    amenities = build_amenities()
    obstacles = [
        ([house.shape for house in town.houses], 1.8),
        ([street.line.buffer(street.width_m / 2) for street in town.streets], 0.9),
        ([path.line for path in town.paths], 2.0),
        (list(town.railways), 12.0),
        (list(shapely.get_parts(town.waters.everything)), 2.5),
        ([amenity.shape for amenity in (
            *amenities.pitches, *amenities.playgrounds, *amenities.parking, *amenities.containers
        )], 1.0),
    ]  # fmt: skip
    for shapes, distance_m in obstacles:
        blocked[np.unique(shapely.STRtree(shapes).query(points, "dwithin", distance_m)[0])] = True
    first, second = shapely.STRtree(points).query(points, "dwithin", 3.4)
    for later, former in zip(first.tolist(), second.tolist(), strict=True):
        if former < later and not blocked[former]:
            blocked[later] = True
    return [tree for tree, is_blocked in zip(trees, blocked, strict=True) if not is_blocked]
