"""Plans of named statements, and the town in which they are planned."""

import json
import random
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from unittest.mock import patch

from django.db import connection
from django.db.backends.utils import CursorWrapper

from geoportal.core.database.named_sql import execute_sql, load_sql
from layers.models import Changeset, Layer

WEST, SOUTH, SIZE = 30.0, 50.0, 0.2
CELLS_A_SIDE = 45
PUBLIC = ["public"]


@dataclass
class Town:
    """Layers big enough for the planner to prefer an index."""

    points: Layer
    areas: Layer
    quiet: Layer
    first: Changeset
    second: Changeset
    chosen: random.Random = field(default_factory=lambda: random.Random(1))


def explain(package: str, name: str, values: Mapping[str, object]) -> str:
    """The plan of a named statement with these values, as text."""
    with connection.cursor() as cursor:
        return explain_here(cursor, package, name, values)


def explain_here(
    cursor: CursorWrapper, package: str, name: str, values: Mapping[str, object] | None
) -> str:
    cursor.execute("EXPLAIN (FORMAT JSON) " + load_sql(package, name), values)
    return json.dumps(cursor.fetchone()[0], ensure_ascii=False)


@contextmanager
def explained(module: str) -> Iterator[dict[str, str]]:
    """The plans of all named statements that a module runs inside, each as it was just before."""
    plans: dict[str, str] = {}

    def run(
        cursor: CursorWrapper,
        package: str,
        name: str,
        values: Mapping[str, object] | None = None,
    ) -> None:
        plans[name] = explain_here(cursor, package, name, values)
        execute_sql(cursor, package, name, values)

    with patch(f"{module}.execute_sql", run):
        yield plans


def places_of(layer: Layer) -> str:
    return f"layers_feature_{layer.pk}_geom_3857"


def keys_of(layer: Layer) -> str:
    return f"layers_feature_{layer.pk}_key_once"


def ids_of(layer: Layer) -> str:
    return f"layers_feature_{layer.pk}_pkey"
