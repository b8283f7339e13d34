"""What packages above draw on the whole map in place of a layer's own style: a registry.

Problems are drawn by counts and signs from tiles of their own; tiles know nothing of problems.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

StyleLayer = dict[str, object]


@dataclass(frozen=True)
class Drawn:
    """Sources by id, style layers from the bottom up, and pictures named by expressions only."""

    sources: Mapping[str, dict[str, object]]
    layers: Sequence[StyleLayer]
    images: Sequence[str] = ()


Draw = Callable[[str, str], Drawn]
_parts: dict[str, Draw] = {}


def register_part(slug: str, draw: Draw) -> None:
    """`draw(theme, base_url)` stands for the style of the layer `slug`, above all layers."""
    _parts[slug] = draw


def find_part(slug: str) -> Draw | None:
    return _parts.get(slug)
