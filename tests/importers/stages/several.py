"""A GeoPackage of a town: several layers, one of them empty, one without places."""

from pathlib import Path

import geopandas
import pyogrio
from shapely import Point, box


def write_town(path: Path) -> Path:
    """`лавки` (3 points), `парки` (2 areas), `порожній` (none), `довідник` (a table)."""
    benches = geopandas.GeoDataFrame(
        {"inv_nomer": ["л-1", "л-2", "л-3"], "material": ["дерево", "метал", "дерево"]},
        geometry=[Point(30.5 + n / 100, 50.4) for n in range(3)],
        crs=4326,
    )
    parks = geopandas.GeoDataFrame(
        {"kod": ["п-1", "п-2"], "nazva": ["Зелений", "Тихий"]},
        geometry=[box(30.5 + n / 10, 50.4, 30.55 + n / 10, 50.45) for n in range(2)],
        crs=4326,
    )
    benches.to_file(path, layer="лавки", engine="pyogrio")
    parks.to_file(path, layer="парки", engine="pyogrio")
    benches.iloc[:0].to_file(path, layer="порожній", engine="pyogrio")
    table = benches.drop(columns="geometry")
    pyogrio.write_dataframe(table, path, layer="довідник")
    return path
