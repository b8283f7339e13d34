"""Numbers of public problems: by body, category, territory and month, under the list's filter.

Each line names the filter of the list that gives the same problems, so every number can be opened.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import (
    Aggregate,
    Avg,
    Case,
    Count,
    DateTimeField,
    F,
    FloatField,
    Func,
    Max,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation
from geoportal.problems.access import list_public_problems
from geoportal.problems.filters import ProblemFilter, TerritoryChoice, awaits_acceptance, is_overdue
from geoportal.problems.models import Category, Problem
from geoportal.problems.workflow import PUBLISHED, Resolution, State
from geoportal.problems.working_days import KYIV, kyiv_day
from layers.models import Layer


class Median(Aggregate):
    """The middle value, of an even count the mean of the middle two; NULLs do not count."""

    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


class DaysBetween(Func):
    """Days of 24 hours from the first moment to the second."""

    template = "(extract(epoch FROM %(expressions)s) / 86400.0)"
    arg_joiner = " - "
    output_field = FloatField()

    def __init__(self, start: str, end: str) -> None:
        super().__init__(F(end), F(start))


FINISHED = Q(resolution__in=(Resolution.SOLVED, Resolution.NOT_SOLVABLE))


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


def count_all(chosen: ProblemFilter) -> Line:
    """Everything under the filter, in one query."""
    row = _list_shown(chosen).aggregate(**_build_metrics())
    return _build_line(_("All together"), chosen, row)


def count_by_organisation(chosen: ProblemFilter) -> list[Line]:
    """By executor, the most problems first; those that nobody holds yet have a line too."""
    rows = _list_shown(chosen).values("organisation").annotate(**_build_metrics())
    names = Organisation.objects.in_bulk([row["organisation"] for row in rows])
    lines = []
    for row in rows:
        organisation = names.get(row["organisation"])
        line_filter = None
        if organisation is not None and chosen.organisation in ("", organisation.slug):
            line_filter = replace(chosen, organisation=organisation.slug)
        title = organisation.name if organisation is not None else _("No organisation yet")
        lines.append(_build_line(title, line_filter, row))
    return sorted(lines, key=lambda line: (-line.total, line.title))


def count_by_category(chosen: ProblemFilter) -> list[Line]:
    """Groups in the order of the tree, under each its categories (`depth` 1 and more)."""
    tree = _Tree(Category.objects.order_by("position", "code"))
    shown = _list_shown(chosen)
    by_root = _read_rows(
        shown.annotate(root=_name_root(tree)).values("root").annotate(**_build_metrics()), "root"
    )
    by_leaf = _read_rows(shown.values("category").annotate(**_build_metrics()), "category")
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


def count_by_territory(chosen: ProblemFilter, layer: Layer) -> list[Line]:
    """By the territories of one layer, by name; a problem outside all of them has no line."""
    rows = (
        _list_shown(chosen)
        .filter(territories__layer=layer)
        .values(key=F("territories__key"))
        .annotate(title=Max("territories__title"), **_build_metrics())
    )
    lines = []
    for row in rows:
        choice = TerritoryChoice(layer.slug, layer.pk, row["key"])
        line_filter = replace(chosen, territory=choice)
        is_other = chosen.territory not in (None, choice)
        lines.append(_build_line(row["title"], None if is_other else line_filter, row))
    return sorted(lines, key=lambda line: line.title)


def count_by_month(chosen: ProblemFilter) -> list[Line]:
    """By the month of publication in Kyiv, the earliest first; months without problems too."""
    rows = (
        _list_shown(chosen)
        .values(month=TruncMonth("published_at", tzinfo=KYIV, output_field=DateTimeField()))
        .annotate(**_build_metrics())
    )
    by_month = {_read_month(row["month"]): row for row in rows}
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


def _list_shown(chosen: ProblemFilter) -> QuerySet[Problem]:
    return chosen.apply(list_public_problems()).order_by()


def _build_metrics() -> dict[str, Aggregate]:
    """The columns of every table; problems joined with others do not count as closed in time."""
    counts = {f"in_{state}": Count("pk", filter=Q(state=state)) for state in PUBLISHED}
    return {
        "total": Count("pk"),
        **counts,
        "overdue": Count("pk", filter=is_overdue()),
        "days_to_acceptance": Median(
            DaysBetween("published_at", "accepted_at"), filter=~awaits_acceptance()
        ),
        "days_to_closing": Median(DaysBetween("published_at", "closed_at"), filter=FINISHED),
        "mean_rating": Avg("rating"),
        "rated": Count("rating"),
    }


def _build_line(
    title: str, chosen: ProblemFilter | None, row: Mapping[str, Any], depth: int = 0
) -> Line:
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


def _read_rows(rows: Iterable[Any], name: str) -> dict[int, Mapping[str, Any]]:
    return {row[name]: row for row in rows}


def _read_month(moment: datetime) -> date:
    return kyiv_day(moment).replace(day=1)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


class _Tree:
    """Categories by parent, walked without a query more."""

    def __init__(self, categories: Iterable[Category]) -> None:
        self.children: dict[int | None, list[Category]] = {}
        for category in categories:
            self.children.setdefault(category.parent_id, []).append(category)

    @property
    def roots(self) -> Sequence[Category]:
        return self.children.get(None, [])

    def list_in_order(
        self, parent: int | None = None, depth: int = 0
    ) -> list[tuple[Category, int]]:
        walked: list[tuple[Category, int]] = []
        for category in self.children.get(parent, []):
            walked.append((category, depth))
            walked += self.list_in_order(category.pk, depth + 1)
        return walked

    def list_under(self, category: int) -> tuple[int, ...]:
        """Itself and all below, by id."""
        below = [each.pk for each, _depth in self.list_in_order(category)]
        return tuple(sorted([category, *below]))


def _name_root(tree: _Tree) -> Case:
    return Case(
        *(When(category__in=tree.list_under(root.pk), then=Value(root.pk)) for root in tree.roots)
    )
