"""Where an address that was not found may be: shown to a person, who decides."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from importers.addresses.book import AddressBook, BookStreet, Spot
from importers.addresses.matching import (
    FINDERS,
    Accuracy,
    fits,
    fits_type,
    list_numbered,
    list_trigrams,
)
from importers.addresses.parsing import Address, parse_address
from layers.words.folding import fold

CANDIDATES_MAX = 8
HOUSES_MAX = 5
# Half as alike as where a name is taken without asking.
ALIKE = 0.25
ALIKE_MAX = 4


@dataclass(frozen=True)
class Candidate:
    """A place and how near the truth it may be: `house`, or `street`, somewhere on it."""

    spot: Spot
    accuracy: Accuracy


def list_candidates(book: AddressBook, text: str, settlement: str = "") -> list[Candidate]:
    """The likeliest first: of the street the house, houses of its number, then the street itself;
    streets of a like name where there is none; whatever the settlement where none fits.
    """
    address = parse_address(text)
    streets = list(_find_streets(book, address, fold(address.settlement or settlement)))
    found = [each for street in streets for each in _list_on(street, address)]
    once = {(each.spot.lon, each.spot.lat, each.spot.title): each for each in found}
    return sorted(once.values(), key=lambda each: each.accuracy != Accuracy.HOUSE)[:CANDIDATES_MAX]


def _find_streets(book: AddressBook, address: Address, wanted: str) -> Iterable[BookStreet]:
    for place in dict.fromkeys((wanted, "")):
        for _how, find in FINDERS:
            named = find(book, address, place)
            streets = [street for street in named if fits(street, address, place)]
            if streets:
                return list({id(street): street for street in streets}.values())
    return _find_alike(book, address)


def _find_alike(book: AddressBook, address: Address) -> list[BookStreet]:
    said = list_trigrams(address.street.key)
    ranked = sorted(
        (
            (len(said & other) / len(said | other), street.title, street)
            for street in book.streets.values()
            if fits_type(street, address) and (other := list_trigrams(street.street.key)) and said
        ),
        key=lambda found: (-found[0], found[1]),
    )
    return [street for likeness, _title, street in ranked[:ALIKE_MAX] if likeness >= ALIKE]


def _list_on(street: BookStreet, address: Address) -> Iterator[Candidate]:
    if address.house is not None:
        exact = street.houses.get(address.house.key, ())
        alike = list_numbered([street], address.house.number)
        for spot in [*exact, *alike][:HOUSES_MAX]:
            yield Candidate(spot, Accuracy.HOUSE)
    if street.center is not None:
        center = street.center
        yield Candidate(Spot(center.lon, center.lat, street.title), Accuracy.STREET)
