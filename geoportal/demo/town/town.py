"""The whole invented community in one value, built the same in every run."""

from dataclasses import dataclass
from functools import lru_cache

import shapely

from geoportal.demo.town.addresses import Address, build_addresses
from geoportal.demo.town.estates import build_estates
from geoportal.demo.town.ground import keep_clear
from geoportal.demo.town.houses import House, build_houses
from geoportal.demo.town.hydrography import Waters, build_waters
from geoportal.demo.town.landscape import Land, build_banks, build_landscape
from geoportal.demo.town.limits import build_limits
from geoportal.demo.town.lots import Place, build_places
from geoportal.demo.town.network import MARKET_SQUARE, VILLAGE, Ground, build_network
from geoportal.demo.town.parks import Park, build_parks
from geoportal.demo.town.paths import build_paths
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.quarters import fabric_at
from geoportal.demo.town.roads import Street, build_railways, build_roads
from geoportal.demo.town.villages import Village, build_villages

TOWN = "Калинобрід"


@dataclass(frozen=True)
class Town:
    """Shapes of the community in metres. `blocks` are built-up areas with their fabric."""

    limit: Geometry
    town_limit: Geometry
    built_up: Geometry
    waters: Waters
    streets: list[Street]
    paths: list[Street]
    railways: list[Geometry]
    parks: list[Park]
    villages: list[Village]
    blocks: list[tuple[str, Geometry]]
    places: list[Place]
    houses: list[House]
    addresses: list[Address]
    land: list[Land]


@lru_cache(maxsize=1)
def build_town() -> Town:
    """Build everything; takes some seconds."""
    limit, town_limit, built_up = build_limits()
    waters = build_waters(limit)
    roads, railways = build_roads(limit), build_railways(limit)
    parks = build_parks(roads, waters.everything)
    villages = build_villages(roads, waters.everything)
    barrier = _barrier(waters, railways, parks)
    dividers = [road.line for road in roads]
    dividers += [railways[0], waters.river_line, *waters.brooks.values()]
    town_ground = Ground(TOWN, built_up, dividers, built_up.difference(barrier))
    grounds = [
        (v, Ground(v.plan.name_uk, v.area, dividers, v.area.difference(barrier))) for v in villages
    ]
    streets = build_network(roads, town_ground, town_limit, grounds)
    areas = [(built_up, None), *((village.area, VILLAGE.name) for village in villages)]
    blocks = _build_blocks(areas, streets, barrier)
    free = _building_ground(areas, streets, barrier)
    places = build_places(streets, free, TOWN)
    houses = _settle(streets, blocks, places, free)
    land = _build_land(limit, areas, waters, streets, railways, parks)
    used = shapely.union_all([*(area for _, area in blocks), *(park.area for park in parks)])
    land += build_banks(built_up, waters, used)
    return Town(
        limit=limit,
        town_limit=town_limit,
        built_up=built_up,
        waters=waters,
        streets=streets,
        paths=build_paths(parks, TOWN),
        railways=railways,
        parks=parks,
        villages=villages,
        blocks=blocks,
        places=places,
        houses=houses,
        addresses=build_addresses(houses, streets),
        land=land,
    )


def _build_land(
    limit: Geometry,
    areas: list[tuple[Geometry, str | None]],
    waters: Waters,
    streets: list[Street],
    railways: list[Geometry],
    parks: list[Park],
) -> list[Land]:
    settled = shapely.union_all([area.buffer(20) for area, _ in areas])
    settled = shapely.union_all([settled, *(park.area for park in parks)])
    lines = [
        street.line for street in streets if not street.settlement or street.rank != "residential"
    ]
    return build_landscape(limit, waters, [*lines, *railways[:2]], settled)


def _barrier(waters: Waters, railways: list[Geometry], parks: list[Park]) -> Geometry:
    """What no street crosses and no house stands on."""
    return shapely.union_all(
        [
            waters.river.buffer(42),
            waters.reservoir.buffer(36),
            *(brook.buffer(20) for brook in waters.brooks.values()),
            *(pond.buffer(20) for pond in (*waters.ponds, *waters.oxbows)),
            *(track.buffer(24) for track in railways),
            *(park.area for park in parks),
            MARKET_SQUARE,
        ]
    )


def _surfaces(streets: list[Street], margin_m: float) -> Geometry:
    return shapely.union_all(
        [street.line.buffer(street.width_m / 2 + margin_m) for street in streets]
    )


def _building_ground(
    areas: list[tuple[Geometry, str | None]], streets: list[Street], barrier: Geometry
) -> Geometry:
    built = shapely.union_all([area for area, _ in areas])
    return built.buffer(30).difference(_surfaces(streets, 1.5)).difference(barrier)


def _build_blocks(
    areas: list[tuple[Geometry, str | None]], streets: list[Street], barrier: Geometry
) -> list[tuple[str, Geometry]]:
    """Areas between streets, of 600 m² and more, with their fabric."""
    surfaces = _surfaces(streets, 0.5)
    blocks = []
    for area, fixed in areas:
        faces = shapely.get_parts(area.difference(surfaces).difference(barrier.buffer(-4)))
        for face in faces:
            if face.area > 600:
                middle = face.representative_point()
                blocks.append((fixed or fabric_at(middle.x, middle.y).name, face.simplify(0.4)))
    return blocks


def _settle(
    streets: list[Street], blocks: list[tuple[str, Geometry]], places: list[Place], free: Geometry
) -> list[House]:
    """Public buildings, estates and rows of houses, whoever came first keeping the ground."""
    public = [
        House("place", place.building, 2, place.street, place.settlement, number)
        for number, place in enumerate(places)
    ]
    lots = shapely.union_all([place.lot for place in places])
    ground = free.difference(lots.buffer(2))
    others = [*build_estates(blocks, streets, TOWN), *build_houses(streets, TOWN)]
    kept = keep_clear([house.shape for house in others], ground, 2.2)
    return [*public, *(others[number] for number in kept)]
