"""Rules of responsibility and oversight as CSV."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

from geoportal.packs.tables import OVERSIGHT, RESPONSIBILITY
from geoportal.problems.models import Oversight, Responsibility


def write_responsibilities() -> str:
    rows = Responsibility.objects.select_related("organisation", "category", "territory_layer")
    return _write_csv(
        list(RESPONSIBILITY.keys),
        (
            [
                row.organisation.slug,
                row.category.code if row.category else "",
                row.territory_layer.slug if row.territory_layer else "",
                row.territory_key,
                row.role,
                row.priority,
                "true" if row.is_active else "false",
                row.note,
            ]
            for row in rows
        ),
    )


def write_oversight() -> str:
    rows = Oversight.objects.select_related("organisation", "territory_layer")
    return _write_csv(
        list(OVERSIGHT.keys),
        ([row.organisation.slug, row.territory_layer.slug, row.territory_key] for row in rows),
    )


def _write_csv(heading: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Sorted, so that the same rules are the same bytes; empty for no rows."""
    ordered = sorted([str(cell) for cell in row] for row in rows)
    if not ordered:
        return ""
    target = StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(ordered)
    return target.getvalue()
