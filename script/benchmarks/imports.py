"""Import of a large file by the command, against `ogr2ogr` into the same database."""

import json
import resource
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.db import connection

from importers.models import Import
from layers.models import Layer
from script.benchmarks.data import access_points
from script.benchmarks.measure import Result, clock

SLUG = "bench"
NEW = ("--create", "--key", "uid", "--licence", "CC0-1.0")


def run(rows: int) -> list[Result]:
    path, changed = access_points(rows), access_points(rows, changed=0.01)
    forget_layer()
    first = clock(lambda: import_file(path, *NEW))
    memory_mb = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    peer = clock(lambda: import_by_ogr2ogr(path))
    again = clock(lambda: import_file(changed, "--key", "uid"))
    same = clock(lambda: import_file(changed, "--key", "uid"))
    return [
        Result("first import, ogr2ogr", first, peer, "≤ 1.5", f"{memory_mb:.0f} MB (≤ 600)"),
        Result("re-import with 1 % changed, first import", again, first, "≤ 0.6"),
        Result("re-import of the same file, first import", same, first),
    ]


def import_file(path: Path, *options: str) -> dict[str, object]:
    command = [sys.executable, "manage.py", "import_layer", str(path), "--layer", SLUG, "--json"]
    done = subprocess.run([*command, *options], check=True, capture_output=True, text=True)
    summary: dict[str, object] = json.loads(done.stdout)
    return summary


def import_by_ogr2ogr(path: Path) -> None:
    database = settings.DATABASES["default"]
    target = f"PG:dbname={database['NAME']} host={database['HOST']} user={database['USER']}"
    subprocess.run(
        ["ogr2ogr", "-f", "PostgreSQL", target, str(path), "-nln", "bench_ogr2ogr", "-overwrite"],
        check=True,
        capture_output=True,
    )


def forget_layer() -> None:
    """Drop what an earlier run left; the service itself never forgets a layer."""
    layer = Layer.objects.filter(slug=SLUG).first()
    if layer is None:
        return
    Import.objects.filter(slug=SLUG).delete()
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
        import_file(access_points(rows), *NEW)
    return Layer.objects.select_related("state").get(slug=SLUG)
