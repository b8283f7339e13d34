"""Invented points and areas with seven attributes over a town of 15 by 20 km, as a GeoPackage."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyogrio
import shapely
from django.conf import settings

SPECIES = np.array(["Дуб звичайний", "Клен гостролистий", "Липа дрібнолиста", "Ясен", "Тополя"])
# As GDAL writes them.
BYTES_A_POINT = {"gpkg": 199, "geojson": 319, "csv": 150}
CONDITIONS = np.array(["добрий", "задовільний", "незадовільний"])


def access_points(rows: int, changed: float = 0.0) -> Path:
    """The file of `rows` points; with `changed`, that share of them has another height."""
    return access_file(f"points-{rows}-{changed:g}", "Point", lambda: build_points(rows, changed))


def access_areas(rows: int) -> Path:
    """The file of `rows` areas of eight corners, as houses are."""
    return access_file(f"areas-{rows}", "Polygon", lambda: build_areas(rows))


def access_large_file(megabytes: int, suffix: str = "gpkg") -> Path:
    """Points, as many as make a file of this size; its format is that of the suffix."""
    rows = int(megabytes * 1e6 / BYTES_A_POINT[suffix])
    path = access_file(f"large-{suffix}-{megabytes}", "Point", lambda: build_points(rows, 0))
    return path if suffix == "gpkg" else convert(path, suffix)


def convert(path: Path, suffix: str) -> Path:
    """By GDAL, in the folder of the file."""
    made = path.with_suffix(f".{suffix}")
    if not made.exists():
        begun = path.with_suffix(f".part.{suffix}")
        begun.unlink(missing_ok=True)
        options = ["-lco", "GEOMETRY=AS_XY"] if suffix == "csv" else []
        subprocess.run(
            ["ogr2ogr", *options, str(begun), str(path)],
            check=True,
        )
        begun.rename(made)
    return made


def access_file(name: str, geometry_type: str, build: Callable[[], pa.Table]) -> Path:
    folder = Path(settings.DATA_DIR, "benchmarks")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.gpkg"
    if not path.exists():
        begun = path.with_suffix(".part.gpkg")
        begun.unlink(missing_ok=True)
        pyogrio.write_arrow(
            build(),
            begun,
            layer="rows",
            driver="GPKG",
            geometry_name="geom",
            geometry_type=geometry_type,
            crs="EPSG:4326",
        )
        begun.rename(path)
    return path


def build_points(rows: int, changed: float) -> pa.Table:
    random = np.random.default_rng(1)
    places = shapely.points(30 + random.random(rows) * 0.2, 50 + random.random(rows) * 0.2)
    return build_table(random, places, changed)


def build_areas(rows: int) -> pa.Table:
    """Around a middle, eight corners at 5 to 15 m, in their order: none crosses itself."""
    random = np.random.default_rng(2)
    middles = np.column_stack([30 + random.random(rows) * 0.2, 50 + random.random(rows) * 0.2])
    angles = (np.arange(8) + random.random((rows, 8)) * 0.8) * (np.pi / 4)
    sizes = (5 + 10 * random.random((rows, 8))) / 111_000
    corners = np.stack([np.cos(angles) * sizes * 1.5, np.sin(angles) * sizes], axis=2)
    rings = middles[:, None, :] + corners
    return build_table(random, shapely.polygons(rings), 0)


def build_table(random: np.random.Generator, places: np.ndarray, changed: float) -> pa.Table:
    rows = len(places)
    height = np.round(random.random(rows) * 30, 1)
    height[: int(rows * changed)] += 1
    number = np.arange(rows)
    days = np.datetime64("2020-01-01") + random.integers(0, 2000, rows)
    geometry = pa.field("geom", pa.binary(), metadata={"ARROW:extension:name": "geoarrow.wkb"})
    columns = {
        "uid": pa.array(number),
        "species": pa.array(SPECIES[random.integers(0, len(SPECIES), rows)]),
        "condition": pa.array(CONDITIONS[random.integers(0, len(CONDITIONS), rows)]),
        "height": pa.array(height),
        "age": pa.array(random.integers(1, 120, rows)),
        "planted": pa.array(days.astype("datetime64[D]")),
        "address": pa.array([f"вулиця Соборна, {n % 200}" for n in number]),
    }
    schema = pa.schema([*(pa.field(name, array.type) for name, array in columns.items()), geometry])
    return pa.table([*columns.values(), pa.array(shapely.to_wkb(places))], schema=schema)
