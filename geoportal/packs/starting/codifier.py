"""A community by its code in the codifier of administrative units (KATOTTG, order 290, 2020)."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput
from importers.checks.code_lists.codifier import CODE, read_codifier

HROMADA: Final = "H"
CLASSES: Final = {"M": "місто", "T": "селище", "X": "селище", "C": "село"}
KINDS: Final = {"M": "міська", "T": "селищна", "X": "селищна", "C": "сільська"}


@dataclass(frozen=True)
class Settlement:
    """`category`: M for a town, X (once T) for a settlement, C for a village."""

    code: str
    category: str
    name: str

    @property
    def title(self) -> str:
        return CLASSES[self.category]


@dataclass(frozen=True)
class Hromada:
    """A community with its settlements, by their codes; the first one is its centre."""

    code: str
    name: str
    oblast: str
    raion: str
    settlements: tuple[Settlement, ...]

    @property
    def centre(self) -> Settlement:
        return self.settlements[0]

    @property
    def kind(self) -> str:
        """міська, селищна or сільська, as its centre is."""
        return KINDS[self.centre.category]


def find_hromada(path: Path, code: str) -> Hromada:
    """Raises `InvalidInput` for a file without the community."""
    if not CODE.fullmatch(code):
        raise InvalidInput(_("A KATOTTG code is UA and 17 digits."), parameter="katottg")
    names: dict[str, str] = {}
    found: tuple[str, ...] = ()
    settlements = []
    for levels, category, name in read_codifier(path):
        names[levels[-1]] = name
        if levels[-1] == code:
            if category != HROMADA:
                raise InvalidInput(
                    _("%(code)s is no community but “%(name)s”; take the code of its community.")
                    % {"code": code, "name": name},
                    parameter="katottg",
                )
            found = levels
        elif code in levels and category in CLASSES:
            settlements.append(Settlement(levels[-1], category, name))
    if not found or not settlements:
        raise InvalidInput(
            _("The codifier has no community %(code)s.") % {"code": code}, parameter="katottg"
        )
    ordered = tuple(sorted(settlements, key=lambda each: each.code))
    return Hromada(code, names[code], names[found[0]], names[found[1]], ordered)
