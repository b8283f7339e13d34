"""Lots of public places: found beside a street near the planned point, clear of all else."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from geoportal.demo.town.footprints import Frame, draw_form, frame_beside
from geoportal.demo.town.places import PLACES, VILLAGE_PLACES, PlannedPlace
from geoportal.demo.town.plan import VILLAGES
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.roads import Street

STEP_M = 16.0
SETBACK_M = 5.0


@dataclass(frozen=True)
class Place:
    """A public place as it stands: its lot, its building and the street it opens to."""

    kind: str
    name_uk: str
    name_en: str
    settlement: str
    lot: Geometry
    size_m: tuple[float, float]
    building: Geometry
    frame: Frame
    street: int

    def inner_box(self, x0: float, y0: float, x1: float, y1: float) -> Geometry:
        """A part of the lot; x along the street and y away from it, from -0.5 to 0.5."""
        w, d = self.size_m
        return self.frame.place(shapely.box(x0 * w, y0 * d, x1 * w, y1 * d))


def planned_places() -> list[tuple[PlannedPlace, str]]:
    """Every place of the plan with its settlement ('' is the town)."""
    found = [(place, "") for place in PLACES]
    for village in VILLAGES:
        for kind, name_uk, name_en, form, lot_m, houses in VILLAGE_PLACES:
            if village.houses >= houses:
                names = (name_uk.format(village.name_uk), name_en.format(village.name_en))
                place = PlannedPlace(kind, *names, village.at, form, lot_m)
                found.append((place, village.name_uk))
    return found


def build_places(streets: list[Street], free: Geometry, town: str) -> list[Place]:
    """Places on their lots; one that finds no room within 420 m is left out."""
    usable = [i for i, street in enumerate(streets) if street.settlement]
    tree = shapely.STRtree([streets[i].line for i in usable])
    taken: list[Geometry] = []
    places = []
    for planned, settlement in planned_places():
        point = shapely.Point(planned.at)
        nearby = [usable[i] for i in tree.query(point, "dwithin", 420)]
        own = [i for i in nearby if streets[i].settlement == (settlement or town)]
        place = _find_lot(planned, settlement or town, own, streets, free, taken)
        if place:
            places.append(place)
            taken.append(place.lot)
    return places


def _find_lot(
    planned: PlannedPlace,
    settlement: str,
    nearby: list[int],
    streets: list[Street],
    free: Geometry,
    taken: list[Geometry],
) -> Place | None:
    for scale in (1.0, 0.85, 0.7, 0.58):
        width_m, depth_m = planned.lot_m[0] * scale, planned.lot_m[1] * scale
        options = list(_options(planned, nearby, streets, depth_m))
        for _, street, frame in sorted(options, key=lambda option: option[:2]):
            lot = frame.box(width_m, depth_m)
            if free.contains(lot) and not any(lot.intersects(other) for other in taken):
                building = frame.place(draw_form(planned.form, width_m, depth_m))
                names = (planned.name_uk, planned.name_en)
                size_m = (width_m, depth_m)
                return Place(planned.kind, *names, settlement, lot, size_m, building, frame, street)
    return None


def _options(
    planned: PlannedPlace, nearby: list[int], streets: list[Street], depth_m: float
) -> Iterator[tuple[float, int, Frame]]:
    """Places beside the streets, each with its distance from the planned point."""
    for number in nearby:
        street = streets[number]
        away_m = street.width_m / 2 + SETBACK_M + depth_m / 2
        for at_m in np.arange(20.0, street.line.length - 20, STEP_M):
            for side in (1, -1):
                frame = frame_beside(street.line, float(at_m), side, away_m)
                distance = shapely.Point(frame.at).distance(shapely.Point(planned.at))
                if distance < 420:
                    yield distance, number, frame
