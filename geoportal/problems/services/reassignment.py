"""When borders or rules change, problems being worked on are joined again, set-based.

Everything is found in temporary tables first, so a preview is the same work without the writing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.core.sql import execute_sql
from geoportal.problems.deadlines import acceptance_due
from geoportal.problems.models import Category, RoutingDecision
from geoportal.problems.projection import project_problems
from geoportal.problems.signals import problems_rerouted
from geoportal.problems.terms import get_calendar, get_terms
from layers.models import Layer

PACKAGE = "geoportal.problems"
TABLES = ("affected", "placed", "shifted", "regrouped", "groups", "moves")


@dataclass(frozen=True)
class Move:
    """So many open problems go from one executor to another ('' is nobody); `kept` were taken
    already, or given by hand, and stay.
    """

    old: str
    new: str
    moved: int
    kept: int


@dataclass(frozen=True)
class Reassignment:
    """What a new join found: problems looked at, those whose territories differ, the moves."""

    considered: int
    shifted: int
    moves: tuple[Move, ...] = field(default_factory=tuple)

    @property
    def moved(self) -> int:
        return sum(move.moved for move in self.moves)

    @property
    def kept(self) -> int:
        return sum(move.kept for move in self.moves)


@transaction.atomic
def reassign_problems(
    *,
    layer: Layer | None = None,
    touched: Sequence[str] | None = None,
    cause: str = RoutingDecision.Cause.RULES,
    dry_run: bool = False,
    at: datetime | None = None,
) -> Reassignment:
    """Join open and accepted problems with territories again and move those that belong elsewhere.

    `layer`: only this territory layer is joined. `touched`: only problems in these of its
    territories (keys) are looked at, and the rules are taken to be as they were. Without them
    everything is looked at. Accepted problems stay with who took them; the decision says so.
    A dry run counts and writes nothing.
    """
    at = at or timezone.now()
    territories = Layer.objects.filter(kind=Layer.Kind.TERRITORY)
    layers = [layer.pk] if layer else list(territories.values_list("pk", flat=True))
    with connection.cursor() as cursor:
        found = _find(cursor, layer, layers, touched, lock=not dry_run)
        if not dry_run and (found.shifted or found.moves):
            _write(cursor, cause, at)
        for table in TABLES:
            cursor.execute(f"DROP TABLE pg_temp.problems_{table}")
    return found


def _find(
    cursor: CursorWrapper,
    layer: Layer | None,
    layers: Sequence[int],
    touched: Sequence[str] | None,
    *,
    lock: bool,
) -> Reassignment:
    limits = {
        "layer": layer.pk if layer else None,
        "touched": list(touched) if layer and touched is not None else None,
    }
    execute_sql(cursor, PACKAGE, "find_affected", limits)
    considered = cursor.rowcount
    cursor.execute("ANALYZE problems_affected")
    if lock:
        execute_sql(cursor, PACKAGE, "lock_affected")
    joined = {"layers": list(layers)}
    execute_sql(cursor, PACKAGE, "place_affected", joined)
    cursor.execute("ANALYZE problems_placed")
    execute_sql(cursor, PACKAGE, "find_shifts", joined)
    cursor.execute("ANALYZE problems_shifted")
    shifted = _count(cursor, "SELECT count(DISTINCT problem_id) FROM problems_shifted")
    if limits["touched"] is not None:
        execute_sql(cursor, PACKAGE, "keep_shifted")
        cursor.execute("ANALYZE problems_affected")
    execute_sql(cursor, PACKAGE, "regroup_affected", joined)
    cursor.execute("ANALYZE problems_regrouped")
    execute_sql(cursor, PACKAGE, "group_candidates")
    cursor.execute("ANALYZE problems_groups")
    execute_sql(cursor, PACKAGE, "find_moves")
    cursor.execute("ANALYZE problems_moves")
    execute_sql(cursor, PACKAGE, "count_moves")
    return Reassignment(considered, shifted, tuple(Move(*row) for row in cursor.fetchall()))


def _count(cursor: CursorWrapper, statement: str) -> int:
    cursor.execute(statement)
    return int(cursor.fetchone()[0])


def _write(cursor: CursorWrapper, cause: str, at: datetime) -> None:
    calendar = get_calendar()
    categories = list(Category.objects.select_related("parent__parent"))
    execute_sql(cursor, PACKAGE, "store_shifts")
    execute_sql(cursor, PACKAGE, "insert_decisions", {"cause": cause, "at": at})
    execute_sql(cursor, PACKAGE, "end_moved_assignments", {"at": at})
    execute_sql(cursor, PACKAGE, "update_moved_roles")
    execute_sql(cursor, PACKAGE, "insert_moved_assignments", {"at": at})
    execute_sql(
        cursor,
        PACKAGE,
        "update_moved_problems",
        {
            "categories": [each.pk for each in categories],
            "dues": [acceptance_due(calendar, at, get_terms(each)) for each in categories],
        },
    )
    words = _("Another organisation answers for this place now.")
    execute_sql(cursor, PACKAGE, "insert_reroutes", {"words": words, "at": at})
    cursor.execute("SELECT problem_id, old_executor, new_executor FROM problems_moves WHERE moves")
    moved = cursor.fetchall()
    if moved:
        project_problems([number for number, _old, _new in moved], comment=words)
        transaction.on_commit(
            lambda: problems_rerouted.send(sender=RoutingDecision, moved=moved), robust=True
        )
