"""GDAL reads the service as any user's would: the system's `ogrinfo`, and the one in pyogrio."""

import json
import re
import subprocess
import sys

import pyogrio
import pytest
import shapely

from layers.models import Changeset
from layers.services import apply_changeset
from layers.staging import StagedRow

pytestmark = pytest.mark.django_db(transaction=True)
TREES = 2_300


@pytest.fixture
def service(trees, live_server):
    """More trees than one page of any client, and the address that a user types."""
    rows = (
        StagedRow(
            f"т{n}",
            shapely.Point(30 + n / 10_000, 50).wkb_hex,
            json.dumps({"species": "Дуб" if n % 2 else "Клен", "height": n / 10}),
        )
        for n in range(TREES)
    )
    apply_changeset(layer=trees, rows=rows, kind=Changeset.Kind.IMPORT)
    return f"OAPIF:{live_server.url}/ogc"


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_ogrinfo_lists_and_counts(service):
    assert "trees" in run("ogrinfo", "-ro", "-q", service)
    summary = run("ogrinfo", "-ro", "-so", service, "trees")
    assert f"Feature Count: {TREES}" in summary
    assert "species: String" in summary
    assert "inspector_remark" not in summary


def test_ogr2ogr_copies_every_feature(service, tmp_path):
    target = tmp_path / "copy.gpkg"
    run("ogr2ogr", "-f", "GPKG", str(target), service, "trees", "-oo", "PAGE_SIZE=500")
    copied = pyogrio.read_dataframe(target)
    assert sorted(copied["id"]) == sorted(f"т{n}" for n in range(TREES))
    oak = copied.set_index("id").loc["т1"]
    assert (oak["species"], oak["height"]) == ("Дуб", 0.1)
    assert oak["geometry"].equals_exact(shapely.Point(30.0001, 50), 1e-9)


def test_a_box_and_a_condition_reach_the_service(service, tmp_path):
    target = tmp_path / "part.geojson"
    box = ("-spat", "30", "49.9", "30.00095", "50.1")
    run("ogr2ogr", "-f", "GeoJSON", str(target), service, "trees", *box, "-where", "species='Дуб'")
    features = json.loads(target.read_text())["features"]
    assert sorted(feature["properties"]["id"] for feature in features) == [
        "т1",
        "т3",
        "т5",
        "т7",
        "т9",
    ]


def test_a_newer_gdal_names_the_coordinate_system_and_is_answered(service):
    """In a process of its own: GDAL keeps Python's lock while it waits for the live server."""
    code = f"import pyogrio; print(len(pyogrio.raw.read({service!r}, layer='trees')[2]))"
    assert int(run(sys.executable, "-c", code)) == TREES


def test_gdal_reads_a_tile(service, live_server):
    """Near by each tree by itself; from afar they are counted, all of them."""
    near = f"MVT:{live_server.url}/tiles/trees/16/38247/22226.mvt"
    assert "species: String" in run("ogrinfo", "-ro", "-so", near, "trees")
    afar = f"MVT:{live_server.url}/tiles/trees/8/149/86.mvt"
    counted = re.findall(
        r"_count \(Integer\) = (\d+)", run("ogrinfo", "-ro", afar, "trees.clusters")
    )
    assert sum(map(int, counted)) == TREES
