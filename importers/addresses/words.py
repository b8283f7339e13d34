"""Words of Ukrainian addresses, and how they are compared."""

import re

# Canonical type → what is written for it, folded.
STREET_TYPES: dict[str, tuple[str, ...]] = {
    "вулиця": ("вулиця", "вулиці", "вул", "ул", "улица"),
    "проспект": ("проспект", "просп", "пр т", "прт", "пр кт", "пркт", "пр"),
    "провулок": ("провулок", "пров", "пров к", "переулок", "пер"),
    "бульвар": ("бульвар", "бульв", "бул", "б р", "бр"),
    "площа": ("площа", "пл", "площадь"),
    "майдан": ("майдан",),
    "узвіз": ("узвіз",),
    "набережна": ("набережна", "наб"),
    "шосе": ("шосе", "шос"),
    "тупик": ("тупик", "туп"),
    "проїзд": ("проїзд", "пр д", "прд"),
    "алея": ("алея", "ал"),
    "в'їзд": ("вїзд",),
    "мікрорайон": ("мікрорайон", "мікрор н", "мікрор", "мкрн", "мкр н", "мкр", "м н"),
    "квартал": ("квартал", "кв л"),
    "житловий масив": ("житловий масив", "житломасив", "ж м", "жм"),
    "сквер": ("сквер",),
    "завулок": ("завулок", "зав"),
    "лінія": ("лінія",),
    "дорога": ("дорога",),
    "хутір": ("хутір", "хут"),
}
SETTLEMENT_TYPES = (
    "місто", "м", "село", "с", "селище міського типу", "смт", "селище", "сел", "с ще", "сще",
)  # fmt: skip
# Parts that say in which region; they tell no two addresses of a community apart.
REGIONS = re.compile(
    r"україна|.*\b(область|обл|район|р н|рн|територіальна громада|громада|тг|отг|мтг|стг)"
)
APOSTROPHES = "'’‘`´′ʹʼ"
LOOKALIKES = str.maketrans("abcehikmoptxyґё", "авсенікмортхуге", APOSTROPHES)
OTHER = re.compile(r"[\W_]+")
LATIN = "AaBCcEeHIiKMOoPpTXxy"
CYRILLIC = "АаВСсЕеНІіКМОоРрТХху"
MIXED = str.maketrans(LATIN, CYRILLIC)
HAS_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
WORD = re.compile(r"[^\W\d_]+")


def fold(text: str) -> str:
    """As `layers_fold` of the database: without case, apostrophes and Latin look-alikes."""
    return OTHER.sub(" ", text.lower().translate(LOOKALIKES)).strip()


def mend_lookalikes(text: str) -> str:
    """Latin letters that look like Cyrillic ones, within words that hold Cyrillic, are those."""
    return WORD.sub(
        lambda word: word[0].translate(MIXED) if HAS_CYRILLIC.search(word[0]) else word[0], text
    )


TYPE_OF_WORD = {fold(word): kind for kind, words in STREET_TYPES.items() for word in words}
SETTLEMENT_WORDS = frozenset(map(fold, SETTLEMENT_TYPES))
