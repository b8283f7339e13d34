"""Names of a community in the forms that its pack needs."""

from typing import Final

# Resolution of the Cabinet of Ministers 55 of 27.01.2010; at the beginning of a word in the second.
LETTERS: Final = {
    "а": "a", "б": "b", "в": "v", "г": "h", "ґ": "g", "д": "d", "е": "e", "є": "ie", "ж": "zh",
    "з": "z", "и": "y", "і": "i", "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n",
    "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts",
    "ч": "ch", "ш": "sh", "щ": "shch", "ю": "iu", "я": "ia", "ь": "", "’": "", "'": "",
}  # fmt: skip
FIRST: Final = {"є": "ye", "ї": "yi", "й": "y", "ю": "yu", "я": "ya"}
VOWEL_ENDING: Final = "а"


def romanise(name: str) -> str:
    """«Шепетівка» → Shepetivka, «Згурівка» → Zghurivka."""
    written = ""
    lower = name.lower()
    for place, letter in enumerate(lower):
        first = place == 0 or lower[place - 1] in " -"
        after_z = letter == "г" and place and lower[place - 1] == "з"
        latin = (
            "gh" if after_z else (FIRST if first else {}).get(letter, LETTERS.get(letter, letter))
        )
        written += latin.capitalize() if name[place].isupper() else latin
    return written


def put_in_genitive(adjective: str) -> str:
    """«Шепетівська» → «Шепетівської»; names of communities are adjectives in -а."""
    if adjective.endswith(VOWEL_ENDING):
        return adjective[:-1] + "ої"
    return adjective
