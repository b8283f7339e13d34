"""A Ukrainian address as people write it, taken apart; nothing is looked up and nothing is lost."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from importers.addresses.houses import BUILDING, ENTRANCE, FLAT, House, read_house
from importers.addresses.streets import Street, read_street
from importers.addresses.words import REGIONS, SETTLEMENT_TYPES, mend_lookalikes
from layers.words.folding import fold

LONGEST = 300
BESIDE = ' ."«»'
DASHES = str.maketrans("–—−‐‑", "-----")
POSTCODE = re.compile(r"\d{5}")
_SETTLEMENTS = "|".join("[- ]".join(map(re.escape, word.split())) for word in SETTLEMENT_TYPES)
SETTLEMENT = re.compile(rf"(?i:{_SETTLEMENTS})(?:\.\s*|\s+)(?P<name>[А-ЯҐЄІЇ].*)")
# Where a number may begin that is a house's: behind a blank or a comma, not behind «№».
TAIL = re.compile(r"(?<=[\s.])(?=(?:(?i:буд|будинок|б|д)\.?\s*№?\s*)?\d)")
PREMISES = re.compile(r"[а-яґєії(№]")


@dataclass(frozen=True)
class Address:
    """`settlement` as written, without its type. `rest`: what belongs to no part of an address."""

    street: Street = field(default_factory=lambda: Street("", ""))
    house: House | None = None
    settlement: str = ""
    postcode: str = ""
    rest: str = ""

    def __str__(self) -> str:
        parts = (self.settlement, str(self.street), str(self.house or ""))
        return ", ".join(part for part in parts if part)


def parse_address(text: str) -> Address:
    """Any text; where nothing is recognised, street and house are empty."""
    clean = mend_lookalikes(" ".join(text[:LONGEST].translate(DASHES).split()))
    reading = Reading()
    for part in re.split(r"[,;]", clean):
        if stripped := part.strip(BESIDE):
            reading.take(stripped)
    return reading.finish()


class Reading:
    """What the parts between commas were so far."""

    def __init__(self) -> None:
        self.address = Address()
        self.unknown: list[str] = []  # before a street: settlements, or the street without its type
        self.rest: list[str] = []

    def take(self, part: str) -> None:
        folded = fold(part)
        if POSTCODE.fullmatch(folded):
            self.address = replace(self.address, postcode=folded)
        elif not folded or REGIONS.fullmatch(folded):
            return
        elif self.address.street.name:
            self.take_after_street(part)
        elif typed := read_street(part):
            self.take_street(*typed)
        elif settlement := SETTLEMENT.fullmatch(part):
            self.address = replace(self.address, settlement=settlement["name"])
        else:
            self.take_unknown(part)

    def take_street(self, type_: str, text: str) -> None:
        name, house, rest = split_tail(text)
        self.address = replace(self.address, street=Street(type_, name), house=house)
        self.rest += [rest] if rest else []

    def take_after_street(self, part: str) -> None:
        house = self.address.house
        found = read_house(part) if house is None else None
        if found:
            self.address = replace(self.address, house=found[0])
            self.rest += [found[1]] if found[1] else []
        elif house and (fuller := add_parts(house, part)):
            self.address = replace(self.address, house=fuller)
        elif not self.address.settlement and (settlement := SETTLEMENT.fullmatch(part)):
            self.address = replace(self.address, settlement=settlement["name"])
        else:
            self.rest.append(part)

    def take_unknown(self, part: str) -> None:
        found = read_house(part)
        if found and self.unknown and not (found[1] and found[1][0].isupper()):
            self.address = replace(
                self.address, street=Street("", self.unknown.pop()), house=found[0]
            )
            self.rest += [found[1]] if found[1] else []
            return
        name, house, rest = split_tail(part)
        if house:
            self.address = replace(self.address, street=Street("", name), house=house)
            self.rest += [rest] if rest else []
        else:
            self.unknown.append(part)

    def finish(self) -> Address:
        address, unknown = self.address, list(self.unknown)
        if not address.street.name and unknown:
            address = replace(address, street=Street(address.street.type, unknown.pop()))
        if not address.settlement and unknown:
            address = replace(address, settlement=unknown.pop())
        return replace(address, rest=", ".join(unknown + self.rest))


def split_tail(text: str) -> tuple[str, House | None, str]:
    """Name, house and what follows: «Князя Романа 12/14 кафе»; a number in a name stays there."""
    tails: list[tuple[str, House | None, str]] = []
    for start in sorted({found.start() for found in TAIL.finditer(text)}):
        name = text[:start].strip(BESIDE)
        found = read_house(text[start:]) if re.search(r"[^\W\d_]", name) else None
        if found and not is_ordinal(text[start:]):
            tails.append((name, *found))
    whole = [tail for tail in tails if not tail[2]]
    followed = [tail for tail in tails if PREMISES.match(tail[2])]
    return (whole or followed[-1:] or [(text.strip(BESIDE), None, "")])[0]


def is_ordinal(text: str) -> bool:
    """«1-ша», «51-ї бригади», «600-річчя»: a number that counts, not one of a house."""
    return bool(re.match(r"\d+\s?-\s?(?:[а-яґєії]{2,}|[йяїа]\s+[а-яґєії]{3,})", text))


def add_parts(house: House, part: str) -> House | None:
    """Building, entrance or flat that stand behind a comma of their own."""
    for pattern in (BUILDING, ENTRANCE, FLAT):
        if found := pattern.match(part):
            ((name, value),) = found.groupdict().items()
            part_of_house: dict[str, Any] = {name: value.replace(" ", "").upper()}
            return replace(house, **part_of_house)
    return None
