"""Invented points with seven attributes over a town of 15 by 20 km, as a GeoPackage."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyogrio
import shapely
from django.conf import settings

SPECIES = np.array(["Дуб звичайний", "Клен гостролистий", "Липа дрібнолиста", "Ясен", "Тополя"])
CONDITIONS = np.array(["добрий", "задовільний", "незадовільний"])


def access_points(rows: int, changed: float = 0.0) -> Path:
    """The file of `rows` points; with `changed`, that share of them has another height."""
    folder = Path(settings.DATA_DIR, "benchmarks")
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"points-{rows}-{changed:g}.gpkg"
    if not path.exists():
        pyogrio.write_arrow(
            build_table(rows, changed),
            path,
            layer="points",
            driver="GPKG",
            geometry_name="geom",
            geometry_type="Point",
            crs="EPSG:4326",
        )
    return path


def build_table(rows: int, changed: float) -> pa.Table:
    random = np.random.default_rng(1)
    places = shapely.points(30 + random.random(rows) * 0.2, 50 + random.random(rows) * 0.2)
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
