"""Where a problem may be: a place of the town's plan with the words that tell where it is."""

from dataclasses import dataclass

from geoportal.demo.problems.declension import genitive, locative, quoted, shortened
from geoportal.demo.town.plane import Geometry
from geoportal.demo.town.town import TOWN

TITLE_MAX_LENGTH = 120


@dataclass(frozen=True)
class Site:
    """A point in metres of the plane; `name` of a stop, a park, a school, empty for a street."""

    kind: str
    point: Geometry
    thoroughfare: str
    number: str
    settlement: str
    name: str = ""
    other: str = ""

    @property
    def in_town(self) -> bool:
        return self.settlement == TOWN

    @property
    def address(self) -> str:
        """As the nearest house has it: «вул. Соборна, 12», a village before it."""
        return f"{self.street}, {self.number}"

    @property
    def registered_address(self) -> str:
        """As the address register labels the house: «вулиця Соборна, 12, Лугомир»."""
        village = "" if self.in_town else f", {self.settlement}"
        return f"{self.thoroughfare}, {self.number}{village}"

    @property
    def street(self) -> str:
        village = "" if self.in_town else f"с. {self.settlement}, "
        return village + shortened(self.thoroughfare)

    def slots(self) -> dict[str, str]:
        """Words for titles and texts: «{on}» is «на вулиці Соборній у селі Лугомир»."""
        preposition = "у" if self.thoroughfare.startswith("провулок") else "на"
        on = f"{preposition} {locative(self.thoroughfare)}"
        if not self.in_town:
            on += f" у селі {self.settlement}"
        return {
            "on": on,
            "On": on[0].upper() + on[1:],
            "of": genitive(self.thoroughfare),
            "street": self.street,
            "address": self.address,
            "number": self.number,
            "name": self._quoted_name() if self.kind in ("stop", "school") else self.name,
            "other": shortened(self.other),
            "settlement": self.settlement if self.in_town else f"с. {self.settlement}",
        }

    def _quoted_name(self) -> str:
        return quoted(self.name.replace("Заклад дошкільної освіти", "Дитячий садок"))
