"""Every layer of the demo community, in the order in which they are written."""

from collections.abc import Iterator

from geoportal.demo.dataset import Dataset
from geoportal.demo.history import with_history
from geoportal.demo.registers.connection import build_connection
from geoportal.demo.registers.culture import build_culture
from geoportal.demo.registers.education import build_education
from geoportal.demo.registers.environment import build_environment
from geoportal.demo.registers.ground import build_ground
from geoportal.demo.registers.health import build_health
from geoportal.demo.registers.leisure import build_leisure
from geoportal.demo.registers.safety import build_safety
from geoportal.demo.registers.settlements import build_settlements_layer
from geoportal.demo.registers.territories import build_territory_layers
from geoportal.demo.registers.thoroughfares import build_addresses_layer, build_streets_layer
from geoportal.demo.registers.transport import build_transport
from geoportal.demo.registers.trees import build_tree_register
from geoportal.demo.town.gazetteer import build_gazetteer


def build_datasets(scale: int = 1) -> Iterator[Dataset]:
    """Layers with rows and history; `scale` multiplies trees, addresses and waste containers."""
    return map(with_history, _build(scale))


def _build(scale: int) -> Iterator[Dataset]:
    gazetteer = build_gazetteer()
    yield from build_ground(gazetteer.town)
    yield build_streets_layer(gazetteer.town)
    yield build_settlements_layer(gazetteer.town)
    yield from build_territory_layers(gazetteer.town)
    yield from build_health(gazetteer)
    yield from build_education(gazetteer)
    yield from build_environment(gazetteer, scale)
    yield from build_leisure(gazetteer)
    yield from build_culture(gazetteer)
    yield from build_connection(gazetteer)
    yield from build_transport(gazetteer)
    yield from build_safety(gazetteer)
    yield build_addresses_layer(gazetteer.town, scale)
    yield build_tree_register(gazetteer, scale)
