"""The spatial join: one point over all territory layers."""

import random
import statistics

import numpy as np
import shapely
from django.contrib.auth.models import AnonymousUser

from layers.models import Changeset, Layer
from layers.reading.territories import locate_point
from layers.schema.specs import LayerSpec
from layers.services import apply_changeset, create_layer
from layers.staging import StagedRow
from script.benchmarks.measure import Result, clock

LAYERS = 12
CELLS = 60
VERTICES_A_SIDE = 40
TIMES = 300


def run(rows: int) -> list[Result]:
    for number in range(LAYERS):
        access_territories(number)
    chosen = random.Random(1)  # noqa: S311  places, not secrets
    times = [
        clock(
            lambda: locate_point(
                AnonymousUser(), 30 + chosen.random() * 0.2, 50 + chosen.random() * 0.2
            )
        )
        for _ in range(TIMES)
    ]
    return [
        Result(
            f"one point in {LAYERS} layers of {CELLS} areas",
            statistics.median(times),
            None,
            "≤ 2 ms",
        ),
    ]


def access_territories(number: int) -> Layer:
    """A partition of the town as a layer; each side of an area has many vertices, as in life."""
    slug = f"bench_territory_{number}"
    layer = Layer.objects.filter(slug=slug).first()
    if layer is not None:
        return layer
    layer = create_layer(spec=LayerSpec(slug=slug, title_uk=slug, kind=Layer.Kind.TERRITORY))
    areas = build_areas(number)
    rows = (StagedRow(key, area.wkb_hex, "{}") for key, area in areas.items())
    apply_changeset(layer=layer, rows=rows, kind=Changeset.Kind.IMPORT)
    return layer


def build_areas(number: int, moved_deg: float = 0.0) -> dict[str, shapely.Geometry]:
    """Key → area of a partition of the town; `moved_deg` moves each site, and so each border."""
    places = np.random.default_rng(number)
    lons, lats = 30 + places.random(CELLS) * 0.2, 50 + places.random(CELLS) * 0.2
    sites = shapely.points(
        lons + places.uniform(-moved_deg, moved_deg, CELLS),
        lats + places.uniform(-moved_deg, moved_deg, CELLS),
    )
    town = shapely.box(30, 50, 30.2, 50.2)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(sites), extend_to=town))
    areas = shapely.segmentize(shapely.intersection(cells, town), 0.05 / VERTICES_A_SIDE)
    site_of, cell_of = shapely.STRtree(cells).query(sites, predicate="within")
    return {f"a{site:02d}": areas[cell] for site, cell in zip(site_of, cell_of, strict=True)}
