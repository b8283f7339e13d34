"""In which order hits stand: how well the words meet, then what it is, then how near it lies.

The order is described in docs/explanation/search.md and held by a table of queries.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from layers.reading.kind_words import BEGINS, EXACT, FORM, MISSED, measure_word
from layers.reading.questions import Question, is_number
from layers.words.folding import fold_line
from layers.words.streets import TYPE_OF_WORD

EARTH_M = 6_371_009.0
# A word beside the title counts for less than any in it.
ASIDE = 10
FAR_AWAY_M = 1e8


class Group(StrEnum):
    """What people call what was found."""

    PLACE = "place"
    KIND = "kind"
    ADDRESS = "address"
    OBJECT = "object"
    PROBLEM = "problem"
    TERRITORY = "territory"


@dataclass(frozen=True)
class Hit:
    """A row of search: `folded` begins with the folded title."""

    layer: str
    group: Group
    is_basemap: bool
    key: str
    title: str
    subtitle: str
    folded: str
    lon: float
    lat: float
    distance_m: float | None = None
    note: str = ""


def measure_distance(lon: float, lat: float, near: tuple[float, float]) -> float:
    """Metres on a sphere between two places in degrees, within 0.6 % of the ellipsoid's."""
    west, south = radians(near[0]), radians(near[1])
    half = sin((radians(lat) - south) / 2) ** 2
    half += cos(south) * cos(radians(lat)) * sin((radians(lon) - west) / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(half))


def rank_hits(question: Question, hits: Iterable[Hit]) -> list[Hit]:
    return sorted(hits, key=lambda hit: build_rank(question, hit))


def build_rank(question: Question, hit: Hit) -> tuple[float | str, ...]:
    """The smaller, the better.

    1. House numbers as they are, before those that only begin so.
    2. The worst of the words: as it stands in the title, its form, its beginning; then the same
       beside the title.
    3. A title that is the question, nothing more; the type of the street that was said.
    4. The group; the ground of the map last.
    5. The fewest words unsaid in the title, the nearest, the title itself.
    """
    title = fold_line(hit.title).split()
    aside = hit.folded.split()[len(title) :]
    numbers = [find_best(word, title, aside) for word in question.words if is_number(word)]
    names = [find_best(word, title, aside, question) for word in question.words
             if not is_number(word)]  # fmt: skip
    plain = [word for word in title if word in question.words or word not in TYPE_OF_WORD]
    unsaid = max(0, len(plain) - len(question.words))
    return (
        max((quality % ASIDE for quality in numbers), default=EXACT),
        max(names, default=EXACT),
        max(numbers, default=EXACT),
        not (unsaid == 0 and max([*names, *numbers], default=EXACT) <= FORM),
        not is_of_type(question.type, title),
        list_groups(hit).index(True),
        hit.is_basemap,
        unsaid,
        FAR_AWAY_M if hit.distance_m is None else hit.distance_m,
        len(hit.title),
        hit.title,
        hit.key,
    )


def list_groups(hit: Hit) -> list[bool]:
    """Of equals a settlement or a district, then a street, an address, an object, a problem."""
    return [
        hit.group == Group.TERRITORY,
        hit.group == Group.ADDRESS and not has_number(hit.title),
        hit.group == Group.ADDRESS,
        hit.group == Group.OBJECT,
        True,
    ]


def has_number(title: str) -> bool:
    return any(is_number(word) for word in fold_line(title).split()[-1:])


def is_of_type(kind: str, title: Sequence[str]) -> bool:
    return not kind or any(TYPE_OF_WORD.get(word) == kind for word in title)


def find_best(
    word: str, title: Sequence[str], aside: Sequence[str], question: Question | None = None
) -> int:
    """How the word is met in the title; `ASIDE` more where only beside it."""
    spelt: tuple[str, ...] = (word,)
    if question is not None:
        spelt = question.spellings[question.words.index(word)]
    best = min((_measure(spelt, word, known) for known in title), default=MISSED)
    if best == MISSED:
        best = ASIDE + min((_measure(spelt, word, known) for known in aside), default=MISSED)
    return best


def _measure(spelt: Sequence[str], word: str, known: str) -> int:
    if is_number(word):
        return EXACT if known == word else BEGINS if known.startswith(word) else MISSED
    quality = measure_word(word, known)
    if quality >= BEGINS and any(known.startswith(other) for other in spelt):
        quality = min(quality, FORM if known in spelt else BEGINS)
    return quality
