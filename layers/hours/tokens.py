"""Words and signs that opening hours are written in, and a text divided into them."""

import re
from typing import Final

DASHES: Final = re.compile("[‐‑‒–—―−]")
APOSTROPHES: Final = re.compile("[ʼ’`‘´]")
RAISED: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
# «9⁰⁰»: minutes above the line.
RAISED_MINUTES: Final = re.compile("(?<=[0-9])([⁰¹²³⁴⁵][⁰¹²³⁴⁵⁶⁷⁸⁹])")
# «8-00 до 17-00»: hyphens between hours and minutes.
HYPHENED: Final = re.compile(
    r"(?<![\d:.])(\d{1,2})-([0-5]\d)\s*(-|до|по)\s*(\d{1,2})-([0-5]\d)(?![\d:.])"
)

DAY_WORDS: Final = (
    (0, r"пн|пон|понеділ\w*|понед|mo|mon|monday"),
    (1, r"вт|вів|вівт|вівтор\w*|вівтірок|tu|tue|tuesday"),
    (2, r"ср|сер|серед\w*|we|wed|wednesday"),
    (3, r"чт|чет|четв|четвер\w*|th|thu|thursday"),
    (4, r"пт|п'ятн|п'ятниц\w*|пятниц\w*|fr|fri|friday"),
    (5, r"сб|суб|субот\w*|sa|sat|saturday"),
    (6, r"нд|нед|неділ\w*|вс|su|sun|sunday"),
)
WORDS: Final = (
    ("all_day", r"цілодобово|цілодобова|цілодобовий|24/7|24\s*год\w*|круглодобово"),
    ("no_day_off", r"без\s+вихідних(?:\s+(?:і|й|та)\s+(?:без\s+)?перерв\w*)?"),
    ("no_break", r"без\s+(?:перерв\w*|обіду)(?:\s+на\s+обід)?"),
    ("but", r"крім|окрім"),
    ("daily", r"щодня|щоденно|кожного\s+дня|кожен\s+день|всі\s+дні|усі\s+дні|daily|everyday"),
    ("workdays", r"(?:у|в|по)?\s*(?:будні|буднях|будням|робочі\s+дні|будні\s+дні)"),
    ("weekend", r"(?:у|в|по)\s+вихідн(?:их|им|і)|weekend"),
    ("closed", r"вихідний(?:\s+день)?|вихідні\s+дні|вихідні|зачинено|не\s+працює|closed|off"),
    ("break", r"(?:обідня\s+)?перерва(?:\s+на\s+обід)?|обід"),
    ("filler", r"(?:графік|режим|години|час|розклад)(?:\s+роботи)?|працює|відчинено|відкрито"),
    ("hour", r"год(?:ин[аиу]?)?|o'clock"),
)  # fmt: skip
TOKEN: Final = re.compile(
    "|".join(
        (
            *(rf"(?P<{name}>(?<!\w)(?:{words})(?!\w))" for name, words in WORDS),
            r"(?P<time>(?<!\d)\d{1,2}[:.]\d{2}(?!\d)|(?<![\d:.])\d{1,2}(?![\d:.]\d))",
            *(rf"(?P<d{day}>(?<!\w)(?:{words})(?!\w)\.?)" for day, words in DAY_WORDS),
            r"(?P<to>-|(?<!\w)(?:до|по|to)(?!\w))",
            r"(?P<since>(?<!\w)(?:з|із|від|о|from)(?!\w))",
            r"(?P<and>(?<!\w)(?:і|й|та|and)(?!\w))",
            r"(?P<comma>,)",
            r"(?P<line>\n)",
            r"(?P<stop>[;.|/])",
            r"(?P<colon>:)",
            r"(?P<open>\()",
            r"(?P<close>\))",
            r"(?P<blank>\s+)",
        )
    )
)
LEFT_OUT: Final = ("blank", "filler", "hour", "since", "no_break")


class Unclear(Exception):
    """Something in the words is not understood."""


def split_words(words: str) -> list[tuple[str, str]]:
    """Names and texts of the tokens, without those that say nothing; raises `Unclear`."""
    plain = RAISED_MINUTES.sub(r":\1", words).translate(RAISED)
    plain = DASHES.sub("-", plain).lower()
    plain = APOSTROPHES.sub("'", plain).replace("\u00a0", " ").strip(" .;,")
    plain = HYPHENED.sub(r"\1:\2 \3 \4:\5", plain)
    found = []
    at = 0
    while at < len(plain):
        match = TOKEN.match(plain, at)
        if match is None or match.lastgroup is None:
            raise Unclear
        at = match.end()
        if match.lastgroup not in LEFT_OUT:
            found.append((match.lastgroup, match.group()))
    return found
