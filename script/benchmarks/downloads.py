"""A whole layer to a file, against `ogr2ogr` from the same table to the same format."""

import subprocess
import tempfile
from pathlib import Path

from django.conf import settings

from layers.models import Layer
from script.benchmarks.data import access_points
from script.benchmarks.imports import SLUG, access_layer, build_peer
from script.benchmarks.measure import Result, clock
from script.benchmarks.server import Visitor, run_server

DRIVERS = {"geojson": "GeoJSON", "csv": "CSV", "gpkg": "GPKG"}


def run(rows: int) -> list[Result]:
    layer = access_layer(rows)
    subprocess.run(build_peer(access_points(rows)), check=True, capture_output=True)
    with run_server() as visitor, tempfile.TemporaryDirectory(dir=settings.DATA_DIR) as folder:
        return [measure(visitor, layer, extension, Path(folder)) for extension in DRIVERS]


def measure(visitor: Visitor, layer: Layer, extension: str, folder: Path) -> Result:
    def download() -> None:
        Path(folder, f"ours.{extension}").write_bytes(visitor.get(f"/data/{SLUG}.{extension}")[1])

    ours = clock(download)
    theirs = clock(lambda: export_by_ogr2ogr(extension, folder))
    return Result(f"{extension} of the whole layer, ogr2ogr", ours, theirs, "≤ 1.5")


def export_by_ogr2ogr(extension: str, folder: Path) -> None:
    database = settings.DATABASES["default"]
    source = f"PG:dbname={database['NAME']} host={database['HOST']} user={database['USER']}"
    options = ["-lco", "GEOMETRY=AS_XY"] if extension == "csv" else []
    target = str(folder / f"theirs.{extension}")
    subprocess.run(
        ["ogr2ogr", "-f", DRIVERS[extension], target, source, "bench_ogr2ogr", *options],
        check=True,
        capture_output=True,
    )
