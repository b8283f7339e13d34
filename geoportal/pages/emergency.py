"""Numbers to call when a map cannot help."""

import re
from dataclasses import dataclass

from django.conf import settings

from geoportal.pages.models import is_english

# What an editor writes where the numbers of the setting belong.
MARK = re.compile(r"\{\{ *emergency_numbers *\}\}")


@dataclass(frozen=True)
class EmergencyNumber:
    """`href` is what a phone dials."""

    number: str
    title: str
    href: str


def list_emergency_numbers() -> list[EmergencyNumber]:
    """Those of the setting in their order, in the active language."""
    return [
        EmergencyNumber(
            number=entry["number"],
            title=(is_english() and entry.get("title_en")) or entry["title_uk"],
            href="tel:" + re.sub(r"[^\d+]", "", entry["number"]),
        )
        for entry in settings.EMERGENCY_NUMBERS
    ]


def is_emergency_number(entry: object) -> bool:
    """Whether an entry of the setting can be shown and dialled."""
    if not isinstance(entry, dict):
        return False
    number, title = entry.get("number"), entry.get("title_uk")
    return (
        isinstance(number, str)
        and re.fullmatch(r"\+?[\d ()-]{2,24}", number) is not None
        and any(map(str.isdigit, number))
        and isinstance(title, str)
        and bool(title.strip())
        and isinstance(entry.get("title_en", ""), str)
    )


def insert_emergency_numbers(body: str) -> str:
    """Markdown in which the mark has become a list of the numbers."""
    lines = [
        f"- [**{each.number}**]({each.href}) – {each.title}" for each in list_emergency_numbers()
    ]
    return MARK.sub(lambda _match: "\n".join(lines), body)
