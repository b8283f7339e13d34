"""Addresses of an import that were not found: which there are, and where a person has put them."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from importers.models import Import
from importers.stages.answers import PLACED_MAX
from importers.stages.selectors import list_issues
from importers.stages.services import answer_import

# Remarks about rows that have an address and stay without a place.
UNPLACED = ("address-unknown", "address-no-house", "address-street-only", "address-ambiguous")
BY_HAND = "address-placed"


@dataclass(frozen=True)
class OpenAddress:
    """`rows` of the file with this address; `lonlat`: where it was put, in degrees, or `None`."""

    text: str
    code: str
    rows: tuple[int, ...]
    lonlat: tuple[float, float] | None = None


def list_open_addresses(import_: Import) -> list[OpenAddress]:
    """As the last check found them, in the order of the file; those placed by hand among them."""
    rows: dict[str, list[int]] = defaultdict(list)
    codes: dict[str, str] = {}
    remarks = (
        list_issues(import_)
        .filter(code__in=(*UNPLACED, BY_HAND))
        .exclude(row=None)
        .order_by("row", "id")
    )
    for code, row, params in remarks.values_list("code", "row", "params"):
        text = str(params.get("address", ""))
        codes.setdefault(text, code)
        rows[text].append(int(row or 0))
    placed = import_.answers.get("placed", {})
    return [
        OpenAddress(
            text, codes[text], tuple(numbers), tuple(placed[text]) if text in placed else None
        )
        for text, numbers in rows.items()
    ]


def count_unplaced(import_: Import) -> int:
    """Rows that the page of placing is for."""
    return list_issues(import_).filter(code__in=UNPLACED).count()


def place_addresses(
    import_: Import, places: Mapping[str, Sequence[float] | None]
) -> tuple[Import, int]:
    """Keep what a person has placed beside what there is; `None` takes a place back.

    Rows are checked again where something changed; how many addresses did. Raises as
    `answer_import`.
    """
    standing: dict[str, list[float]] = import_.answers.get("placed", {})
    wanted = {text: list(place) for text, place in standing.items() if text not in places}
    wanted |= {text: list(place) for text, place in places.items() if place is not None}
    changed = [text for text in {*standing, *wanted} if standing.get(text) != wanted.get(text)]
    if not changed:
        return import_, 0
    kept = dict(list(wanted.items())[-PLACED_MAX:])
    return answer_import(import_=import_, answers={"placed": kept or None}), len(changed)
