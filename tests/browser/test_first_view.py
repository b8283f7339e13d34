"""Static files that the page of the map makes a browser fetch; `script/bench` weighs all of it."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

NAMED = re.compile(r'(?:href|src)="/static/([^"]+)"')
WORKER = "vendor/maplibre-gl/maplibre-gl-worker.mjs"
# Of 350 KB and 30 requests for the whole, documents of the demo town are 44 KB in 5.
MOST_BYTES, MOST_FILES = 305_000, 25


@pytest.mark.django_db
def test_the_maps_page_names_few_and_small_files(collected: Path):
    page = Client().get("/").content.decode()
    named = {*NAMED.findall(page), staticfiles_storage.url(WORKER).removeprefix("/static/")}
    assert any("mapkit/js/engine" in name for name in named)
    assert len(named) <= MOST_FILES
    assert sum(weigh(collected / name) for name in named) <= MOST_BYTES


def weigh(path: Path) -> int:
    """As a browser gets it: by Brotli where that was worth it."""
    small = path.with_name(f"{path.name}.br")
    return (small if small.exists() else path).stat().st_size
