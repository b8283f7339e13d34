"""How a person is called on pages and in letters, and what may be called so."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.errors import InvalidInput
from geoportal.core.words.obscenities import find_obscenities

LONGEST_NAME = 60
# Parts of letters, joined by an apostrophe or a hyphen; a full stop ends an initial.
PART = r"[^\W\d_]+(?:[’'ʼ‘`\-‐‑][^\W\d_]+)*\.?"
NAME = re.compile(rf"{PART}(?: {PART})*")


def get_display_name(user: User) -> str:
    """First and last name; the e-mail of who has given none: for the person and for colleagues."""
    if user.deleted_at:
        return _("Deleted account")
    return user.get_full_name() or user.email


def tidy_name(text: str) -> str:
    """Composed letters and single spaces; a line break stays one, to be refused."""
    return re.sub(" +", " ", unicodedata.normalize("NFC", text)).strip(" ")


def is_name(text: str) -> bool:
    """Letters as people write their names: nothing that could be read or followed as more."""
    name = tidy_name(text)
    if len(name) > LONGEST_NAME or any(find_obscenities(name)):
        return False
    return NAME.fullmatch(name) is not None


def say_how_names_are() -> str:
    return _(
        "Write a name in letters, at most %(max)s: no digits, links or signs but an apostrophe and "
        "a hyphen."
    ) % {"max": LONGEST_NAME}


def validate_name(text: str) -> None:
    """For forms; an empty one is the form's own matter."""
    if not is_name(text):
        raise ValidationError(say_how_names_are(), code="name")


def read_name(text: str, field: str) -> str:
    """As it is kept; '' stays ''. Raises `InvalidInput` with `parameter`."""
    name = tidy_name(text)
    if name and not is_name(name):
        raise InvalidInput(say_how_names_are(), parameter=field)
    return name
