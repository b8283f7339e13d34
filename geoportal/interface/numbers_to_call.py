"""Emergency numbers of a community, checked before they stand on every form of a report."""

import re
from typing import Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PHONE: Final = re.compile(r"\+?[\d ()-]*\d[\d ()-]*")
LONGEST_PHONE: Final = 24
MEMBERS: Final = {"number", "title_uk", "title_en"}


def check_numbers(numbers: object) -> None:
    """Raises Django's `ValidationError` for what cannot be shown or dialled."""
    if not isinstance(numbers, list) or not all(map(is_number_to_call, numbers)):
        raise ValidationError(
            _("Write a list of {“number”: “112”, “title_uk”: “…”, “title_en”: “…”}.")
        )


def is_number_to_call(entry: object) -> bool:
    if not isinstance(entry, dict) or not set(entry) <= MEMBERS:
        return False
    number, title = entry.get("number"), entry.get("title_uk")
    return (
        isinstance(number, str)
        and len(number) <= LONGEST_PHONE
        and PHONE.fullmatch(number) is not None
        and isinstance(title, str)
        and bool(title.strip())
        and isinstance(entry.get("title_en", ""), str)
    )
