"""The examples of the guide for users of the data work against a running service."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from layers.models import Layer
from tests.house import markdown
from tests.house.project import ROOT, read

GUIDE = "docs/how-to/connect.md"
ADDRESS = "https://geoportal.example.ua"
RUNNERS = {"sh": ["bash", "-euo", "pipefail"], "python": [sys.executable]}
BLOCKS = [block for block in markdown.split_blocks(read(GUIDE))[1] if block.language in RUNNERS]


@pytest.fixture
def planted(transactional_db, make_layer, plant):
    """Trees in the middle of the demo town and one aside."""
    trees = make_layer()
    for number in range(25):
        plant(trees, f"t{number}", lon=27.2 + number / 1000, lat=50.255)
    plant(trees, "aside", lon=27.35, lat=50.3, values={"species": "Липа"})
    yield
    with connection.cursor() as cursor:
        for layer in Layer.objects.all():
            cursor.execute(f"DROP TABLE IF EXISTS layers_feature_{layer.pk}")


def run_block(block: markdown.Block, address: str, folder: Path, *after: str) -> str:
    """Run an example in a folder of its own, with `after` behind it; what it printed."""
    file = folder / "example"
    file.write_text(block.text.replace(ADDRESS, address) + "\n".join(after), encoding="utf-8")
    done = subprocess.run(
        [*RUNNERS[block.language], file],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.DEVNULL,
        text=True,
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, block.text + done.stdout + done.stderr
    return done.stdout


def count_in(file: Path) -> int:
    import pyogrio

    return int(pyogrio.read_info(file)["features"])


def find_block(words: str) -> markdown.Block:
    return next(block for block in BLOCKS if words in block.text)


@pytest.mark.slow
def test_examples_for_users_of_the_data_work(planted, live_server, tmp_path):
    for program in ("ogr2ogr", "curl"):
        if shutil.which(program) is None:
            pytest.skip(f"the guide uses {program}, which is not here")
    said = run_block(find_block("ogrinfo"), live_server.url, tmp_path)
    assert "Feature Count: 26" in said
    assert (count_in(tmp_path / "center.gpkg"), count_in(tmp_path / "oaks.gpkg")) == (25, 25)
    run_block(find_block("FlatGeobuf"), live_server.url, tmp_path)
    assert count_in(tmp_path / "trees.fgb") == 26
    for words, after, printed in (
        ("geopandas", "print(len(trees))", "26"),
        ('"next"', "print(len(features))", "25"),
        ("If-None-Match", "print(known[:2], b'species' in table)", "W/ True"),
    ):
        assert run_block(find_block(words), live_server.url, tmp_path, after).strip() == printed
    assert '"territories"' in run_block(find_block("locate"), live_server.url, tmp_path)


def test_every_example_is_run():
    run = ("ogrinfo", "FlatGeobuf", "geopandas", '"next"', "If-None-Match", "locate")
    assert all(any(words in block.text for words in run) for block in BLOCKS)
