"""Numbers of the problems under a filter, grouped every way at once by one pass over them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone

from geoportal.core.database.named_sql import execute_sql
from geoportal.problems.access import list_public_problems
from geoportal.problems.lists.filters import ProblemFilter
from geoportal.problems.models import Category
from geoportal.problems.workflow import Resolution
from layers.models import Layer

# Problems joined with others do not count as closed in time.
FINISHED = (Resolution.SOLVED, Resolution.NOT_SOLVABLE)
Row = Mapping[str, Any]


class Tree:
    """Categories by parent, walked without a query more."""

    def __init__(self, categories: Iterable[Category]) -> None:
        self.children: dict[int | None, list[Category]] = {}
        for category in categories:
            self.children.setdefault(category.parent_id, []).append(category)

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

    def find_roots(self) -> dict[int, int]:
        """The top above each category, by id."""
        tops = self.children.get(None, [])
        return {pk: top.pk for top in tops for pk in self.list_under(top.pk)}


@dataclass(frozen=True)
class Counts:
    """Rows of `count_problems.sql` by what they are grouped by; `layer`: of the territories."""

    chosen: ProblemFilter
    layer: Layer | None
    tree: Tree
    groups: Mapping[str, list[Row]] = field(default_factory=dict)

    def list_rows(self, grouped_by: str) -> list[Row]:
        return self.groups.get(grouped_by, [])


def count_problems(chosen: ProblemFilter, layer: Layer | None = None) -> Counts:
    """Public problems under the filter; by the territories of `layer` too where it is given."""
    tree = Tree(Category.objects.order_by("position", "code"))
    roots = tree.find_roots()
    values = {
        "numbers": _find_numbers(chosen),
        "layer": layer.pk if layer else None,
        "now": timezone.now(),
        "categories": list(roots),
        "roots": list(roots.values()),
        "finished": [each.value for each in FINISHED],
    }
    groups: dict[str, list[Row]] = {}
    with connection.cursor() as cursor:
        execute_sql(cursor, "geoportal.problems.lists", "count_problems", values)
        names = [column.name for column in cursor.description]
        for found in cursor.fetchall():
            row = dict(zip(names, found, strict=True))
            groups.setdefault(row["grouped_by"], []).append(row)
    return Counts(chosen, layer, tree, groups)


def _find_numbers(chosen: ProblemFilter) -> list[int] | None:
    """Ids of what the filter lets through; `None`: everything."""
    if not chosen:
        return None
    return list(chosen.apply(list_public_problems()).order_by().values_list("pk", flat=True))
