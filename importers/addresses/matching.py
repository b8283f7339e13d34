"""An address looked up in the town's book: exactly, by an old name, by a short or misspelled one.

Nothing is guessed: where more than one place fits, all are named; a house that is not in the book
is never put beside another one.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from importers.addresses.book import AddressBook, BookStreet, Key, Spot
from importers.addresses.parsing import Address
from importers.addresses.streets import is_short_for
from layers.words.folding import fold

SAME_PLACE = 0.0005  # degrees, 50 m: entries of one building
ALIKE = 0.5
AHEAD = 0.1  # so much more alike than the next one
NAMED = 5


class Accuracy(StrEnum):
    HOUSE = "house"
    STREET = "street"
    NONE = "none"


class How(StrEnum):
    """By what the street was found, the surest first."""

    EXACT = "exact"
    RENAMED = "renamed"
    SHORT = "short"
    ALIKE = "alike"


@dataclass(frozen=True)
class Located:
    """`spot` is `None` without accuracy; `others`: what else it may be, or houses of the number."""

    accuracy: Accuracy
    how: How = How.EXACT
    spot: Spot | None = None
    others: tuple[str, ...] = ()
    ambiguous: bool = False
    without_building: bool = False


def locate(book: AddressBook, address: Address, settlement: str = "") -> Located:
    """`settlement`: where the address is when it does not say so itself; "": anywhere."""
    wanted = fold(address.settlement or settlement)
    for how, find in FINDERS:
        streets = [
            street for street in find(book, address, wanted) if fits(street, address, wanted)
        ]
        if streets:
            return choose_house(streets, address, how)
    return Located(Accuracy.NONE)


def fits(street: BookStreet, address: Address, wanted: str) -> bool:
    """What is not said, on either side, is no contradiction."""
    return fits_type(street, address) and len({street.settlement, wanted} - {""}) < 2


def fits_type(street: BookStreet, address: Address) -> bool:
    return len({street.street.type, address.street.type} - {""}) < 2


def find_exact(book: AddressBook, address: Address, _wanted: str) -> Iterable[BookStreet]:
    return book.by_name.get(address.street.key, ()) if address.street.name else ()


def find_renamed(book: AddressBook, address: Address, wanted: str) -> Iterator[BookStreet]:
    for renaming in book.renamings.get(address.street.key, ()):
        types = {renaming.type, address.street.type} - {""}
        settlements = {renaming.settlement, wanted} - {""}
        if len(types) > 1 or len(settlements) > 1:
            continue
        for street in book.by_name.get(renaming.new.key, ()):
            same_type = len({street.street.type, renaming.new.type} - {""}) < 2
            if same_type and len({street.settlement, renaming.settlement} - {""}) < 2:
                yield street


def find_short(book: AddressBook, address: Address, _wanted: str) -> Iterator[BookStreet]:
    key = address.street.key
    for name, streets in book.by_name.items():
        if is_short_for(key, name) or is_short_for(name, key):
            yield from streets


def find_alike(book: AddressBook, address: Address, wanted: str) -> Iterable[BookStreet]:
    """The name that is clearly the most alike, as pg_trgm counts it."""
    said = list_trigrams(address.street.key)
    found = [
        (len(said & other) / len(said | other), street)
        for street in book.streets.values()
        if fits(street, address, wanted) and (other := list_trigrams(street.street.key))
    ]
    close = sorted((pair for pair in found if pair[0] >= ALIKE), key=lambda pair: -pair[0])
    return [street for likeness, street in close if likeness > close[0][0] - AHEAD]


Finder = Callable[[AddressBook, Address, str], Iterable[BookStreet]]
FINDERS: tuple[tuple[How, Finder], ...] = (
    (How.EXACT, find_exact),
    (How.RENAMED, find_renamed),
    (How.SHORT, find_short),
    (How.ALIKE, find_alike),
)


def list_trigrams(key: Key) -> frozenset[str]:
    padded = [f"  {word} " for word in key]
    return frozenset(word[at : at + 3] for word in padded for at in range(len(word) - 2))


def choose_house(streets: list[BookStreet], address: Address, how: How) -> Located:
    streets = list({id(street): street for street in streets}.values())
    house = address.house
    if house is None:
        return choose_street(streets, how)
    keys = [house.key] + ([house.bare_key] if house.building else [])
    for key in keys:
        spots = [spot for street in streets for spot in street.houses.get(key, ())]
        if spots and are_one_place(spots):
            without = key != house.key
            return Located(Accuracy.HOUSE, how, spots[0], without_building=without)
        if spots:
            return Located(Accuracy.NONE, how, None, name_spots(spots), ambiguous=True)
    found = choose_street(streets, how)
    return (
        found
        if found.ambiguous
        else Located(
            found.accuracy, how, found.spot, name_spots(list_numbered(streets, house.number))
        )
    )


def choose_street(streets: list[BookStreet], how: How) -> Located:
    if len(streets) > 1:
        titles = tuple(street.title for street in streets[:NAMED])
        return Located(Accuracy.NONE, how, None, titles, ambiguous=True)
    center = streets[0].center
    return Located(Accuracy.STREET if center else Accuracy.NONE, how, center)


def list_numbered(streets: Iterable[BookStreet], number: int) -> list[Spot]:
    """Houses of the same number, with whatever letter."""
    start = str(number)
    return [
        spots[0]
        for street in streets
        for key, spots in sorted(street.houses.items())
        if key.startswith(start) and not key[len(start) :][:1].isdigit()
    ]


def are_one_place(spots: list[Spot]) -> bool:
    first = spots[0]
    return all(
        abs(spot.lon - first.lon) < SAME_PLACE and abs(spot.lat - first.lat) < SAME_PLACE
        for spot in spots
    )


def name_spots(spots: Iterable[Spot]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(spot.title for spot in spots))[:NAMED]
