"""A file of a gigabyte, from the end of its upload to the first screen: questions, rows, a map."""

import os

from geoportal.staff.imports.sketch_tiles import find_sketch, place_sketch, render_tile
from importers.models import Import
from importers.stages.files import make_folder
from importers.stages.jobs import let_go, run_inspection
from importers.stages.journal import Tracker, get_result
from importers.states import Stage
from script.benchmarks.data import access_large_file
from script.benchmarks.measure import Result, clock
from tiles.grid import Tile

MEGABYTES = 1000
TILE = Tile(9, 298, 173)  # the town


def run(_rows: int) -> list[Result]:
    return [result for suffix in ("gpkg", "geojson", "csv") for result in show_first(suffix)]


def show_first(suffix: str) -> list[Result]:
    path = access_large_file(MEGABYTES, suffix)
    import_ = Import.objects.create(
        name=path.name, file=path.name, size=path.stat().st_size, slug="bench-large", creates=True
    )
    os.link(path, make_folder(import_.pk) / path.name)
    try:
        inspected = clock(lambda: run_inspection(import_, Tracker(import_.pk)))
        drawn = clock(lambda: draw(import_))
        found = get_result(import_, Stage.INSPECT)
        note = f"{import_.size / 1e6:.0f} MB of {suffix}, {found['rows']} rows"
    finally:
        let_go(import_)
    return [
        Result("first screen of a large file", inspected + drawn, None, "≤ 20 s", note),
        Result("… of it the first tile of its sketch", drawn),
    ]


def draw(import_: Import) -> None:
    path = find_sketch(import_)
    assert path is not None  # noqa: S101
    tile = render_tile(place_sketch(path, "EPSG:4326", swapped=False), TILE)
    assert len(tile) > 1000  # noqa: S101  the town is there
