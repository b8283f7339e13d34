"""What a line of search asks for: words, numbers, a type of street, a number of a problem."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from layers.words.folding import fold_line
from layers.words.forms import list_stems
from layers.words.streets import (
    FLAT_WORDS,
    HOUSE_WORDS,
    LONGEST_TYPE,
    SETTLEMENT_WORDS,
    TYPE_OF_WORD,
)

LONGEST_QUERY = 100
MOST_WORDS = 6
NUMBER_OF_PROBLEM = re.compile(r"\s*(?P<sign>№|#|N\s?o?\.?\s|номер\s)?\s*(?P<number>\d{1,9})\s*")
# What people put around the thing that they look for.
ASIDES = frozenset(
    fold_line("де як куди найближча найближчий найближче найближчі поруч біля near the").split()
)


@dataclass(frozen=True)
class Question:
    """Folded. `spellings`: beside each word what else it may be written as; `type`: of a street."""

    words: tuple[str, ...]
    spellings: tuple[tuple[str, ...], ...]
    type: str = ""

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(word for word in self.words if is_number(word))

    @property
    def patterns(self) -> list[str]:
        """Regular expressions of words at their beginnings; folded words hold nothing special."""
        return [f" ({'|'.join(shorten(spelt))})" for spelt in self.spellings]

    def spell(self, more: dict[str, tuple[str, ...]]) -> "Question":
        """With other spellings in the place of the usual ones."""
        pairs = zip(self.words, self.spellings, strict=True)
        return replace(self, spellings=tuple(more.get(word, usual) for word, usual in pairs))

    def without_numbers(self) -> "Question":
        return ask_words([word for word in self.words if not is_number(word)], self.type)


def is_number(word: str) -> bool:
    return word[:1].isdigit()


def shorten(spellings: tuple[str, ...]) -> list[str]:
    """Without those that begin as another one does: it finds them too."""
    return [
        one
        for one in spellings
        if not any(one != other and one.startswith(other) for other in spellings)
    ]


def ask_words(words: list[str], kind: str = "") -> Question:
    chosen = tuple(dict.fromkeys(words))[:MOST_WORDS]
    return Question(chosen, tuple((word, *list_stems(word)) for word in chosen), kind)


def read_question(text: str) -> Question:
    """No words where nothing is asked for."""
    words = fold_line(text.replace("\x00", "")[:LONGEST_QUERY]).split()
    words = _drop_around_numbers(words)
    words, kind = _take_type(words)
    words = _drop(words, ASIDES)
    if len(words) > 1 and words[0] in SETTLEMENT_WORDS:
        words = words[1:]
    return ask_words(words, kind)


def read_problem_number(text: str) -> tuple[int, bool] | None:
    """A number alone, and whether a sign before it says that it is one of a problem."""
    found = NUMBER_OF_PROBLEM.fullmatch(text)
    return (int(found["number"]), bool(found["sign"])) if found else None


@lru_cache(maxsize=8_192)
def fold_phrase(text: str) -> tuple[str, ...]:
    return tuple(fold_line(text).split())


def _drop(words: list[str], dropped: frozenset[str]) -> list[str]:
    return [word for word in words if word not in dropped] or words


def _drop_around_numbers(words: list[str]) -> list[str]:
    """«буд. 5, кв. 7» is 5."""
    kept: list[str] = []
    skipped = False
    for place, word in enumerate(words):
        before_number = place + 1 < len(words) and is_number(words[place + 1])
        if skipped or (kept and before_number and word in FLAT_WORDS):
            skipped = not skipped
        elif not (kept and before_number and word in HOUSE_WORDS):
            kept.append(word)
    return kept


def _take_type(words: list[str]) -> tuple[list[str], str]:
    """Apart from the name, where a name is left: «пр-т Незалежності», «Набережна» itself."""
    for length in range(LONGEST_TYPE, 0, -1):
        for start in range(len(words) - length + 1):
            kind = TYPE_OF_WORD.get(" ".join(words[start : start + length]))
            rest = words[:start] + words[start + length :]
            if kind and any(not is_number(word) for word in rest):
                again, _kind = _take_type(rest)
                return again, kind
    return words, ""
