"""What files are uploaded for: packages above say who may send them and how large they may be."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from geoportal.accounts.policies import Actor
from geoportal.core.errors import NotFound

_purposes: dict[str, "Purpose"] = {}


@dataclass(frozen=True)
class Purpose:
    """`name` stands in the address; `bytes_max` says the largest file there may be."""

    name: str
    may_send: Callable[[Actor], bool]
    bytes_max: Callable[[], int]


def register_purpose(purpose: Purpose) -> None:
    """Called by `ready` of the application that takes the files."""
    _purposes[purpose.name] = purpose


def get_purpose(name: str) -> Purpose:
    """Raises `NotFound`."""
    if name not in _purposes:
        raise NotFound(_("There is no such page."))
    return _purposes[name]
