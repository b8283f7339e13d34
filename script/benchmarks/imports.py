"""Imports by the command, against `ogr2ogr` into the same database: seconds and memory."""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from importers.models import Import, KnownRows
from layers.models import Layer
from script.benchmarks.data import access_areas, access_points
from script.benchmarks.measure import Result
from script.benchmarks.weighing import Weight, weigh

SLUG, AREAS, TINY = "bench", "bench-areas", "bench-tiny"
NEW = ("--create", "--key", "uid", "--licence", "CC0-1.0")
AREAS_OF = 5  # a fifth as many areas as points
FEW = 8


def run(rows: int) -> list[Result]:
    return [*measure_points(rows), *measure_areas(rows // AREAS_OF), *measure_few()]


def measure_points(rows: int) -> list[Result]:
    path, changed = access_points(rows), access_points(rows, changed=0.01)
    forget_layer()
    first = weigh_import(path, *NEW)
    peer = weigh(build_peer(path))
    settle()
    again = weigh_import(changed, "--key", "uid")
    same = weigh_import(changed, "--key", "uid")
    edit_one()
    edited = weigh_import(changed, "--key", "uid")
    return [
        compare("first import, ogr2ogr", first, peer, "≤ 1.2"),
        compare("re-import with 1 % changed, first import", again, first, "≤ 0.5"),
        compare("re-import of the same file, first import", same, first),
        compare("re-import after somebody's edit, first import", edited, first),
    ]


def measure_areas(rows: int) -> list[Result]:
    path = access_areas(rows)
    forget_layer(AREAS)
    first = weigh_import(path, *NEW, slug=AREAS)
    peer = weigh(build_peer(path))
    settle()
    again = weigh_import(path, "--key", "uid", slug=AREAS)
    return [
        compare(f"first import of {rows} areas, ogr2ogr", first, peer, "≤ 1.2"),
        compare("re-import of the same areas, first import", again, first),
    ]


def measure_few() -> list[Result]:
    """Start of the process and all."""
    path = access_points(FEW)
    forget_layer(TINY)
    first = weigh_import(path, *NEW, slug=TINY)
    note = f"processors {first.busy_s:.1f} s, {tell(first, 120)}"
    return [Result(f"import of {FEW} rows", first.seconds, None, "≤ 2 s", note)]


def compare(what: str, ours: Weight, theirs: Weight, target: str = "") -> Result:
    ratio = ours.busy_s / theirs.busy_s
    note = f"processors {ours.busy_s:.1f} s against {theirs.busy_s:.1f} s = {ratio:.2f} x"
    return Result(what, ours.seconds, theirs.seconds, target, f"{note}, {tell(ours, 500)}")


def tell(weight: Weight, most_mb: int) -> str:
    return (
        f"{weight.memory_mb:.0f} MB in all processes (≤ {most_mb}),"
        f" {weight.largest_mb:.0f} MB in the largest"
    )


def weigh_import(path: Path, *options: str, slug: str = SLUG) -> Weight:
    weight = weigh(build_command(path, *options, slug=slug))
    json.loads(weight.output)  # it says what it did, not why it did not
    return weight


def build_command(path: Path, *options: str, slug: str = SLUG) -> list[str]:
    command = [sys.executable, "manage.py", "import_layer", str(path), "--layer", slug, "--json"]
    return [*command, *options]


def build_peer(path: Path) -> list[str]:
    database = settings.DATABASES["default"]
    target = f"PG:dbname={database['NAME']} host={database['HOST']} user={database['USER']}"
    return ["ogr2ogr", "-f", "PostgreSQL", target, str(path), "-nln", "bench_ogr2ogr", "-overwrite"]


def settle() -> None:
    """What PostgreSQL would do by itself a minute after a large load, and would be counted."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")


def edit_one() -> None:
    """As anybody's SQL might: the layer is not as the last import left it."""
    layer = Layer.objects.get(slug=SLUG)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE layers_feature SET properties = properties || '{\"age\": 1000}'"
            " WHERE layer_id = %s AND key = '7'",
            [layer.pk],
        )


def forget_layer(slug: str = SLUG) -> None:
    """Drop what an earlier run left; the service itself never forgets a layer."""
    layer = Layer.objects.filter(slug=slug).first()
    if layer is None:
        return
    Import.objects.filter(slug=slug).delete()
    KnownRows.objects.filter(layer=layer).delete()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS layers_feature_{layer.pk}")
        for table in ("featureversion", "changeset", "searchentry", "layerfield", "layerstate"):
            if table == "featureversion":
                cursor.execute("TRUNCATE layers_featureversion")
            else:
                statement = f"DELETE FROM layers_{table} WHERE layer_id = %s"  # noqa: S608
                cursor.execute(statement, [layer.pk])
        cursor.execute("DELETE FROM layers_layer WHERE id = %s", [layer.pk])


def access_layer(rows: int) -> Layer:
    """The layer of `rows` points, imported now when it is not there."""
    layer = Layer.objects.filter(slug=SLUG).first()
    if layer is None or layer.features.count() != rows:
        forget_layer()
        weigh_import(access_points(rows), *NEW)
    return Layer.objects.select_related("state").get(slug=SLUG)
