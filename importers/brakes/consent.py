"""Whether somebody has said that what a brake tells is meant."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from importers.brakes.brake import Brake
from importers.errors import OpenQuestions


@dataclass(frozen=True, kw_only=True)
class Consent:
    """What somebody has agreed to: so many removals at most, and brakes by code; or everything.

    `agreed`: the digests of brakes, by their code, that were shown to whoever agreed.
    """

    removes: int = 0
    to: frozenset[str] = frozenset()
    everything: bool = False
    agreed: Mapping[str, str] = field(default_factory=dict)

    def covers(self, brake: Brake) -> bool:
        if self.everything or brake.code in self.to:
            return True
        if self.agreed.get(brake.code) == brake.digest:
            return True
        return brake.code == "removes-many" and brake.count <= self.removes


def list_open(brakes: Iterable[Brake], consent: Consent) -> list[Brake]:
    return [brake for brake in brakes if not consent.covers(brake)]


def require_consent(brakes: Iterable[Brake], consent: Consent) -> None:
    """Raises `OpenQuestions` with the brakes that nobody has answered for."""
    if found := list_open(brakes, consent):
        raise OpenQuestions(
            " ".join(brake.message for brake in found), brakes=[brake.as_json() for brake in found]
        )
