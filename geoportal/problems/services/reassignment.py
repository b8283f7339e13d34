"""When borders or rules change, problems being worked on are joined again, set-based.

Everything is found in temporary tables first, so a preview is the same work without the writing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.core.database.named_sql import execute_sql
from geoportal.problems.categories.deadlines import acceptance_due, solution_due
from geoportal.problems.categories.terms import get_calendar, get_terms
from geoportal.problems.history.projection import project_problems
from geoportal.problems.models import Category, RoutingDecision
from geoportal.problems.routing.deciding import hold_territories
from geoportal.problems.signals import problems_rerouted
from layers.models import Layer
from layers.reading.territories import find_territory_layers

PACKAGE = "geoportal.problems.services"
TABLES = (
    "affected", "chosen", "placed", "shifted", "regrouped", "groups", "across", "moves", "changes",
)  # fmt: skip
TABLES_OF_WRITING = ("differing", "questions")


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
    """What a new join found: problems looked at, those that lie elsewhere, the moves.

    `others`: problems that keep their executor while others consider or control them; `held`:
    numbers of those that were left as they are because there were too many.
    """

    considered: int
    shifted: int
    others: int = 0
    moves: tuple[Move, ...] = field(default_factory=tuple)
    held: tuple[int, ...] = ()

    @property
    def moved(self) -> int:
        return sum(move.moved for move in self.moves)

    @property
    def kept(self) -> int:
        return sum(move.kept for move in self.moves)

    @property
    def is_empty(self) -> bool:
        return not (self.shifted or self.others or self.moves)


@dataclass(frozen=True)
class Scope:
    """Which problems are looked at, and which layers are joined (ids)."""

    layers: Sequence[int]
    layer: int | None = None
    touched: Sequence[str] | None = None
    numbers: Sequence[int] | None = None


@transaction.atomic
def reassign_problems(
    *,
    layer: Layer | None = None,
    touched: Sequence[str] | None = None,
    numbers: Sequence[int] | None = None,
    cause: str = RoutingDecision.Cause.RULES,
    dry_run: bool = False,
    most: int | None = None,
    at: datetime | None = None,
) -> Reassignment:
    """Join open and accepted problems with territories again and move those that belong elsewhere.

    `layer`: only this territory layer is joined. `touched`: only problems in these of its
    territories (keys) are looked at, and the rules are taken to be as they were. `numbers`: only
    these problems are. Without them everything is looked at. Accepted problems stay with who took
    them; the decision says so. More than `most` changes of who holds a problem are held back, while
    where it lies is stored. A dry run counts and writes nothing. Publications wait until it ends.
    """
    at = at or timezone.now()
    scope = Scope(
        layers=[layer.pk] if layer else list(find_territory_layers().values()),
        layer=layer.pk if layer else None,
        touched=list(touched) if layer and touched is not None else None,
        numbers=numbers,
    )
    if not dry_run:
        hold_territories(alone=True)
    with connection.cursor() as cursor:
        found = _find(cursor, scope, lock=not dry_run)
        if not dry_run:
            if most is not None and found.moved + found.others > most:
                found = replace(found, held=_hold(cursor))
            _write(cursor, cause, at)
        for table in (*TABLES, *([] if dry_run else TABLES_OF_WRITING)):
            cursor.execute(f"DROP TABLE pg_temp.problems_{table}")
    return found


def _find(cursor: CursorWrapper, scope: Scope, *, lock: bool) -> Reassignment:
    joined = {"layers": list(scope.layers)}
    considered = _make(
        cursor,
        "affected",
        "find_affected",
        {"numbers": scope.numbers, "layer": scope.layer, "touched": scope.touched},
    )
    if lock:
        execute_sql(cursor, PACKAGE, "lock_affected")
    near = {"border_m": settings.PROBLEM_BORDER_M}
    _make(cursor, "chosen", "find_chosen", joined | near)
    _make(cursor, "placed", "place_affected", joined)
    _make(cursor, "shifted", "find_shifts", joined)
    if scope.touched is not None:
        _make(cursor, "affected", "keep_shifted")
    _make(cursor, "regrouped", "regroup_affected", joined)
    execute_sql(cursor, PACKAGE, "create_groups")
    execute_sql(cursor, PACKAGE, "create_across")
    _make(cursor, "groups", "group_candidates")
    _make(cursor, "moves", "find_moves")
    _make(cursor, "changes", "find_changes")
    return _count(cursor, considered)


def _make(
    cursor: CursorWrapper, table: str, name: str, values: Mapping[str, object] | None = None
) -> int:
    """Fill a temporary table, so that the planner knows what is in it; returns the rows."""
    execute_sql(cursor, PACKAGE, name, values)
    rows = int(cursor.rowcount)
    cursor.execute(f"ANALYZE problems_{table}")
    return rows


def _count(cursor: CursorWrapper, considered: int) -> Reassignment:
    cursor.execute("SELECT count(DISTINCT problem_id) FROM problems_shifted WHERE relocated")
    (shifted,) = cursor.fetchone()
    cursor.execute(
        "SELECT count(DISTINCT problem_id) FROM problems_changes"
        " WHERE problem_id NOT IN (SELECT problem_id FROM problems_moves WHERE moves)"
    )
    (others,) = cursor.fetchone()
    execute_sql(cursor, PACKAGE, "count_moves")
    moves = tuple(Move(*row) for row in cursor.fetchall())
    return Reassignment(considered, shifted, others, moves)


def _hold(cursor: CursorWrapper) -> tuple[int, ...]:
    execute_sql(cursor, PACKAGE, "hold_moves")
    return tuple(sorted(number for (number,) in cursor.fetchall()))


def _write(cursor: CursorWrapper, cause: str, at: datetime) -> None:
    execute_sql(cursor, PACKAGE, "store_shifts")
    _make(cursor, "differing", "find_differing")
    _ask_near_borders(cursor)
    execute_sql(cursor, PACKAGE, "insert_decisions", {"cause": cause, "at": at})
    execute_sql(cursor, PACKAGE, "mark_border_checks")
    execute_sql(cursor, PACKAGE, "end_moved_assignments", {"at": at})
    execute_sql(cursor, PACKAGE, "update_moved_roles")
    execute_sql(cursor, PACKAGE, "insert_moved_assignments", {"at": at})
    execute_sql(cursor, PACKAGE, "update_moved_problems", _build_terms(at))
    _tell(cursor, at)


def _ask_near_borders(cursor: CursorWrapper) -> None:
    """What would be otherwise a few metres away, for problems that get a decision."""
    inner = find_territory_layers()
    inner.pop(settings.BOUNDARY_LAYER, None)
    values = {"territories": list(inner.values()), "within_m": settings.PROBLEM_BORDER_M}
    _make(cursor, "across", "find_across", values)
    _make(cursor, "groups", "group_candidates")
    _make(cursor, "questions", "find_questions")


def _build_terms(at: datetime) -> dict[str, object]:
    """New deadlines of each category, as `start_clock` sets them for one problem."""
    calendar = get_calendar()
    categories = list(Category.objects.select_related("parent__parent"))
    terms = [get_terms(each) for each in categories]
    return {
        "at": at,
        "categories": [each.pk for each in categories],
        "acceptances": [acceptance_due(calendar, at, each) for each in terms],
        "solutions": [solution_due(calendar, at, each) for each in terms],
        "calendar": calendar.version,
    }


def _tell(cursor: CursorWrapper, at: datetime) -> None:
    """The history, the public layer, and whoever listens."""
    words = {
        "moved": _("Another organisation answers for this place now."),
        "changed": _("Other organisations consider or control problems of this place now."),
    }
    execute_sql(cursor, PACKAGE, "insert_reroutes", words | {"at": at})
    told = cursor.fetchall()
    passed_on = [number for number, old, new in told if old != new]
    if passed_on:
        project_problems(passed_on, comment=words["moved"])
    if told:
        problems_rerouted.send(sender=RoutingDecision, moved=told)
