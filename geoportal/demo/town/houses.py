"""Houses along streets: what stands on each side of each street, from its fabric."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import shapely

from geoportal.demo.town.footprints import Frame, frame_beside
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.quarters import fabric_at
from geoportal.demo.town.randomness import stream
from geoportal.demo.town.roads import Street


@dataclass(frozen=True)
class House:
    """A building. `street` is the number of the street it belongs to, -1 for a shed in a yard."""

    kind: str
    shape: Geometry
    levels: int
    street: int
    settlement: str
    place: int = -1


@dataclass(frozen=True)
class Row:
    """How houses stand along a street: ranges of metres, and storeys."""

    kind: str
    width_m: tuple[float, float]
    depth_m: tuple[float, float]
    gap_m: tuple[float, float]
    setback_m: tuple[float, float]
    levels: tuple[int, ...]


ROWS: dict[str, tuple[Row, ...]] = {
    "old": (Row("urban", (12, 25), (11, 15), (0.5, 5.5), (1.5, 3), (1, 2, 2, 2, 3)),),
    "mixed": (
        Row("house", (10, 14), (9, 13), (7, 14), (4, 7), (1, 1, 2)),
        Row("apartments", (28, 46), (12, 13), (12, 22), (6, 9), (2, 3, 3, 4)),
    ),
    "private": (Row("house", (8.5, 13), (8, 13), (9, 17), (4, 8), (1, 1, 1, 2)),),
    "village": (Row("house", (8, 12), (8, 12), (12, 26), (5, 11), (1,)),),
}


def build_houses(streets: list[Street], town: str) -> list[House]:
    """Candidates along every street, in the order in which they have a right to their ground."""
    houses: list[House] = []
    for number, street in enumerate(streets):
        if street.settlement and street.rank not in ("trunk", "path", "service"):
            for side in (1, -1):
                chance = stream(f"houses/{number}/{side}")
                houses += _build_side(
                    number, street, side, chance, is_town=street.settlement == town
                )
    return houses


def _build_side(
    number: int, street: Street, side: int, chance: Random, *, is_town: bool
) -> Iterator[House]:
    at_m = chance.uniform(9, 16)
    while at_m < street.line.length - 9:
        yard = frame_beside(street.line, at_m, side, 30)
        fabric = fabric_at(*yard.at).name if is_town else "village"
        if fabric not in ROWS:
            at_m += 30
            continue
        row = chance.choices(ROWS[fabric], weights=(4, 1)[: len(ROWS[fabric])])[0]
        width_m, depth_m = chance.uniform(*row.width_m), chance.uniform(*row.depth_m)
        setback_m = street.width_m / 2 + 2 + chance.uniform(*row.setback_m)
        frame = frame_beside(street.line, at_m + width_m / 2, side, setback_m + depth_m / 2)
        levels = chance.choice(row.levels)
        yield House(
            row.kind,
            _outline(frame, width_m, depth_m, row, chance),
            levels,
            number,
            street.settlement,
        )
        if row.kind != "apartments" and chance.random() < 0.6:
            large = 1.6 if row.kind == "urban" else 1.0
            yield _shed(frame, depth_m, street.settlement, chance, large)
        at_m += width_m + chance.uniform(*row.gap_m)


def _outline(frame: Frame, width_m: float, depth_m: float, row: Row, chance: Random) -> Geometry:
    """A rectangle; every third house has an extension at its back."""
    shape = frame.box(width_m, depth_m)
    if row.kind == "apartments" or chance.random() > 0.34:
        return shape
    part_m = width_m * chance.uniform(0.35, 0.55)
    shift = (width_m - part_m) / 2 * chance.choice((1, -1))
    wing = frame.moved(shift, depth_m / 2 + 1).box(part_m, depth_m * 0.5)
    return shapely.union(shape, wing)


def _shed(frame: Frame, depth_m: float, settlement: str, chance: Random, large: float) -> House:
    back = frame.moved(chance.uniform(-8, 8), depth_m / 2 + chance.uniform(9, 17))
    shape = back.box(chance.uniform(4, 7) * large, chance.uniform(3.5, 5) * large)
    return House("shed", shape, 1, -1, settlement)
