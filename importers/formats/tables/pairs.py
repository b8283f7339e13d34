"""Both coordinates in one cell, as maps on the web copy them: latitude first, unless it is said."""

import re
from dataclasses import dataclass

from importers.formats.tables.coordinates import parse_coordinate

LAT_LON, LON_LAT = "lat-lon", "lon-lat"
LATITUDE_LETTERS = re.compile(r"[NS]|ПН|ПД|ш\.", re.IGNORECASE)
LONGITUDE_LETTERS = re.compile(r"[EW]|СХ|ЗХ|д\.", re.IGNORECASE)
WORDS = re.compile(
    r"(latitude|longitude|широта|довгота|lat|lon|lng|point)\s*[:=]?\s*", re.IGNORECASE
)
# What stands between the two, the surest first; a comma may also be a decimal sign.
SEPARATORS = (
    re.compile(r"\s*[;|/\n]\s*"),
    re.compile(r"\s*,\s+"),
    re.compile(r"(?<=[NSEWnsew°'\"”″′’хд])\s*,?\s*(?=[NSEWnsew\d+-])"),
    re.compile(r"\s+"),
    re.compile(r"\s*,\s*"),
)
LATITUDE_MAX = 90.0


@dataclass(frozen=True)
class Pair:
    """`ordered`: the letters of hemispheres say which is which; then `first` is the latitude."""

    first: float
    second: float
    ordered: bool = False

    def as_lon_lat(self, order: str) -> tuple[float, float]:
        """Latitude comes first, unless `order` says otherwise or it would be none."""
        turned = not self.ordered and (
            order == LON_LAT or (not order and abs(self.first) > LATITUDE_MAX >= abs(self.second))
        )
        return (self.first, self.second) if turned else (self.second, self.first)


def parse_pair(text: str) -> Pair | None:
    """`50.25, 27.23`; `50,25; 27,23`; `50,25 27,23`; `50°15'18"N 27°13'48"E`; `(50.25 27.23)`."""
    plain = WORDS.sub(" ", text.strip().strip("()[]{}")).strip()
    if len(plain) > 120:
        return None
    for separator in SEPARATORS:
        parts = [part for part in separator.split(plain) if part]
        if len(parts) == 2 and (pair := read_parts(parts[0], parts[1])):
            return pair
    return None


def read_parts(left: str, right: str) -> Pair | None:
    first, second = parse_coordinate(unlettered(left)), parse_coordinate(unlettered(right))
    if first is None or second is None:
        return None
    if LONGITUDE_LETTERS.search(left) and LATITUDE_LETTERS.search(right):
        return Pair(second, first, ordered=True)
    lettered = bool(LATITUDE_LETTERS.search(left) and LONGITUDE_LETTERS.search(right))
    return Pair(first, second, ordered=lettered)


def unlettered(text: str) -> str:
    """`50.25 N` and `N 50.25` as a number; degrees keep their letters, which the parser knows."""
    if "°" in text or "º" in text:
        return text
    found = re.fullmatch(r"\s*([NSEW]?)\s*([-+\d.,\s]+?)\s*([NSEW]?)\s*", text, re.IGNORECASE)
    if not found or (found[1] and found[3]):
        return text
    south_or_west = (found[1] or found[3]).upper() in ("S", "W")
    return f"-{found[2]}" if south_or_west else found[2]
