"""A name for an address, proposed from what people call a thing."""

import re
import unicodedata
from collections.abc import Container
from itertools import count

# Resolution 55 of the Cabinet of Ministers, 27.01.2010; letters that are written otherwise at the
# beginning of a word stand in the second table.
LETTERS = dict(
    zip(
        "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’'",
        (
            "a", "b", "v", "h", "g", "d", "e", "ie", "zh", "z", "y", "i", "i", "i", "k", "l", "m",
            "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "shch", "", "iu", "ia",
            "", "",
        ),
        strict=True,
    )
)  # fmt: skip
FIRST_LETTERS = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
LENGTH = 40


def propose_slug(title: str, taken: Container[str] = ()) -> str:
    """Latin letters, digits and hyphens, and a number where that is taken; `layer` for nothing."""
    words = re.split(r"[\W_]+", re.sub(r"[’'ʼ]", "", title.lower()))
    latin = "-".join(filter(None, map(write_latin, words)))[:LENGTH].strip("-") or "layer"
    if latin not in taken:
        return latin
    return next(slug for n in count(2) if (slug := f"{latin}-{n}") not in taken)


def write_latin(word: str) -> str:
    """One word; what has no Latin letters is left out."""
    text = word.replace("зг", "zgh")
    first = FIRST_LETTERS.get(text[:1], "")
    spelt = first + "".join(LETTERS.get(letter, letter) for letter in text[1 if first else 0 :])
    plain = unicodedata.normalize("NFKD", spelt)
    return re.sub(r"[^a-z0-9]", "", plain)
