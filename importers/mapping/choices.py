"""Values that are nearly one of a field's choices: what was probably meant."""

from dataclasses import dataclass
from difflib import get_close_matches

from layers.models import LayerField
from layers.words.folding import LOOKALIKES

ALIKE = 0.75
_STRICT = {letter: other for letter, other in LOOKALIKES.items() if chr(letter) not in "ґё"}


@dataclass(frozen=True)
class Proposal:
    """`sure`: the value differs only by case, blanks, apostrophes or look-alike letters."""

    choice: object
    sure: bool


def spell(text: str) -> str:
    """Without case, blanks at the ends, apostrophes and Latin look-alikes; all else counts."""
    return " ".join(text.casefold().split()).translate(_STRICT)


def propose_choice(field: LayerField, value: object) -> Proposal | None:
    """The one choice that fits by its value or its title; of several none is sure."""
    wanted = spell(str(value))
    named: dict[str, list[object]] = {}
    for choice in field.choices:
        for text in {choice["value"], choice.get("title_uk"), choice.get("title_en")}:
            if text:
                named.setdefault(spell(str(text)), []).append(choice["value"])
    same = named.get(wanted, [])
    if len(set(map(str, same))) == 1:
        return Proposal(same[0], sure=True)
    close = get_close_matches(wanted, named, n=1, cutoff=ALIKE)
    return Proposal(named[close[0]][0], sure=False) if close else None
