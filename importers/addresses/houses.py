"""Numbers of houses, one way to write each: «12-А», «12а», «12/3», «53-55», «12 корп. 3»."""

import re
from dataclasses import dataclass

from importers.addresses.words import mend_lookalikes

LETTER = r"[А-ЯҐЄІЇа-яґєії](?![^\W\d_])"
QUOTES = "«»“”„\"'’ʼ"
NUMBER = re.compile(
    rf"""
    (?P<number>[0-9]{{1,4}})(?![0-9])
    (?:\s*-?\s*[{QUOTES}]?(?P<letter>{LETTER})[{QUOTES}]?)?
    (?:\s*(?P<join>[/-])\s*(?P<second>[0-9]{{1,4}}(?![0-9])(?:\s*-?\s*{LETTER})?))?
    (?:\s*/\s*(?P<alone>{LETTER}))?
    """,
    re.VERBOSE,
)
LABEL = re.compile(r"\s*(?:будинок|буд|дім|дом|№|б|д)?\s*[.:№]*\s*(?=[0-9])", re.IGNORECASE)
BUILDING = re.compile(
    r"[\s,.(]*(?:\b|(?<=[0-9]))(?:корпус|корп|к|секція|секц|блок)(?![^\W\d_])\s*\.?\s*№?\s*(?P<building>[0-9]{1,3}(?![0-9])|[А-ЯҐЄІЇа-яґєії]\b)",
    re.IGNORECASE,
)
ENTRANCE = re.compile(
    r"[\s,.(]*\b(?:під['’ʼ]?їзд|під|вхід)(?![^\W\d_])\s*\.?\s*№?\s*(?P<entrance>[0-9]{1,2})\b", re.I
)
FLAT = re.compile(
    r"[\s,.(]*\b(?:квартира|кв|офіс|оф|кабінет|каб|приміщення|прим)(?![^\W\d_])\s*\.?\s*№?\s*(?P<flat>[0-9]{1,4}\s*[А-яҐґЄєІіЇї]?)\b",
    re.I,
)


@dataclass(frozen=True)
class House:
    """`second`: after a slash or, of a range, after a dash (then it begins with it)."""

    number: int
    letter: str = ""
    second: str = ""
    building: str = ""
    entrance: str = ""
    flat: str = ""

    def __str__(self) -> str:
        """As the order on addresses writes it: 12-А/3, корпус 2."""
        text = str(self.number) + (f"-{self.letter}" if self.letter else "")
        if self.second:
            text += self.second if self.second.startswith("-") else f"/{self.second}"
        return text + (f", корпус {self.building}" if self.building else "")

    @property
    def key(self) -> str:
        """What is compared: no entrance, no flat."""
        return f"{self.bare_key}к{self.building}" if self.building else self.bare_key

    @property
    def bare_key(self) -> str:
        """Without the building."""
        join = "" if not self.second or self.second.startswith("-") else "/"
        return f"{self.number}{self.letter}{join}{self.second}"


def read_house(text: str) -> tuple[House, str] | None:
    """A house at the beginning of the text, and what follows; `None` where there is none."""
    text = mend_lookalikes(text)
    start = LABEL.match(text)
    found = NUMBER.match(text, start.end()) if start else None
    if start is None or found is None:
        return None
    parts = dict.fromkeys(("building", "entrance", "flat"), "")
    place = found.end()
    letter = found["letter"] or found["alone"] or ""
    if letter.lower() == "к" and (again := BUILDING.match(text, found.end("number"))):
        letter, place = "", found.end("number")  # 12к3 is the building 3 of the house 12
        found = NUMBER.match(text[: again.start()], start.end()) or found
    going = True
    while going:
        going = False
        for pattern in (BUILDING, ENTRANCE, FLAT):
            if more := pattern.match(text, place):
                name, value = next(iter(more.groupdict().items()))
                parts[name] = parts[name] or value.replace(" ", "").upper()
                place, going = more.end(), True
    house = House(int(found["number"]), letter.upper(), read_second(found), **parts)
    return house, text[place:].strip(" .,;)")


def read_second(found: "re.Match[str]") -> str:
    if not found["second"]:
        return ""
    second = re.sub(r"[\s-]", "", found["second"]).upper()
    return f"-{second}" if found["join"] == "-" else second
