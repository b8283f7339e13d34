"""Words of Ukrainian addresses, and how they are compared."""

import re

from layers.words.folding import fold

SETTLEMENT_TYPES = (
    "місто", "м", "село", "с", "селище міського типу", "смт", "селище", "сел", "с ще", "сще",
)  # fmt: skip
# Parts that say in which region; they tell no two addresses of a community apart.
REGIONS = re.compile(
    r"україна|.*\b(область|обл|район|р н|рн|територіальна громада|громада|тг|отг|мтг|стг)"
)
LATIN = "AaBCcEeHIiKMOoPpTXxy"
CYRILLIC = "АаВСсЕеНІіКМОоРрТХху"
MIXED = str.maketrans(LATIN, CYRILLIC)
HAS_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
WORD = re.compile(r"[^\W\d_]+")


def mend_lookalikes(text: str) -> str:
    """Latin letters that look like Cyrillic ones, within words that hold Cyrillic, are those."""
    return WORD.sub(
        lambda word: word[0].translate(MIXED) if HAS_CYRILLIC.search(word[0]) else word[0], text
    )


SETTLEMENT_WORDS = frozenset(map(fold, SETTLEMENT_TYPES))
