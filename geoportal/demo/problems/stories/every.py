"""All tales, and what organisations say, by category."""

from geoportal.demo.problems.categories.every import BY_CODE
from geoportal.demo.problems.stories import (
    green,
    lighting,
    roads,
    society,
    transport,
    utilities,
    waste,
    yards,
)
from geoportal.demo.problems.stories.describing import Tale, Talk

TALES: tuple[Tale, ...] = (
    *roads.TALES, *lighting.TALES, *waste.TALES, *utilities.WATER_TALES, *green.GREEN_TALES,
    *yards.TALES, *utilities.ENERGY_TALES, *transport.TALES, *society.SAFETY_TALES,
    *green.ANIMALS_TALES, *society.ACCESS_TALES, *society.SHELTER_TALES,
    *society.HERITAGE_TALES, *society.SOCIAL_TALES,
)  # fmt: skip
TALKS: dict[str, Talk] = {
    "roads": roads.TALK,
    "lighting": lighting.TALK,
    "waste": waste.TALK,
    "water": utilities.WATER_TALK,
    "green": green.GREEN_TALK,
    "yards": yards.TALK,
    "energy": utilities.ENERGY_TALK,
    "transport": transport.TALK,
    "safety": society.SAFETY_TALK,
    "animals": green.ANIMALS_TALK,
    "access": society.ACCESS_TALK,
    "shelter": society.SHELTER_TALK,
    "heritage": society.HERITAGE_TALK,
    "social": society.SOCIAL_TALK,
}


def talk_about(code: str) -> Talk:
    """What is said about problems of a category."""
    return TALKS[BY_CODE[code].parent]
