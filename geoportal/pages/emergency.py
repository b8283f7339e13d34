"""Numbers to call when a map cannot help."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geoportal.interface.community import find_community, list_numbers
from geoportal.pages.models import is_english

# What an editor writes where the numbers belong.
MARK = re.compile(r"\{\{ *emergency_numbers *\}\}")


@dataclass(frozen=True)
class EmergencyNumber:
    """`href` is what a phone dials."""

    number: str
    title: str
    href: str


def list_emergency_numbers() -> list[EmergencyNumber]:
    """Those of the community in their order, in the active language."""
    return [
        EmergencyNumber(
            number=entry["number"],
            title=(is_english() and entry.get("title_en")) or entry["title_uk"],
            href="tel:" + re.sub(r"[^\d+]", "", entry["number"]),
        )
        for entry in list_numbers(find_community())
    ]


def list_numbers_in(text: str, numbers: Sequence[EmergencyNumber]) -> list[EmergencyNumber]:
    """Those that a hint names, in its order; without a hint the first of all."""
    known = {each.number: each for each in numbers}
    named = [known[word] for word in dict.fromkeys(re.findall(r"\d+", text)) if word in known]
    return named if text else list(numbers[:1])


def insert_emergency_numbers(body: str) -> str:
    """Markdown in which the mark has become a list of the numbers."""
    lines = [
        f"- [**{each.number}**]({each.href}) – {each.title}" for each in list_emergency_numbers()
    ]
    return MARK.sub(lambda _match: "\n".join(lines), body)
