"""Names of streets: the type apart from the name, and keys by which names are the same."""

import re
from dataclasses import dataclass

from layers.words.folding import APOSTROPHES, fold
from layers.words.streets import STREET_TYPES, TYPE_OF_WORD

CAPITAL = "А-ЯҐЄІЇ"
# Types that also stand behind the name: «Межигірська вулиця».
BEHIND = (
    "вулиця", "вул", "проспект", "провулок", "бульвар", "площа", "майдан", "узвіз", "набережна",
    "шосе", "тупик", "проїзд", "алея", "дорога",
)  # fmt: skip
ORDINAL = re.compile(r"\b(\d+) (?:ша|га|тя|та|ма|а|я|й|ий|ій|ї|го|ої|е)\b")
INITIAL = 1


def _spell(form: str) -> str:
    """A form with what may stand between its letters."""
    return rf"[\s.{APOSTROPHES}/-]*".join(map(re.escape, form.split())).replace(
        "вїзд", f"в[{APOSTROPHES}]?їзд"
    )


_FORMS = sorted((f for forms in STREET_TYPES.values() for f in forms), key=len, reverse=True)
BEFORE = re.compile(
    r"(?P<ordinal>\d+\s?-?\s?[а-яії]{1,3}\s+)?"
    rf"(?i:(?P<type>{'|'.join(map(_spell, _FORMS))}))(?:\.\s*|\s+|$|(?=[{CAPITAL}]))"
)
AFTER = re.compile(
    rf"(?P<name>\S.*?)\s+(?i:(?P<type>{'|'.join(BEHIND)}))\b\.?(?P<tail>[\s,]+(?i:буд|№)?.*\d.*)?"
)


NAME = re.compile(r"[^\W\d_]{2}")  # «Набережна 5» is a name with a house, not a type without one


@dataclass(frozen=True)
class Street:
    """`type` is canonical («вулиця»), "" where none was said; `name` as it was written."""

    type: str
    name: str

    def __str__(self) -> str:
        return f"{self.type} {self.name}".strip()

    @property
    def key(self) -> tuple[str, ...]:
        """Words of the name in any order."""
        return build_key(self.name)


def build_key(name: str) -> tuple[str, ...]:
    """«1-ша Лісова» and «Лісова 1» are one name, as are «Юрія Гагаріна» and «Гагаріна Юрія»."""
    return tuple(sorted(ORDINAL.sub(r"\1", fold(name)).split()))


def read_street(text: str) -> tuple[str, str] | None:
    """Type and all that follows the type; `None` where no type is said."""
    if (found := BEFORE.match(text)) and NAME.search(rest := text[found.end() :]):
        if again := read_street(rest.strip()):
            return again  # «вулиця вул. Садова»
        return TYPE_OF_WORD[fold(found["type"])], f"{found['ordinal'] or ''}{rest}".strip()
    if found := AFTER.fullmatch(text):
        return TYPE_OF_WORD[fold(found["type"])], f"{found['name']} {found['tail'] or ''}".strip()
    return None


def is_short_for(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """«Б. Хмельницького», «Хмельницького» for «гетьмана Богдана Хмельницького»."""
    words = [word for word in short if len(word) > INITIAL or word.isdigit()]
    initials = [word for word in short if len(word) <= INITIAL and not word.isdigit()]
    if not words or not set(words) <= set(full):
        return False
    others = [word for word in full if word not in words]
    if any(word.isdigit() for word in others):
        return False  # the second lane of a name is another lane
    for initial in initials:
        fitting = next((word for word in others if word.startswith(initial)), None)
        if fitting is None:
            return False
        others.remove(fitting)
    return len(words) < len(full)
