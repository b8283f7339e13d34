"""Pages of a list of problems by the place of their last row: the last is as fast as the first.

New rows that come in while somebody reads neither repeat a row nor hide one.
"""

import base64
import binascii
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic

from django.db.models import BooleanField, F, Func, Q, QuerySet, TextChoices, Value
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geoportal.core.errors import InvalidInput
from geoportal.problems.lists.filters import Row
from geoportal.problems.models import PublicFields
from geoportal.problems.workflow import ACTIVE, State

ROWS_A_PAGE = 20


class Sort(TextChoices):
    """Orders of the list; the last two show only problems that wait for something."""

    NEWEST = "newest", gettext_lazy("Newest first")
    VOTES = "votes", gettext_lazy("Most voices first")
    WAITING = "waiting", gettext_lazy("Longest not accepted")
    DEADLINE = "deadline", gettext_lazy("Nearest deadline")


@dataclass(frozen=True)
class Order:
    """`column`, then the number, both falling or both rising; never null under `only`."""

    column: str
    is_falling: bool
    only: Q
    read: Callable[[Any], object]


ORDERS = {
    Sort.NEWEST: Order("published_at", True, Q(published_at__isnull=False), datetime.fromisoformat),
    Sort.VOTES: Order("votes", True, Q(published_at__isnull=False), int),
    Sort.WAITING: Order("published_at", False, Q(state=State.OPEN), datetime.fromisoformat),
    Sort.DEADLINE: Order(
        "due_at", False, Q(due_at__isnull=False, state__in=ACTIVE), datetime.fromisoformat
    ),
}


@dataclass(frozen=True)
class ProblemPage(Generic[Row]):
    """Rows of one page; `after` and `before` are cursors, `None` where nothing is."""

    rows: tuple[Row, ...]
    after: str | None
    before: str | None


def _row(first: Combinable, second: Combinable) -> Func:
    return Func(first, second, template="(%(expressions)s)", output_field=BooleanField())


def _beyond(column: str, place: tuple[object, int], sign: str) -> Func:
    """`(column, id) < (x, y)`: one comparison of rows, which an index over both answers."""
    value, number = place
    return Func(
        _row(F(column), F("pk")),
        _row(Value(value), Value(number)),
        template="%(expressions)s",
        arg_joiner=f" {sign} ",
        output_field=BooleanField(),
    )


def parse_sort(text: str | None) -> Sort:
    """The named order, the newest first where none is named. Raises `InvalidInput`."""
    if not text:
        return Sort.NEWEST
    if text not in Sort.values:
        raise InvalidInput(
            _("There is no order “%(value)s”.") % {"value": text},
            errors={"sort": _("Choose from the list.")},
        )
    return Sort(text)


def get_page(
    problems: QuerySet[Row],
    sort: Sort,
    *,
    after: str | None = None,
    before: str | None = None,
    size: int = ROWS_A_PAGE,
) -> ProblemPage[Row]:
    """The page after or before a cursor. Raises `InvalidInput` for a cursor that is not ours.

    Indexes: problems_published, problems_by_votes, problems_by_state, problems_by_deadline.
    """
    order = ORDERS[sort]
    backwards = before is not None
    cursor = before or after
    is_falling = order.is_falling != backwards
    found = problems.filter(order.only).order_by(
        *(f"{'-' if is_falling else ''}{column}" for column in (order.column, "pk"))
    )
    if cursor:
        place = read_cursor(cursor, sort)
        found = found.filter(_beyond(order.column, place, "<" if is_falling else ">"))
    rows = _fetch(found, size + 1)
    more, rows = len(rows) > size, rows[:size]
    if backwards:
        rows.reverse()
    return ProblemPage(
        rows=tuple(rows),
        after=write_cursor(rows[-1], sort) if rows and (backwards or more) else None,
        before=write_cursor(rows[0], sort) if rows and (more if backwards else cursor) else None,
    )


def _fetch(found: QuerySet[Row], size: int) -> list[Row]:
    """Numbers first, along the index and without joins, then their rows.

    PostgreSQL takes a row comparison for one on its first column, and where many rows share its
    value (no voices) it expects next to none: with the joins it would read and sort them all.
    """
    bare = found.select_related(None).prefetch_related(None)
    numbers = list(bare.values_list("pk", flat=True)[:size])
    rows = {row.pk: row for row in found.order_by().filter(pk__in=numbers)} if numbers else {}
    return [rows[number] for number in numbers if number in rows]


def list_in_order(problems: QuerySet[Row], sort: Sort) -> QuerySet[Row]:
    """Only what the order shows: for counts beside the pages."""
    return problems.filter(ORDERS[sort].only)


def write_cursor(problem: PublicFields, sort: Sort) -> str:
    """The place of a row in its order, as text that is safe in a URL."""
    value = getattr(problem, ORDERS[sort].column)
    place = value.isoformat() if isinstance(value, datetime) else value
    text = json.dumps([sort.value, place, problem.pk], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_cursor(cursor: str, sort: Sort) -> tuple[object, int]:
    """Value of the column and number; raises `InvalidInput`."""
    try:
        text = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
        name, place, number = json.loads(text)
        if name != sort.value or not isinstance(number, int) or abs(number) >= 2**63:
            raise ValueError
        return _read_place(sort, place), number
    except (ValueError, TypeError, binascii.Error, RecursionError):
        raise InvalidInput(
            _("This page of the list is not there any more. Start from the first.")
        ) from None


def _read_place(sort: Sort, place: object) -> object:
    """Raises `ValueError`, `TypeError` for what the column cannot hold."""
    value = ORDERS[sort].read(place)
    if isinstance(value, datetime) and (value.tzinfo is None or not 1970 < value.year < 9000):
        raise ValueError
    if isinstance(value, int) and abs(value) >= 2**31:
        raise ValueError
    return value
