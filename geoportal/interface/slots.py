"""Slots of the base template: packages above fill them, so that it knows none of them."""

from bisect import insort
from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum


class Slot(StrEnum):
    """Where a page has room: ways to the sections, the account, notices, the foot of the page."""

    SECTIONS = "sections"
    ACCOUNT = "account"
    NOTICES = "notices"
    FOOTER = "footer"


@dataclass(frozen=True, order=True)
class Piece:
    """A template that is drawn with the context of the page; the lowest `order` comes first."""

    order: int
    template: str


_pieces: defaultdict[Slot, list[Piece]] = defaultdict(list)


def fill_slot(slot: Slot, template: str, *, order: int = 0) -> None:
    """An app says it once, in its `ready()`."""
    piece = Piece(order, template)
    if piece not in _pieces[slot]:
        insort(_pieces[slot], piece)


def list_pieces(slot: Slot) -> list[str]:
    """Names of the templates in their order."""
    return [piece.template for piece in _pieces[slot]]
