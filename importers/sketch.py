"""A light picture of where the rows of a file lie, in the coordinates of the file itself.

Made while the file is read, so that a person may look at the places under each coordinate system
before anything is decided. Kept as an Arrow file beside it: some thousands of shapes at most.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import shapely

from importers.geometry.wkb import CURVED
from importers.geometry.wkb.column import WkbColumn
from importers.sources import ArrowArray, FloatArray, IntArray, SourceBatch

SHAPES_MAX = 4_000
VERTICES_MAX = 400_000
ROW, TITLE, WKB = "row", "title", "wkb"


@dataclass(frozen=True)
class Sketch:
    """`shapes`: an array of shapely geometries; `rows`: their 1-based numbers in the file."""

    rows: IntArray
    titles: list[str]
    shapes: FloatArray

    def save(self, path: Path) -> None:
        """The file appears whole or not at all; none for a sketch without a shape."""
        path.unlink(missing_ok=True)
        if not len(self.rows):
            return
        table = pa.table(
            {ROW: self.rows, TITLE: self.titles, WKB: list(shapely.to_wkb(self.shapes))}
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        begun = path.with_suffix(".part")
        with pa.ipc.new_file(begun, table.schema) as file:
            file.write_table(table)
        begun.replace(path)


def load_sketch(path: Path) -> Sketch:
    """Raises `FileNotFoundError`."""
    with pa.ipc.open_file(path) as file:
        table = file.read_all()
    shapes = shapely.from_wkb(table[WKB].to_numpy())
    return Sketch(table[ROW].to_numpy(), table[TITLE].to_pylist(), shapes)


class Sketcher:
    """Sees all batches; of many rows it keeps every second, every fourth… so that they stay spread
    over the whole file."""

    def __init__(self, title_place: int | None = None) -> None:
        self._title_place = title_place
        self._rows: list[int] = []
        self._titles: list[str] = []
        self._shapes: list[shapely.Geometry] = []
        self._vertices = 0
        self._step = 1
        self._seen = 0

    def see(self, batch: SourceBatch) -> None:
        column = WkbColumn.read(batch.wkb)
        usable = np.flatnonzero(column.present & ~np.isin(column.codes(), CURVED))
        # In the order of the file, counted over all batches.
        order = self._seen + np.arange(len(usable))
        self._seen += len(usable)
        chosen = usable[order % self._step == 0]
        if not len(chosen):
            return
        shapes = shapely.from_wkb(batch.wkb.take(pa.array(chosen)).to_pylist(), on_invalid="ignore")
        titles = self._read_titles(batch, chosen)
        for place, title, shape in zip(chosen, titles, np.atleast_1d(shapes), strict=True):
            if shape is not None and not shape.is_empty:
                self._rows.append(int(batch.rows[place]))
                self._titles.append(title)
                self._shapes.append(shapely.force_2d(shape))
                self._vertices += shapely.get_num_coordinates(shape)
        self._thin()

    def _read_titles(self, batch: SourceBatch, chosen: IntArray) -> list[str]:
        if self._title_place is None:
            return [""] * len(chosen)
        column: ArrowArray = batch.values[self._title_place]
        return [str(value or "")[:120] for value in column.take(pa.array(chosen)).to_pylist()]

    def _thin(self) -> None:
        while len(self._shapes) > SHAPES_MAX or (
            self._vertices > VERTICES_MAX and len(self._shapes) > 1
        ):
            self._step *= 2
            self._rows, self._titles = self._rows[::2], self._titles[::2]
            self._shapes = self._shapes[::2]
            self._vertices = int(shapely.get_num_coordinates(self._shapes).sum())

    def finish(self) -> Sketch:
        shapes = np.empty(len(self._shapes), dtype=object)
        shapes[:] = self._shapes
        return Sketch(np.array(self._rows, np.int64), self._titles, shapes)
