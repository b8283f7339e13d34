"""What the triggers cost whoever writes features: one edit alone, and eight writers of a layer."""

import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection, transaction

from layers.models import Layer
from script.benchmarks.imports import access_layer
from script.benchmarks.measure import Result, compare
from script.benchmarks.serving import list_ids

TIMES = 200
WRITERS, SECONDS = 8, 3
MOVE = (
    "UPDATE layers_feature SET geom = ST_Translate(geom, 0.0001, 0) WHERE layer_id = %s AND id = %s"
)


def run(rows: int) -> list[Result]:
    layer = access_layer(rows)
    ours, bare = compare(move_one(layer, "origin"), move_one(layer, "replica"), TIMES)
    together, without = (measure_writers(layer, role) for role in ("origin", "replica"))
    return [
        Result("one point moved, the same without any trigger", ours, bare, "≤ 5 ms more"),
        Result(f"a change of {WRITERS} writers at once, the same without", together, without),
    ]


def move_one(layer: Layer, role: str) -> Callable[[], None]:
    """Plain SQL in a transaction of its own; as a `replica` the session fires no trigger."""
    lowest, highest = list_ids(layer)
    chosen = random.Random(1)  # noqa: S311  features, not secrets

    def move() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('session_replication_role', %s, true)", [role])
            cursor.execute(MOVE, [layer.pk, chosen.randint(lowest, highest)])

    return move


def measure_writers(layer: Layer, role: str) -> float:
    """Seconds a change, of all writers together."""
    ends = time.perf_counter() + SECONDS
    move = move_one(layer, role)

    def write(_number: int) -> int:
        count = 0
        try:
            while time.perf_counter() < ends:
                move()
                count += 1
        finally:
            connection.close()
        return count

    with ThreadPoolExecutor(WRITERS) as pool:
        return SECONDS / sum(pool.map(write, range(WRITERS)))
