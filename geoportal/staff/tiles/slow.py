"""The slowest tiles of layers that a person of the workplace keeps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from geoportal.accounts.policies import Actor
from layers.access import list_layers_for
from tiles.slowest import Slow, list_slowest


@dataclass(frozen=True)
class SlowLine:
    slow: Slow
    titles: list[str]

    @property
    def at(self) -> datetime:
        return datetime.fromtimestamp(self.slow.at, UTC)

    @property
    def milliseconds(self) -> int:
        return round(self.slow.seconds * 1000)


def list_slow_lines(actor: Actor, slugs: Sequence[str]) -> list[SlowLine]:
    """Tiles with one of `slugs`, and with no layer that the actor does not see."""
    seen = {layer.slug: layer.title for layer in list_layers_for(actor)}
    return [
        SlowLine(slow, [seen[name] for name in slow.names])
        for slow in list_slowest(seen)
        if not set(slugs).isdisjoint(slow.names)
    ]
