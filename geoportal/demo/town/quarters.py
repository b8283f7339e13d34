"""Quarters: the cells between main roads, railway and water, and the fabric that fills each."""

from dataclasses import dataclass

import numpy as np
import shapely

from geoportal.demo.town.plane import Geometry, Point


@dataclass(frozen=True)
class Fabric:
    """How a quarter is cut: metres between its long and between its cross streets."""

    name: str
    long_m: float
    cross_m: float


OLD = Fabric("old", 96, 118)
MIXED = Fabric("mixed", 120, 180)
FLATS = Fabric("flats", 230, 270)
PRIVATE = Fabric("private", 118, 290)
INDUSTRY = Fabric("industry", 310, 420)

# fmt: off
SEEDS: tuple[tuple[Fabric, Point], ...] = (
    (OLD, (0, 0)), (OLD, (-245, 175)), (OLD, (245, 195)), (OLD, (-245, -175)), (OLD, (210, -125)),
    (OLD, (490, 230)), (OLD, (0, 365)),
    (MIXED, (630, -105)), (MIXED, (-420, 455)), (MIXED, (245, 700)), (MIXED, (595, 450)),
    (MIXED, (245, 1035)), (MIXED, (-140, -735)), (MIXED, (-55, -1015)), (MIXED, (-490, 245)),
    (FLATS, (-245, 840)), (FLATS, (755, 805)), (FLATS, (-175, 2155)), (FLATS, (295, 2085)),
    (FLATS, (420, 1680)), (FLATS, (-245, 1750)), (FLATS, (1890, 335)),
    (INDUSTRY, (1950, 1050)), (INDUSTRY, (1435, 1190)), (INDUSTRY, (-770, 1260)),
    (INDUSTRY, (1225, 1575)), (INDUSTRY, (2055, 1490)), (INDUSTRY, (-1015, 1715)),
    (PRIVATE, (-840, 770)), (PRIVATE, (-1195, 2040)), (PRIVATE, (-700, 2030)),
    (PRIVATE, (1060, 2185)), (PRIVATE, (980, 1715)), (PRIVATE, (1775, 1845)),
    (PRIVATE, (1050, 390)), (PRIVATE, (1035, -35)), (PRIVATE, (1400, -140)),
    (PRIVATE, (2030, -140)), (PRIVATE, (770, -350)), (PRIVATE, (1610, -910)),
    (PRIVATE, (560, -980)), (PRIVATE, (630, -1610)), (PRIVATE, (-630, -770)),
    (PRIVATE, (-490, -1610)), (PRIVATE, (-1330, -980)), (PRIVATE, (-1540, -280)),
    (PRIVATE, (-875, -280)), (PRIVATE, (-1365, 280)), (PRIVATE, (-175, -1400)),
    (PRIVATE, (-1610, 910)), (PRIVATE, (2250, 705)), (PRIVATE, (1365, 1050)),
)
# fmt: on
_SEED_POINTS = np.array([point for _, point in SEEDS], dtype=float)


def fabric_at(x: float, y: float) -> Fabric:
    """The fabric of the nearest seed."""
    nearest = int(np.argmin(np.hypot(_SEED_POINTS[:, 0] - x, _SEED_POINTS[:, 1] - y)))
    return SEEDS[nearest][0]


def build_cells(limit: Geometry, dividers: list[Geometry]) -> list[Geometry]:
    """Faces that the dividing lines make of the area inside `limit`, larger than 8000 m²."""
    lines = shapely.union_all([limit.exterior, *dividers])
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    inside = [face for face in faces if limit.contains(face.representative_point())]
    return sorted(
        (face for face in inside if face.area > 8000),
        key=lambda face: face.representative_point().coords[0],
    )
