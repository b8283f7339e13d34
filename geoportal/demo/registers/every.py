"""Every layer of the demo community, in the order in which they are written."""

from collections.abc import Iterator

from geoportal.demo.dataset import Dataset
from geoportal.demo.registers.ground import build_ground
from geoportal.demo.registers.thoroughfares import build_addresses_layer, build_streets_layer
from geoportal.demo.town.town import build_town


def build_datasets(scale: int = 1) -> Iterator[Dataset]:
    """Layers with their rows; `scale` multiplies trees, addresses and waste containers."""
    town = build_town()
    yield from build_ground(town)
    yield build_streets_layer(town)
    yield build_addresses_layer(town, scale)
