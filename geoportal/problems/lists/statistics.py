"""Numbers of public problems: by body, category, territory and month, under the list's filter.

Each line names the filter of the list that gives the same problems, so every number can be opened.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation
from geoportal.problems.lists.counting import Counts, Row
from geoportal.problems.lists.filters import ProblemFilter, TerritoryChoice
from geoportal.problems.workflow import PUBLISHED, State


@dataclass(frozen=True)
class Line:
    """One row of a table. Days are calendar days, `None` where nothing was measured.

    `chosen`: the filter of the list that shows these problems; `None` where no filter does.
    """

    title: str
    chosen: ProblemFilter | None
    total: int
    states: Mapping[str, int]
    overdue: int
    days_to_acceptance: float | None
    days_to_closing: float | None
    rating: float | None
    rated: int
    depth: int = 0

    @property
    def query(self) -> str | None:
        return self.chosen.as_query() if self.chosen is not None else None

    @property
    def overdue_query(self) -> str | None:
        return replace(self.chosen, overdue=True).as_query() if self.chosen is not None else None

    def list_states(self) -> list[tuple[State, int, str | None]]:
        """State, count, query of the list, in the order of the workflow."""
        return [
            (
                state,
                self.states[state],
                self.chosen.with_states(state).as_query() if self.chosen is not None else None,
            )
            for state in PUBLISHED
        ]


def list_all(counts: Counts) -> Line:
    """Everything under the filter."""
    (row,) = counts.list_rows("all")
    return _build_line(_("All together"), counts.chosen, row)


def list_by_organisation(counts: Counts) -> list[Line]:
    """By executor, the most problems first; those that nobody holds yet have a line too."""
    chosen, rows = counts.chosen, counts.list_rows("organisation")
    names = Organisation.objects.in_bulk([row["id"] for row in rows])
    lines = []
    for row in rows:
        organisation = names.get(row["id"])
        line_filter = None
        if organisation is not None and chosen.organisation in ("", organisation.slug):
            line_filter = replace(chosen, organisation=organisation.slug)
        title = organisation.name if organisation is not None else _("No organisation yet")
        lines.append(_build_line(title, line_filter, row))
    return sorted(lines, key=lambda line: (-line.total, line.title))


def list_by_category(counts: Counts) -> list[Line]:
    """Groups in the order of the tree, under each its categories (`depth` 1 and more)."""
    chosen, tree = counts.chosen, counts.tree
    by_root = {row["id"]: row for row in counts.list_rows("root")}
    by_leaf = {row["id"]: row for row in counts.list_rows("category")}
    lines = []
    for category, depth in tree.list_in_order():
        row = by_root.get(category.pk) if depth == 0 else by_leaf.get(category.pk)
        if row is None:
            continue
        under = tree.list_under(category.pk)
        narrowed = replace(chosen, category=category.code, categories=under)
        if chosen.category and not set(under) <= set(chosen.categories):
            narrowed = chosen
        lines.append(_build_line(category.title, narrowed, row, depth))
    return lines


def list_by_territory(counts: Counts) -> list[Line]:
    """By the territories of the layer, by name; a problem outside all of them has no line."""
    chosen, layer = counts.chosen, counts.layer
    lines = []
    for row in counts.list_rows("territory"):
        if layer is None or row["territory"] is None:
            continue
        choice = TerritoryChoice(layer.slug, layer.pk, row["territory"])
        line_filter = replace(chosen, territory=choice)
        is_other = chosen.territory not in (None, choice)
        lines.append(_build_line(row["title"], None if is_other else line_filter, row))
    return sorted(lines, key=lambda line: line.title)


def list_by_month(counts: Counts) -> list[Line]:
    """By the month of publication in Kyiv, the earliest first; months without problems too."""
    chosen = counts.chosen
    by_month: dict[date, Row] = {row["month"]: row for row in counts.list_rows("month")}
    if not by_month:
        return []
    lines = []
    first = min(by_month)
    while first <= max(by_month):
        following = _next_month(first)
        since = max(first, chosen.since or first)
        until = min(following - timedelta(days=1), chosen.until or date.max)
        line_filter = replace(chosen, since=since, until=until)
        title = date_format(first, "F Y")
        lines.append(_build_line(title, line_filter, by_month.get(first, {})))
        first = following
    return lines


def _build_line(title: str, chosen: ProblemFilter | None, row: Row, depth: int = 0) -> Line:
    return Line(
        title=title,
        chosen=chosen,
        total=row.get("total", 0),
        states={state: row.get(f"in_{state}", 0) for state in PUBLISHED},
        overdue=row.get("overdue", 0),
        days_to_acceptance=row.get("days_to_acceptance"),
        days_to_closing=row.get("days_to_closing"),
        rating=row.get("mean_rating"),
        rated=row.get("rated", 0),
        depth=depth,
    )


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
