"""Which columns of a file look as if they told about persons: by values and by headings."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geoportal.core.words.personal_data import KIND_TITLES, Kind, find_personal_data

HEADING = re.compile(
    r"(власник|заявник|орендар|мешкан|абонент|піб|п\.і\.б|прізвищ|по.?батькові|народжен|паспорт"
    r"|рнокпп|іпн|контактна особа|відповідальна особа|owner|applicant|tenant|resident|person"
    r"|surname|first.?name|last.?name|full.?name|birth|passport|customer|contact)",
    re.IGNORECASE,
)
# Ten digits pass the check of a tax number by chance now and then.
LEAST_SHARE: Mapping[Kind, float] = {"tax_number": 0.3}
USUAL_SHARE = 0.01
LETTERS_READ = 400


@dataclass(frozen=True)
class PersonalColumn:
    """`kinds`: how many of the `seen` values hold what; none where only the heading says it."""

    name: str
    kinds: Mapping[Kind, int]
    seen: int

    @property
    def reason(self) -> str:
        """In the active language."""
        if not self.kinds:
            return _("by its heading")
        listed = ", ".join(f"{KIND_TITLES[kind]} ({count})" for kind, count in self.kinds.items())
        words = ngettext("%(kinds)s in %(count)s value", "%(kinds)s in %(count)s values", self.seen)
        return words % {"kinds": listed, "count": self.seen}


def find_personal_columns(values: Mapping[str, Sequence[str]]) -> list[PersonalColumn]:
    """`values`: some texts of each column, by its heading."""
    found = (look_into(name, texts) for name, texts in values.items())
    return [column for column in found if column is not None]


def look_into(name: str, texts: Sequence[str]) -> PersonalColumn | None:
    counted: Counter[Kind] = Counter()
    for text in texts:
        counted.update({one.kind for one in find_personal_data(text[:LETTERS_READ])})
    kinds = {
        kind: count
        for kind, count in counted.items()
        if count >= len(texts) * LEAST_SHARE.get(kind, USUAL_SHARE)
    }
    if not kinds and not (texts and HEADING.search(name)):
        return None
    return PersonalColumn(name, kinds, len(texts))
