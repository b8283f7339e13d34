"""Ukrainian word forms without a dictionary: what is left of a word when its ending goes."""

import re
from functools import lru_cache

# Endings of nouns and adjectives, and the «ая», «ого», «ых» of their Russian twins.
ENDINGS = (
    "ському", "ського", "ською", "ської",
    "ами", "ями", "ові", "еві", "єві", "ого", "ому", "ими", "іми", "ей",
    "ою", "ею", "єю", "ах", "ях", "ів", "їв", "ій", "ий", "ої", "им", "их", "іх", "ім", "ам", "ям",
    "ом", "ем", "єм", "ая", "ое", "ые", "ых", "ый",
    "а", "я", "у", "ю", "и", "і", "ї", "о", "е", "є", "й", "ь", "ы",
)  # fmt: skip
SHORTEST = 3
FLEETING = re.compile(r"(?<=[^аеєиіїоуюя])[ое](?=[^аеєиіїоуюя]$)")
CLOSED = re.compile(r"і(?=[^аеєиіїоуюя]{1,2}$)")
HARD_END = re.compile(r"(?<=[^аеєиіїоуюяьй])(?=[кцн]$)")


# «дорога» is «дорозі», «собака» – «собаці».
HARD, SOFT = "гкх", "зцс"
SOFTENED, HARDENED = str.maketrans(HARD, SOFT), str.maketrans(SOFT, HARD)


def strip_ending(word: str) -> str:
    """Without its longest known ending, where three letters are left, or two before one («яма»)."""
    for ending in ENDINGS:
        left = len(word) - len(ending)
        if word.endswith(ending) and (left >= SHORTEST or (left == 2 and len(ending) == 1)):
            return word[: -len(ending)].removesuffix("ь") if len(word) > 4 else word[: -len(ending)]
    return word


@lru_cache(maxsize=16_384)
def list_stems(word: str) -> tuple[str, ...]:
    """Beginnings that the forms of a word share, the plainest first.

    «батарейок» and «батарейки» meet at «батарейк», «шкіл» and «школи» at «школ», «садочків» and
    «садочок» at «садочок», «дорогами» and «дорозі» at «дороз».
    """
    if word[:1].isdigit():
        return (word,)
    stem = strip_ending(word)
    stems = [stem, FLEETING.sub("", stem), CLOSED.sub("о", stem), CLOSED.sub("е", stem)]
    if stem[-1:] in HARD:
        stems.append(stem[:-1] + stem[-1].translate(SOFTENED))
    elif word.endswith("і") and stem[-1:] in SOFT:
        stems.append(stem[:-1] + stem[-1].translate(HARDENED))
    if stem != word or word.endswith("к"):
        stems.append(HARD_END.sub("о", stem))
    return tuple(dict.fromkeys(each for each in stems if len(each) >= 2)) or (word,)


def are_forms(first: str, second: str) -> bool:
    """Whether two folded words are forms of one."""
    return first == second or not set(list_stems(first)).isdisjoint(list_stems(second))


def slips_between(typed: str, meant: str) -> int:
    """Letters to change, add, drop or swap with a neighbour (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(meant) + 1))
    for place, letter in enumerate(typed, 1):
        last, row = row, [place]
        for other, second in enumerate(meant, 1):
            cost = min(last[other] + 1, row[other - 1] + 1, last[other - 1] + (letter != second))
            swapped = place > 1 and other > 1 and letter == meant[other - 2]
            if swapped and typed[place - 2] == second:
                cost = min(cost, before[other - 2] + 1)
            row.append(cost)
        before = last
    return row[-1]


def slips_allowed(word: str) -> int:
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2
