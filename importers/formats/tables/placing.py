"""Which columns of a table hold the place, by their headings, by the user's word, or by content."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from importers.errors import UnusableOption
from importers.formats.tables.coordinates import (
    LAT_NAMES,
    LON_NAMES,
    PAIR_NAMES,
    WKT_NAMES,
    find_named,
    says_lon_first,
)
from importers.formats.tables.pairs import LAT_LON, LON_LAT, parse_pair

ORDERS = (LAT_LON, LON_LAT)
# Instead of a column: the rows of the table have no places.
NO_PLACES = "@none"
PAIRS = (("lon", "lat"), ("longitude", "latitude"), ("lng", "lat"), ("довгота", "широта"))


@dataclass(frozen=True)
class PlaceColumns:
    """Names of columns; "" for none. A row's WKT goes before its coordinates.

    `pair`: both coordinates in one cell, in the `order` that the user or the heading says.
    `meant`: that there is none is the user's word.
    """

    lon: str = ""
    lat: str = ""
    wkt: str = ""
    pair: str = ""
    order: str = ""
    meant: bool = False

    def __bool__(self) -> bool:
        return bool(self.wkt or self.lon or self.pair)

    @property
    def names(self) -> set[str]:
        return {self.lon, self.lat, self.wkt, self.pair} - {""}

    @property
    def choices(self) -> dict[str, str]:
        """As the options that would say the same."""
        none = NO_PLACES if self.meant else ""
        said = {"lon": self.lon, "lat": self.lat, "place": self.pair or self.wkt or none}
        said["place_order"] = self.order if self.pair else ""
        return {name: value for name, value in said.items() if value}


def choose_place_columns(names: Sequence[str], own: Mapping[str, str]) -> PlaceColumns:
    """What the user named, else by the headings. Raises `UnusableOption`."""
    if own.get("place") == NO_PLACES:
        if any(own.get(name) for name in ("lon", "lat", "place_order")):
            raise UnusableOption(_("With --place @none leave --lon, --lat and --place-order out."))
        return PlaceColumns(meant=True)
    lon, lat, place = (require_column(names, own.get(name, "")) for name in ("lon", "lat", "place"))
    order = own.get("place_order", "")
    if order and order not in ORDERS:
        raise UnusableOption(_("Write --place-order as lat-lon or lon-lat."))
    if bool(lon) != bool(lat):
        raise UnusableOption(_("Name both columns: --lon and --lat."))
    if lon and place:
        raise UnusableOption(_("Name either --lon and --lat, or --place."))
    if place:
        return PlaceColumns(pair=place, order=order or order_of(place))
    if lon:
        return PlaceColumns(lon, lat)
    found = find_place_columns(names)
    return PlaceColumns(found.lon, found.lat, found.wkt, found.pair, order or found.order)


def require_pair(places: PlaceColumns, order: str) -> None:
    """Raises `UnusableOption` for an order of what no column holds."""
    if order and not places.pair:
        raise UnusableOption(_("--place-order is for a column with both coordinates: --place."))


def require_column(names: Sequence[str], name: str) -> str:
    """The column that the user named, letters' case aside."""
    found = next((each for each in names if each.casefold() == name.strip().casefold()), "")
    if name and not found:
        raise UnusableOption(
            _("There is no column “%(name)s”; there are: %(names)s.")
            % {"name": name, "names": ", ".join(names)}
        )
    return found


def find_place_columns(names: Sequence[str]) -> PlaceColumns:
    """By known headings. `lon` holds x (east)."""
    wkt = find_named(names, WKT_NAMES) or ""
    for x, y in PAIRS:
        if (found_x := find_named(names, [x])) and (found_y := find_named(names, [y])):
            return PlaceColumns(found_x, found_y, wkt)
    found_lon, found_lat = find_named(names, LON_NAMES), find_named(names, LAT_NAMES)
    if found_lon and found_lat:
        return PlaceColumns(found_lon, found_lat, wkt)
    pair = "" if wkt else find_named(names, PAIR_NAMES) or ""
    return PlaceColumns(wkt=wkt, pair=pair, order=order_of(pair))


def order_of(heading: str) -> str:
    return LON_LAT if says_lon_first(heading) else ""


def find_pairs(names: Sequence[str], sample: Sequence[Sequence[str | None]]) -> PlaceColumns:
    """The one column whose cells are all pairs of coordinates, whatever it is called."""
    found = []
    for place, name in enumerate(names):
        cells = [row[place] for row in sample if place < len(row)]
        filled = [cell for cell in cells if cell and cell.strip()]
        if filled and all(parse_pair(cell) is not None for cell in filled):
            found.append(name)
    return PlaceColumns(pair=found[0]) if len(found) == 1 else PlaceColumns()
