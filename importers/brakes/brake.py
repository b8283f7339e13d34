"""What stops an import until somebody has said that it is meant."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from geoportal.interface.formats import show_numbers

# code → what people read; %(count)s is the brake's own.
BRAKES: dict[str, str | Promise] = {
    "removes-many": ngettext_lazy(
        "%(count)s of the %(standing)s features of the layer is not in the file and would be"
        " removed.",
        "%(count)s of the %(standing)s features of the layer are not in the file and would be"
        " removed.",
        "count",
    ),
    "no-shared-column": _(
        "The file and the layer share no column: none of the layer's fields would be filled."
    ),
    "leaves-community": _(
        "Only %(share)s of the places lie in the community or near it; the layer would leave it."
    ),
    "personal-data": _("Everyone would read what looks like personal data: %(found)s."),
    "places-left": ngettext_lazy(
        "The territories would shrink: %(count)s open problem would lie in none of them.",
        "The territories would shrink: %(count)s open problems would lie in none of them.",
        "count",
    ),
}
NAMES_KEPT = 200
TOLD = ("code", "count", "names", "params")


class BrakeJson(TypedDict):
    """A brake for machines; `names`: the first of what it is about, `count`: how many in all."""

    code: str
    message: str
    count: int
    names: list[str]


@dataclass(frozen=True)
class Brake:
    """`count`: of what the brake is about; `names`: the first of them; `params`: of its words.

    `about`: a digest of all of them, where `names` may not be all.
    """

    code: str
    count: int = 0
    names: tuple[str, ...] = ()
    params: Mapping[str, object] = field(default_factory=dict)
    about: str = ""

    @property
    def digest(self) -> str:
        """The same as long as it is about the same: who agreed to one has agreed to the other."""
        kept = self.as_kept()
        told = [self.code, self.about] if self.about else [kept[name] for name in TOLD]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]

    @property
    def message(self) -> str:
        """In the active language."""
        params = show_numbers({"count": self.count} | dict(self.params), "count", "standing")
        words: Any = BRAKES[self.code]
        return str(words % params)

    def as_json(self) -> BrakeJson:
        return {
            "code": self.code,
            "message": self.message,
            "count": self.count,
            "names": list(self.names),
        }

    def as_kept(self) -> dict[str, object]:
        """As a stage keeps it: without words, which come in the language of who reads."""
        params = {name: str(value) for name, value in self.params.items()}
        return vars(self) | {"names": list(self.names), "params": params}


def read_kept(kept: Sequence[Mapping[str, object]]) -> list[Brake]:
    """The brakes that `as_kept` wrote."""
    return [
        Brake(
            code=str(one["code"]),
            count=int(str(one["count"])),
            names=tuple(one["names"]),  # type: ignore[arg-type]
            params=one["params"],  # type: ignore[arg-type]
            about=str(one.get("about", "")),
        )
        for one in kept
    ]
