"""The spatial join of frames, by the rule that the database decides by, and its CSV.

A place belongs to the area that covers it, borders included; of several to the one whose key is the
smallest by code points. shapely answers as `layers_covers` does: both ask GEOS.
"""

import tempfile
from collections.abc import Iterable
from functools import partial
from pathlib import Path

import dask_geopandas
import geopandas
import pandas as pd

from importers.issues import IssueLog
from importers.joining.frames import JoinedFile, read_areas, read_places

COLUMNS = ["key", "territory", "title"]


def join_files(
    places: JoinedFile, areas: JoinedFile, path: Path, *, in_parallel: bool = False
) -> IssueLog:
    """A CSV with `key`, `territory`, `title`, a line a place, in the order of its file.

    The areas are in memory; places stream through it. `in_parallel`: by all cores, from parts on
    disk. Raises `UnusableFile`, `UnusableOption`; then nothing was written.
    """
    log = IssueLog()
    frame = read_areas(areas, IssueLog())
    write = write_in_parallel if in_parallel else write_in_turn
    begun = path.with_name(f"{path.name}.part")
    try:
        write(read_places(places, log), frame, begun)
        begun.rename(path)
    finally:
        begun.unlink(missing_ok=True)
    return log


def join_frame(places: geopandas.GeoDataFrame, areas: geopandas.GeoDataFrame) -> pd.DataFrame:
    """`places` with `key`; `areas` with `key` and `title`, in the order of keys, numbered so.

    By areas, which shapely prepares then; the other way round it takes many times longer.
    """
    numbered = areas[["geometry"]].rename_axis("area")
    placed = places[["geometry"]].reset_index(drop=True)
    pairs = geopandas.sjoin(numbered, placed, predicate="covers").reset_index()
    smallest = pairs.groupby("index_right")["area"].min().reindex(placed.index)
    found = areas[["key", "title"]].reindex(smallest.astype("Int64"))
    return pd.DataFrame(
        {
            "key": places["key"].to_numpy(),
            "territory": found["key"].to_numpy(),
            "title": found["title"].to_numpy(),
        }
    )


def write_in_turn(
    frames: Iterable[geopandas.GeoDataFrame], areas: geopandas.GeoDataFrame, path: Path
) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        pd.DataFrame(columns=COLUMNS).to_csv(file, index=False)
        for frame in frames:
            join_frame(frame, areas).to_csv(file, index=False, header=False)


def write_in_parallel(
    frames: Iterable[geopandas.GeoDataFrame], areas: geopandas.GeoDataFrame, path: Path
) -> None:
    """Parts go to disk as GeoParquet while the file is read; dask holds a few at a time."""
    with tempfile.TemporaryDirectory(prefix="joined-") as folder:
        for number, frame in enumerate(frames):
            frame.to_parquet(Path(folder, f"{number:06}.parquet"))
        if not any(Path(folder).iterdir()):
            write_in_turn([], areas, path)
            return
        places = dask_geopandas.read_parquet(folder)
        joined = places.map_partitions(
            partial(join_frame, areas=areas), meta=pd.DataFrame(columns=COLUMNS, dtype="object")
        )
        joined.to_csv(str(path), single_file=True, index=False)
