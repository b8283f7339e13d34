"""Files that tests of the importer write, and a short way to import them."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from warnings import catch_warnings, simplefilter

import numpy as np
import pyarrow as pa
import pyogrio
import pytest
import shapely

from importers.brakes.consent import Consent
from importers.formats.opening import OpenOptions
from importers.loading import known, standing
from importers.pipeline import import_file
from importers.request import ImportRequest, ImportResult, NewLayer
from layers.models import Feature, Layer

Json = Any
# Tests of other things go on where a person would be asked; `test_brakes` says when.
USUAL_CONSENT = Consent(to=frozenset({"personal-data", "leaves-community"}))


@pytest.fixture
def run_import(db) -> Callable[..., ImportResult]:
    """Import a file into the layer `things`, which is made when it is missing."""

    def run(path: Path, layer: str = "things", **options: Any) -> ImportResult:
        reading = {name: options.pop(name) for name in OpenOptions.list_names() if name in options}
        new = {name: options.pop(name) for name in NewLayer.__dataclass_fields__ if name in options}
        create = options.pop("create", not Layer.objects.filter(slug=layer).exists())
        options.setdefault("consent", USUAL_CONSENT)
        return import_file(
            ImportRequest(
                path=path,
                layer=layer,
                new_layer=NewLayer(**new) if create else None,
                reading=OpenOptions.from_names(reading),
                **options,
            )
        )

    return run


@pytest.fixture(params=["looked-up", "recognised", "known"])
def either_way(request, monkeypatch) -> None:
    """Small files are looked up by the index of keys, large ones recognised line by line, or by
    the digests of the import before."""
    if request.param == "known":
        monkeypatch.setattr(known, "FEWEST", 0)
    if request.param == "recognised":
        monkeypatch.setattr(standing, "RECOGNISED_FROM_ROWS", 0)
        monkeypatch.setattr(standing, "SHARE_OF_LAYER", 1e-9)


def feature(geometry: Json, properties: Json = None, **members: Json) -> dict[str, Json]:
    if isinstance(geometry, tuple):
        geometry = {"type": "Point", "coordinates": list(geometry)}
    return {"type": "Feature", "properties": properties or {}, "geometry": geometry} | members


@pytest.fixture
def write_geojson(tmp_path) -> Callable[..., Path]:
    """A FeatureCollection of features."""

    def write(*features: Json, name: str = "things.geojson", **members: Json) -> Path:
        path = Path(tmp_path, name)
        collection = {"type": "FeatureCollection", **members, "features": list(features)}
        path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8")
        return path

    return write


@pytest.fixture
def write_text(tmp_path) -> Callable[..., Path]:
    def write(text: str, name: str = "things.csv", encoding: str = "utf-8") -> Path:
        path = Path(tmp_path, name)
        path.write_bytes(text.encode(encoding))
        return path

    return write


def write_vector(
    path: Path, shapes: list[Any], crs: str | None = "EPSG:4326", **columns: list[Any]
) -> Path:
    """A GeoPackage or Shapefile by GDAL; `encoding` is for Shapefile."""
    encoding = columns.pop("encoding", None)
    table = pa.table({name: pa.array(values) for name, values in columns.items()})
    wkb = pa.array(list(shapely.to_wkb(np.array(shapes, dtype=object))), pa.binary())
    kind = next(shape for shape in shapes if shape is not None).geom_type
    with catch_warnings():
        simplefilter("ignore")
        pyogrio.write_arrow(
            table.append_column("geometry", wkb),
            path,
            driver="GPKG" if path.suffix == ".gpkg" else "ESRI Shapefile",
            geometry_name="geometry",
            geometry_type=kind,
            crs=crs,
            encoding=encoding,
        )
    return path


def stored(layer: str = "things") -> dict[str, dict[str, Json]]:
    """Key → public attributes."""
    rows = Feature.objects.filter(layer__slug=layer).values_list("key", "properties")
    return {str(key): dict(properties) for key, properties in rows}


def places(layer: str = "things") -> dict[str, Any]:
    """Key → geometry (EPSG:4326)."""
    rows = Feature.objects.filter(layer__slug=layer).values_list("key", "geom")
    return {str(key): geom for key, geom in rows}


def codes(result: ImportResult) -> list[tuple[int | None, str]]:
    """Row and code of each issue, without the remark that a test file lies in no community."""
    return [(issue.row, issue.code) for issue in result.issues if issue.code != "outside-community"]


def counts(result: ImportResult) -> tuple[int, int, int, int]:
    return result.added, result.changed, result.removed, result.unchanged
