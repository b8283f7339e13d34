"""Kinds of objects and layers that a question names: «лікарня», «вайфай», «школа 1»."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from layers.models import Kind, Layer
from layers.reading.questions import Question, fold_phrase, is_number
from layers.words.folding import sound
from layers.words.forms import are_forms, slips_allowed, slips_between

SHORTEST_BEGINNING = 3
# How a word meets one that is known: the best first.
EXACT, FORM, BEGINS, SOUNDS = range(4)
MISSED = 9
LONGEST_SLIP = 5


@dataclass(frozen=True)
class Named:
    """`rest`: words of the question that name no kind; `quality`: of the worst word that does."""

    thing: Kind | Layer
    rest: tuple[str, ...]
    quality: int
    unsaid: int


@lru_cache(maxsize=65_536)
def measure_word(asked: str, known: str) -> int:
    """How a folded word meets a known one, from `EXACT` to `MISSED`."""
    if asked == known:
        return EXACT
    if is_number(asked) or is_number(known):
        return MISSED
    if are_forms(asked, known):
        return FORM
    if len(asked) >= SHORTEST_BEGINNING and known.startswith(asked):
        return BEGINS
    heard, meant = sound(asked), sound(known)
    if heard == meant or (len(heard) > 3 and meant.startswith(heard)):
        return SOUNDS
    allowed = slips_allowed(heard) if len(heard) >= LONGEST_SLIP else 0
    return SOUNDS if allowed and slips_between(heard, meant) <= allowed else MISSED


def match_phrase(words: Sequence[str], phrase: Sequence[str]) -> tuple[int, int, list[str]]:
    """Quality, how many words of the phrase were not said, and what is left of the question."""
    rest = list(words)
    worst, unsaid = EXACT, 0
    for known in phrase:
        best = min(rest, key=lambda word: measure_word(word, known), default="")
        quality = measure_word(best, known) if best else MISSED
        if quality == MISSED:
            unsaid += 1
        else:
            rest.remove(best)
            worst = max(worst, quality)
    return (MISSED if unsaid == len(phrase) else worst), unsaid, rest


def find_named(question: Question, things: Iterable[Kind | Layer]) -> list[Named]:
    """Kinds and layers that all the words name, or some with the rest left over; the best first."""
    found = []
    for place, thing in enumerate(things):
        named = [
            Named(thing, tuple(rest), quality, unsaid)
            for quality, unsaid, rest in (
                match_phrase(question.words, phrase) for phrase in list_phrases(thing)
            )
            if is_meant(quality, unsaid, rest)
        ]
        if named:
            found.append((min(named, key=_rank), place))
    return [named for named, _place in sorted(found, key=lambda pair: (*_rank(pair[0]), pair[1]))]


def is_meant(quality: int, unsaid: int, rest: Sequence[str]) -> bool:
    """With words left over the phrase must be said whole and in order."""
    return quality < MISSED and (not rest or (not unsaid and quality <= FORM))


def list_phrases(thing: Kind | Layer) -> list[tuple[str, ...]]:
    other = thing.words if isinstance(thing, Kind) else []
    return [fold_phrase(text) for text in (thing.title_uk, thing.title_en, *other) if text]


def _rank(named: Named) -> tuple[int, bool, bool, int, int]:
    """What uses up the question; words, before what only sounds so; kinds before layers."""
    is_layer = isinstance(named.thing, Layer)
    return len(named.rest), named.quality > FORM, is_layer, named.quality, named.unsaid
