"""The checks there are. A new one is a module with `begin`, and its line here.

`begin` gives the check for an import where it makes sense there, and reads from the database what
the check needs: rows are seen in another thread, which has another connection.
"""

from collections.abc import Callable, Iterator

from importers.checks import community, duplicates, near, spelling, territories
from importers.checks.code_lists import check as code_lists
from importers.checks.context import CheckContext
from importers.loading.seen import RowCheck

CHECKS: dict[Callable[[CheckContext], Iterator[RowCheck]], tuple[str, ...]] = {
    community.begin: ("outside-boundary", "rows-outside-boundary", "axes-look-swapped"),
    duplicates.begin: ("duplicate-row",),
    near.begin: ("near-duplicate",),
    code_lists.begin: code_lists.CODES,
    spelling.begin: ("spelling-varies",),
    territories.begin: (
        "territory-overlap",
        "territory-gap",
        "territory-sliver",
        "territory-edges",
        "territory-uncovered",
        "territory-outside",
        "territory-unchecked",
    ),
}


def begin_checks(context: CheckContext) -> tuple[RowCheck, ...]:
    """Those that an import of this kind goes through."""
    return tuple(check for begin in CHECKS for check in begin(context))
