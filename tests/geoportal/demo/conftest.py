"""The invented community as its pack has it, and as it stands when its stories have been lived."""

import gzip
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely
from django.core.files.storage import default_storage
from django.test import override_settings
from pyproj import Transformer

from geoportal.demo.seed import PACK, STORIES, Seeded, seed_demo
from geoportal.demo.stories.reading import read_stories
from geoportal.demo.stories.telling import Story
from geoportal.packs.extending import Pack, load_pack
from geoportal.packs.findings import Findings
from geoportal.problems.models import StatusChange
from geoportal.problems.signals import problem_changed
from tests.standing import standing_world

NOW = datetime(2026, 11, 20, 13, 5, tzinfo=UTC)
COUNT = 60


@dataclass(frozen=True)
class Row:
    """`shape` in EPSG:4326."""

    key: str
    shape: Any
    values: Mapping[str, Any]


@cache
def read_rows(slug: str) -> tuple[Row, ...]:
    """The data file of a layer, as it lies in the pack."""
    (path,) = PACK.glob(f"layers/{slug}.geojson*")
    data = path.read_bytes()
    document = json.loads(gzip.decompress(data) if path.suffix == ".gz" else data)
    features = document["features"]
    shapes = shapely.from_geojson([json.dumps(each["geometry"]) for each in features])
    return tuple(
        Row(each["id"], shape, each["properties"])
        for each, shape in zip(features, shapes, strict=True)
    )


def list_shapes(slug: str) -> Any:
    return np.array([row.shape for row in read_rows(slug)], dtype=object)


def in_metres(shapes: Any) -> Any:
    """In UTM zone 35N, in the middle of which the town lies."""
    transformer = Transformer.from_crs("EPSG:4326", "EPSG:32635", always_xy=True)

    def project(points: Any) -> Any:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    return shapely.transform(shapes, project)


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack(PACK, Findings())


@pytest.fixture(scope="session")
def stories() -> list[Story]:
    return read_stories(STORIES / "problems")


@dataclass(frozen=True)
class Lived:
    """What the seeding said and did: `told` is what listeners heard, `media` where photos are."""

    seeded: Seeded
    told: tuple[StatusChange, ...]
    media: Path


@standing_world
def lived_town() -> Lived:
    """The pack and a part of its stories, written once for all tests that ask for it."""
    told: list[StatusChange] = []

    def listen(change: StatusChange, **_: object) -> None:
        told.append(change)

    problem_changed.connect(listen)
    with override_settings(DEMO=True):
        seeded = seed_demo(problems=COUNT, now=NOW)
    problem_changed.disconnect(listen)
    return Lived(seeded, tuple(told), Path(default_storage.path("")))
