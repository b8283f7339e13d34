"""A file of geodata as frames of geopandas: keys, and shapes in EPSG:4326 as an import has them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

import geopandas
import numpy as np
import pandas as pd
import shapely
from django.utils.translation import gettext as _

from importers.crs.choice import choose_crs
from importers.crs.extents import find_community
from importers.crs.projection import Projector
from importers.errors import UnusableFile, UnusableOption
from importers.formats.opening import OpenOptions, open_source
from importers.geometry.checking import GeometryRules, check_geometry
from importers.geometry.repair import Shapes
from importers.issues import IssueLog
from importers.mapping.keys import KeyOrigin, KeySource
from importers.mapping.planning import list_key_candidates, require_column, require_places
from importers.mapping.survey import read_batch_keys, survey_source
from importers.sources import Source, SourceBatch
from layers.models import Layer

CRS = "EPSG:4326"
# A frame of points is joined in about a second, and takes 100 MB meanwhile.
ROWS_A_FRAME = 250_000


@dataclass(frozen=True)
class JoinedFile:
    """A file and what the user says of it; "" leaves it to the file.

    `key`: the column that names rows. `title`: the one that names them for people.
    """

    path: Path
    key: str = ""
    title: str = ""
    crs: str = ""
    reading: OpenOptions = field(default_factory=OpenOptions)


@dataclass(frozen=True)
class OpenedFile:
    """`log` gets what is wrong with rows while they are read."""

    source: Source
    key: KeySource
    repeated: dict[int, int]
    projector: Projector
    log: IssueLog


@contextmanager
def open_file(file: JoinedFile, log: IssueLog) -> Iterator[OpenedFile]:
    """Read once to find its key and where it lies. Raises `UnusableFile`, `UnusableOption`."""
    with open_source(file.path, file.reading) as source:
        require_places(source, "")
        candidates = list_key_candidates(source, None, [], file.key)
        survey = survey_source(source, candidates, with_types=False)
        crs = choose_crs(source.declared, file.crs, survey.sample, find_community())
        log.add(crs.issues)
        yield OpenedFile(source, survey.key, survey.repeated, crs.projector, log)


def read_areas(file: JoinedFile, log: IssueLog) -> geopandas.GeoDataFrame:
    """`key`, `title`, areas, in the order of keys by code points.

    Raises `UnusableFile` for an area that cannot be used: without it others would get its places.
    """
    with open_file(file, log) as opened:
        if opened.key.origin == KeyOrigin.CONTENT:
            raise UnusableOption(_("Say with --areas-key which column names the areas."))
        title = require_column(opened.source.columns, file.title) if file.title else None
        rules = GeometryRules(opened.projector, Layer.GeometryType.POLYGON, required=True)
        frames = []
        for batch in opened.source.batches():
            keys, shapes = read_batch(batch, opened, rules)
            titles = keys if title is None else batch.values[title.place].cast("string").to_pylist()
            frames.append(pd.DataFrame({"key": keys, "title": titles, "geometry": shapes}))
    refused = next((issue for issue in log.issues if issue.severity == "error"), None)
    if refused is not None or opened.repeated:
        row = refused.row if refused else min(opened.repeated)
        words = refused.message if refused else _("Its key stands in another row already.")
        raise UnusableFile(
            _("Row %(row)s of the areas cannot be used: %(reason)s") % {"row": row, "reason": words}
        )
    areas = pd.concat(frames) if frames else pd.DataFrame({"key": [], "title": [], "geometry": []})
    areas = areas.dropna(subset="geometry").fillna({"title": areas["key"]})
    ordered = areas.sort_values("key").reset_index(drop=True)
    return geopandas.GeoDataFrame(ordered, geometry="geometry", crs=CRS)


def read_places(file: JoinedFile, log: IssueLog) -> Iterator[geopandas.GeoDataFrame]:
    """`key` and a point for each row, in the file's order, many rows a frame.

    Rows that no column names are named by their numbers. A line or an area is where a point of it
    is that lies on it. What cannot be read has no point, and `log` says why.
    """
    with open_file(file, log) as opened:
        rules = GeometryRules(opened.projector, Layer.GeometryType.MIXED)
        waiting: list[tuple[list[str], Shapes]] = []
        for batch in opened.source.batches():
            keys, shapes = read_batch(batch, opened, rules)
            waiting.append((keys, place_shapes(shapes)))
            if sum(len(some) for some, _shapes in waiting) >= ROWS_A_FRAME:
                yield build_frame(waiting)
                waiting = []
        if waiting:
            yield build_frame(waiting)


def read_batch(
    batch: SourceBatch, opened: OpenedFile, rules: GeometryRules
) -> tuple[list[str], Shapes]:
    """Keys and shapes, checked and repaired as an import does; `None` where there is none."""
    checked = check_geometry(batch.rows, batch.wkb, rules)
    opened.log.add([*batch.faults, *checked.issues])
    shapes = checked.shapes
    if shapes is None:
        shapes = np.full(len(batch.rows), None, dtype=object)
        here = ~(np.isnan(checked.lonlat[:, 0]) | np.isnan(checked.lonlat[:, 1]) | checked.refused)
        shapes[here] = shapely.points(checked.lonlat[here])
    keys = None
    if opened.key.origin != KeyOrigin.CONTENT:
        keys = read_batch_keys(batch, opened.key)
    rows = [str(row) for row in batch.rows.tolist()]
    return (rows if keys is None else [key or "" for key in keys.to_pylist()]), shapes


def place_shapes(shapes: Shapes) -> Shapes:
    is_extended = shapely.get_type_id(shapes) > shapely.GeometryType.POINT
    placed = shapes.copy()
    placed[is_extended] = shapely.point_on_surface(shapes[is_extended])
    return placed


def build_frame(parts: list[tuple[list[str], Shapes]]) -> geopandas.GeoDataFrame:
    keys = list(chain.from_iterable(some for some, _shapes in parts))
    shapes = np.concatenate([some for _keys, some in parts])
    return geopandas.GeoDataFrame({"key": keys}, geometry=shapes, crs=CRS)
