"""The land around the houses: forests, meadows by the water, fields and shelterbelts."""

from dataclasses import dataclass
from itertools import product

import numpy as np
import shapely
from shapely import affinity
from shapely.ops import substring

from geoportal.demo.town.curves import Ripple
from geoportal.demo.town.hydrography import Waters
from geoportal.demo.town.plane import Floats, Geometry
from geoportal.demo.town.randomness import stream

CELL_M = 70.0
FIELD_CLASSES = ("field_a", "field_b", "field_c", "field_d")


@dataclass(frozen=True)
class Land:
    """One area of land: `kind` is forest, meadow, bank, shelterbelt or one of the field classes."""

    kind: str
    area: Geometry


def build_landscape(
    limit: Geometry, waters: Waters, lines: list[Geometry], settled: Geometry
) -> list[Land]:
    """Land inside `limit`, outside of what is settled; `lines` are roads and railways."""
    corridors = shapely.union_all([line.buffer(16) for line in lines])
    dry = limit.difference(waters.everything.buffer(1))
    forest = _forests(limit).difference(settled.buffer(170)).difference(corridors)
    forest = _without_slivers(forest.intersection(dry.buffer(-6)), 30_000)
    meadow = _meadows(waters).intersection(dry).difference(settled.buffer(6)).difference(forest)
    meadow = _without_slivers(meadow, 2_000)
    open_land = dry.difference(shapely.union_all([forest, meadow, settled.buffer(6)]))
    net = _field_lines(limit)
    fields = _fields(limit, open_land, [*net, *lines])
    belts = _shelterbelts(net, open_land.difference(corridors).difference(settled.buffer(60)))
    return [
        *fields,
        *(Land("meadow", part) for part in shapely.get_parts(meadow)),
        *(Land("forest", part) for part in shapely.get_parts(forest)),
        *belts,
    ]


def build_banks(built_up: Geometry, waters: Waters, used: Geometry) -> list[Land]:
    """Green banks inside the town: what lies by the water and is not used for anything else."""
    near = shapely.union_all(
        [waters.river.buffer(70), waters.reservoir.buffer(70), waters.everything.buffer(32)]
    )
    free = built_up.buffer(25).intersection(near).difference(waters.everything.buffer(1))
    return [
        Land("bank", part)
        for part in shapely.get_parts(free.difference(used))
        if part.geom_type == "Polygon" and part.area > 60
    ]


def _without_slivers(shape: Geometry, area_min_m2: float) -> Geometry:
    opened = shape.buffer(-4).buffer(4)
    kept = [part for part in shapely.get_parts(opened) if part.area >= area_min_m2]
    return shapely.multipolygons(kept)


def _noise(xs: Floats, ys: Floats) -> Floats:
    """Uneven ground between about -1 and 1: three octaves of smoothed random values."""
    total: Floats = np.zeros((len(ys), len(xs)))
    for octave, (size_m, weight) in enumerate(((2600.0, 0.62), (1100.0, 0.28), (450.0, 0.12))):
        chance = stream(f"forest/{octave}")
        shape = (int(np.ptp(ys) / size_m) + 3, int(np.ptp(xs) / size_m) + 3)
        values = np.array(
            [[chance.uniform(-1, 1) for _ in range(shape[1])] for _ in range(shape[0])]
        )
        total += weight * _blend(values, (ys - ys[0]) / size_m, (xs - xs[0]) / size_m)
    return total


def _blend(values: Floats, rows: Floats, columns: Floats) -> Floats:
    """Values of a lattice between its nodes, by cosine weights."""
    r, c = rows.astype(int), columns.astype(int)
    v = ((1 - np.cos((rows - r) * np.pi)) / 2)[:, None]
    u = ((1 - np.cos((columns - c) * np.pi)) / 2)[None, :]
    upper = values[np.ix_(r, c)] * (1 - u) + values[np.ix_(r, c + 1)] * u
    lower = values[np.ix_(r + 1, c)] * (1 - u) + values[np.ix_(r + 1, c + 1)] * u
    mixed: Floats = upper * (1 - v) + lower * v
    return mixed


def _forests(limit: Geometry) -> Geometry:
    """Forest where the noise is high, more of it in the north-west and far from the town."""
    west, south, east, north = limit.bounds
    xs, ys = np.arange(west, east, CELL_M), np.arange(south, north, CELL_M)
    far = np.hypot(xs[None, :], ys[:, None]) / 9000
    west_north = (ys[:, None] - xs[None, :]) / 18_000
    high = _noise(xs, ys) + 0.34 * far + 0.16 * west_north > 0.36
    rows, columns = np.nonzero(high)
    cells = shapely.box(xs[columns], ys[rows], xs[columns] + CELL_M, ys[rows] + CELL_M)
    rough = shapely.union_all(cells)
    soft = rough.buffer(60).buffer(-130).buffer(75)
    return Ripple.named("forest", 26, 260).bend(soft.simplify(12), 40).buffer(0)


def _meadows(waters: Waters) -> Geometry:
    banks = shapely.union_all(
        [
            waters.river_line.buffer(165),
            waters.reservoir.buffer(85),
            *(brook.buffer(52) for brook in waters.brooks.values()),
            *(pond.buffer(48) for pond in (*waters.ponds, *waters.oxbows)),
        ]
    )
    return Ripple.named("meadows", 55, 330).bend(banks, 30).buffer(0)


def _field_lines(limit: Geometry) -> list[Geometry]:
    """A turned net of field tracks, a little bent."""
    chance, ripple = stream("fields"), Ripple.named("fields", 120, 3200)
    reach, lines = 13_000.0, []
    for angle, spacing_m in ((14.0, 620.0), (104.0, 980.0)):
        at = -reach
        while at < reach:
            line = shapely.LineString([(-reach, at), (reach, at)])
            bent = ripple.bend(affinity.rotate(line, angle, origin=(0, 0)), 160)
            lines += [part for part in shapely.get_parts(bent.intersection(limit)) if part.length]
            at += spacing_m * chance.uniform(0.7, 1.35)
    return lines


def _fields(limit: Geometry, open_land: Geometry, lines: list[Geometry]) -> list[Land]:
    """Faces of the net, each in one of four tints; some neighbours are ploughed as one."""
    chance = stream("fields/tints")
    noded = shapely.union_all([limit.exterior, *lines])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(noded)))
    found = []
    for face in sorted(faces, key=lambda face: face.representative_point().coords[0]):
        kind = chance.choices(FIELD_CLASSES, weights=(4, 3, 2, 1))[0]
        for part in shapely.get_parts(face.intersection(open_land)):
            if part.geom_type == "Polygon" and part.area > 4_000:
                found.append(Land(kind, part.buffer(-3.5, join_style="mitre")))
    return [land for land in found if not land.area.is_empty]


def _shelterbelts(net: list[Geometry], open_land: Geometry) -> list[Land]:
    """Rows of trees along every second or third track, in stretches."""
    chance = stream("shelterbelts")
    belts = []
    for line in net:
        for start, end in _stretches(line.length, chance.random() < 0.55, chance.uniform(0.2, 0.9)):
            strip = substring(line, start, end).buffer(9, cap_style="flat")
            belts += [
                Land("shelterbelt", part)
                for part in shapely.get_parts(strip.intersection(open_land))
                if part.geom_type == "Polygon" and part.area > 2_500
            ]
    return belts


def _stretches(length_m: float, wanted: bool, share: float) -> list[tuple[float, float]]:
    if not wanted:
        return []
    starts = np.arange(0, length_m, 1500.0)
    pairs = product(starts.tolist(), [1500.0 * share])
    return [(start, min(length_m, start + long)) for start, long in pairs]
