"""Invented people."""

from geoportal.demo import names
from geoportal.demo.town.randomness import stream


def invent_person(subject: str) -> str:
    """A full name: surname, first name, patronymic; the same for the same subject."""
    chance = stream(f"person/{subject}")
    return " ".join((chance.choice(names.SURNAMES), *chance.choice(names.FIRST_NAMES)))
