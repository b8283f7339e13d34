"""Places of each kind where problems may be, found on the town's plan."""

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

import shapely

from geoportal.demo.dataset import Row
from geoportal.demo.problems.sites import Site
from geoportal.demo.registers.culture import build_culture
from geoportal.demo.registers.safety import build_safety
from geoportal.demo.town.addresses import Address
from geoportal.demo.town.amenities import Amenity, build_amenities
from geoportal.demo.town.gazetteer import Gazetteer, build_gazetteer
from geoportal.demo.town.houses import House
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.randomness import stream
from geoportal.demo.town.stops import build_stops
from geoportal.demo.town.town import TOWN

ADDRESS_FAR_M = 900.0
PUBLIC = ("council", "hospital", "clinic", "culture", "library", "services", "post", "court",
          "museum", "station", "bus_station")  # fmt: skip
Sites = Iterator[Site]


class Finder:
    """Sites by kind; lists are long, shuffled once and the same in every run."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.town = gazetteer.town
        self._houses = shapely.STRtree([house.shape for house in self.town.houses])
        self._wet = self.town.waters.everything
        shapely.prepare(self._wet)
        self._limit = self.town.limit.buffer(-25)
        shapely.prepare(self._limit)

    def find(self, kind: str) -> list[Site]:
        """Every site of a kind, on dry land inside the community, in a random order."""
        makers: dict[str, Callable[[], Sites]] = {
            "road": lambda: self._along_streets("road"),
            "kerb": lambda: self._along_streets("kerb"),
            "crossroad": self._crossroads,
            "flats": lambda: self._by_houses("flats", ("apartments",), 9.0),
            "tall": lambda: self._by_houses("tall", ("apartments",), 1.5, levels=5),
            "entrance": lambda: self._by_houses("entrance", ("apartments", "urban"), 1.5),
            "house": lambda: self._by_houses("house", ("house",), 4.0),
            "village": lambda: self._villages(),
            "playground": lambda: self._amenities("playground", build_amenities().playgrounds),
            "pitch": lambda: self._amenities("pitch", build_amenities().pitches),
            "bins": lambda: self._amenities("bins", build_amenities().containers),
            "stop": self._stops,
            "park": self._parks,
            "school": lambda: self._places("school", "school", "kindergarten"),
            "public": lambda: self._places("public", *PUBLIC),
            "shop": lambda: self._places("shop", "shop", "market", "hotel"),
            "shelter": lambda: self._registered("shelter", build_safety(self.gazetteer)[0].rows),
            "heritage": lambda: self._registered("heritage", build_culture(self.gazetteer)[0].rows),
            "river": self._banks,
            "outskirts": self._outskirts,
        }
        chance = stream(f"sites/{kind}")
        sites = [site for site in makers[kind]() if self._is_dry(site)]
        chance.shuffle(sites)
        return sites

    def _is_dry(self, site: Site) -> bool:
        inside = bool(self._limit.covers(site.point))
        return inside and (site.kind == "road" or not self._wet.intersects(site.point))

    def _is_clear(self, point: Geometry) -> bool:
        return len(self._houses.query(point, "intersects")) == 0

    def _site(
        self, kind: str, point: Geometry, address: Address, name: str = "", other: str = ""
    ) -> Site:
        return Site(kind, point, address.street, address.number, address.settlement, name, other)

    def _near(self, kind: str, point: Geometry, name: str = "", other: str = "") -> Sites:
        """One site with the nearest address, none when that is far."""
        address = self.gazetteer.near(point)
        if address.point.distance(point) < ADDRESS_FAR_M:
            yield self._site(kind, point, address, name, other)

    def _along_streets(self, kind: str) -> Sites:
        """On the carriageway or on the pavement in front of a house."""
        chance = stream(f"sites/along/{kind}")
        for address in self.town.addresses[::7]:
            street = self.town.streets[self.town.houses[address.house].street]
            at_m = street.line.project(address.point)
            on_line = street.line.interpolate(at_m)
            half = street.width_m / 2
            away = chance.uniform(0, half - 1.2) if kind == "road" else half + 1.6
            to_house = shapely.LineString([on_line, address.point])
            if to_house.length > away + 1:
                yield self._site(kind, to_house.interpolate(away), address)

    def _crossroads(self) -> Sites:
        streets = [street for street in self.town.streets if street.name and street.settlement]
        tree = shapely.STRtree([street.line for street in streets])
        for number, street in enumerate(streets):
            for index in tree.query(street.line, "intersects").tolist():
                other = streets[index]
                if index <= number or other.name == street.name:
                    continue
                for point in shapely.get_parts(street.line.intersection(other.line)):
                    if point.geom_type == "Point" and other.settlement == street.settlement:
                        near = self.gazetteer.near(point)
                        yield Site("crossroad", point, street.name, near.number,
                                   street.settlement, "", other.name)  # fmt: skip

    def _by_houses(
        self, kind: str, kinds: tuple[str, ...], away_m: float, levels: int = 1
    ) -> Sites:
        """Beside a building, where no other stands."""
        chance = stream(f"sites/houses/{kind}")
        found: list[tuple[int, House]] = self.gazetteer.houses(kinds)
        for index, house in found[:: 11 if kind == "house" else 1]:
            ring = house.shape.buffer(away_m).exterior
            point = ring.interpolate(chance.random(), normalized=True)
            if house.levels >= levels and self._is_clear(point):
                yield self._site(kind, point, self.gazetteer.of_house(index))

    def _villages(self) -> Sites:
        for site in self._along_streets("kerb"):
            if not site.in_town:
                yield site

    def _amenities(self, kind: str, found: list[Amenity]) -> Sites:
        for amenity in found:
            yield from self._near(kind, amenity.shape.centroid, amenity.near)

    def _stops(self) -> Sites:
        for stop in build_stops():
            address = self.gazetteer.near(stop.point)
            yield Site("stop", stop.point, stop.street, address.number, stop.settlement, stop.name)

    def _parks(self) -> Sites:
        chance = stream("sites/parks")
        for park in self.town.parks:
            if park.kind not in ("park", "square"):
                continue
            west, south, east, north = park.area.bounds
            for _ in range(24):
                point = shapely.Point(chance.uniform(west, east), chance.uniform(south, north))
                if park.area.covers(point):
                    yield from self._near("park", point, park.name_uk)

    def _places(self, kind: str, *kinds: str) -> Sites:
        """In front of the entrance of a public place."""
        for place, address in self.gazetteer.places(*kinds):
            street = self.town.streets[place.street]
            door = shapely.shortest_line(place.building, street.line)
            yield self._site(
                kind, door.interpolate(min(3.0, door.length / 2)), address, place.name_uk
            )

    def _registered(self, kind: str, rows: Iterable[Row]) -> Sites:
        """Features of a register that bear an address."""
        for row in rows:
            name = str(row.values.get("label") or row.values.get("name"))
            yield from self._near(kind, row.shape.centroid, name)

    def _banks(self) -> Sites:
        chance = stream("sites/banks")
        bank = shapely.union_all([self.town.waters.river, self.town.waters.reservoir]).buffer(7)
        for ring in (part.exterior for part in shapely.get_parts(bank)):
            for _ in range(160):
                yield from self._near("river", ring.interpolate(chance.random(), normalized=True))

    def _outskirts(self) -> Sites:
        """At the edge of forests, shelterbelts and meadows, not far from houses."""
        chance = stream("sites/outskirts")
        for land in self.town.land:
            if land.kind in ("forest", "shelterbelt", "meadow"):
                edge = land.area.exterior
                for _ in range(4):
                    point = edge.interpolate(chance.random(), normalized=True)
                    yield from self._near("outskirts", point)


@lru_cache(maxsize=1)
def build_finder() -> Finder:
    return Finder(build_gazetteer())


def share_town_and_villages(sites: list[Site], village_share: float) -> list[Site]:
    """The same sites so ordered that villages have about this share of any first part."""
    town = [site for site in sites if site.settlement == TOWN]
    villages = [site for site in sites if site.settlement != TOWN]
    if not town or not villages:
        return sites
    keyed = [(index / (1 - village_share), site) for index, site in enumerate(town)]
    keyed += [((index + 0.7) / village_share, site) for index, site in enumerate(villages)]
    return [site for _, site in sorted(keyed, key=lambda pair: pair[0])]
