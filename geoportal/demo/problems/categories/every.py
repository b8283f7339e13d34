"""The whole tree in the order in which it is shown."""

from geoportal.demo.problems.categories.describing import InventedCategory
from geoportal.demo.problems.categories.environment import ANIMALS, GREEN, WASTE
from geoportal.demo.problems.categories.society import (
    ACCESS,
    HERITAGE,
    SAFETY,
    SHELTERS,
    SOCIAL,
    YARDS,
)
from geoportal.demo.problems.categories.streets import LIGHTING, ROADS, TRANSPORT
from geoportal.demo.problems.categories.utilities import ENERGY, WATER

CATEGORIES: tuple[InventedCategory, ...] = (
    *ROADS, *LIGHTING, *WASTE, *WATER, *GREEN, *YARDS, *ENERGY, *TRANSPORT,
    *SAFETY, *ANIMALS, *ACCESS, *SHELTERS, *HERITAGE, *SOCIAL,
)  # fmt: skip
BY_CODE = {category.code: category for category in CATEGORIES}
LEAVES = tuple(category for category in CATEGORIES if category.parent)
