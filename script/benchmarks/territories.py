"""The spatial join: one point over all territory layers, and many points at once."""

import random
from collections.abc import Callable
from functools import partial
from pathlib import Path

import geopandas
import numpy as np
import shapely
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import connection

from importers.joining.frames import JoinedFile
from importers.joining.joining import join_files
from layers.joining.places import write_joined
from layers.models import Changeset, Layer
from layers.reading.territories import locate_point
from layers.schema.specs import LayerSpec
from layers.services import apply_changeset, create_layer
from layers.staging import EncodedRows, StagedRow
from script.benchmarks.measure import Result, clock, compare

LAYERS = 12
CELLS = 60
VERTICES_A_SIDE = 40
TIMES = 100
MANY_AREAS = 30_000
MANY_VERTICES = 100_000
PUBLIC = ["public"]
# The join as it was: every area in whose box a point lies is asked, vertex by vertex.
BARE = """
    CREATE TEMPORARY TABLE bare AS
    SELECT place.key, min(area.key COLLATE "C") AS territory
    FROM layers_feature AS area
    INNER JOIN layers_feature AS place ON place.geom_3857 && ST_Expand(area.geom_3857, 0.001)
    WHERE area.layer_id = %s AND place.layer_id = %s AND layers_covers(area.geom, place.geom)
    GROUP BY place.key
"""


def run(rows: int) -> list[Result]:
    small = [access_territories(number) for number in range(LAYERS)]
    many = access_layer("bench_many_areas", build_many_areas)
    vast = access_layer("bench_many_vertices", build_many_vertices)
    others = [many, vast]
    return [
        *measure_points(small, others),
        *measure_joins(rows, [(small[0], build_areas(0)), (many, build_many_areas()),
                              (vast, build_many_vertices())]),
    ]  # fmt: skip


def measure_points(small: list[Layer], others: list[Layer]) -> list[Result]:
    """Layers that are not asked are hidden meanwhile."""
    results = []
    for what, asked in (
        (f"one point in {LAYERS} layers of {CELLS} areas", small),
        (f"one point in a layer of {MANY_AREAS} areas", others[:1]),
        (f"one point in an area of {MANY_VERTICES} vertices", others[1:]),
    ):
        bench = Layer.objects.filter(slug__startswith="bench_")
        bench.update(visibility=Layer.Visibility.STAFF)
        bench.filter(pk__in=[layer.pk for layer in asked]).update(
            visibility=Layer.Visibility.PUBLIC
        )
        ours, by_areas = compare_locating([layer.pk for layer in asked])
        results.append(Result(what, ours, by_areas, "≤ 2 ms", "against asking the areas in SQL"))
    return results


def compare_locating(layers: list[int]) -> tuple[float, float]:
    """The whole call against the bare statement over areas, at random places."""
    chosen = random.Random(1)  # noqa: S311  places, not secrets
    statement = """
        SELECT DISTINCT ON (area.layer_id)
            area.layer_id, area.key, layers_border_distance_m(area.geom, given.place)
        FROM layers_feature AS area
        CROSS JOIN (SELECT ST_SetSRID(ST_MakePoint(%s, %s), 4326) AS place) AS given
        WHERE area.layer_id = ANY (%s)
            AND area.geom_3857 && ST_Expand(ST_Transform(given.place, 3857), 0.001)
            AND layers_covers(area.geom, given.place)
        ORDER BY area.layer_id, area.key COLLATE "C"
    """

    def draw() -> tuple[float, float]:
        return 30 + chosen.random() * 0.2, 50 + chosen.random() * 0.2

    with connection.cursor() as cursor:
        return compare(
            lambda: locate_point(AnonymousUser(), *draw()),
            lambda: cursor.execute(statement, [*draw(), layers]),
            TIMES,
        )


def measure_joins(
    rows: int, layers: list[tuple[Layer, dict[str, shapely.Geometry]]]
) -> list[Result]:
    """Points read from the database and a CSV written, against geopandas with points in memory."""
    points = build_points(rows)
    places = access_places(rows, points)
    frame = geopandas.GeoDataFrame({"key": [f"k{n}" for n in range(rows)]}, geometry=points)
    folder = Path(settings.DATA_DIR, "benchmarks")
    folder.mkdir(parents=True, exist_ok=True)
    results = []
    for number, (layer, areas) in enumerate(layers):
        territories = geopandas.GeoDataFrame(
            {"territory": list(areas)}, geometry=list(areas.values())
        )
        ours, theirs = compare(
            partial(write_to, folder / "ours.csv", places, layer),
            partial(join_frames, frame, territories, folder / "theirs.csv"),
            1,
        )
        vertices = int(sum(shapely.get_num_coordinates(list(areas.values()))))
        what = f"{rows} points with {len(areas)} areas of {vertices // len(areas)} vertices"
        target = "≤ 1 x" if number == 0 else "≤ 2 x"
        results.append(Result(f"{what}, against geopandas", ours, theirs, target))
        if number == 0:
            bare = clock(partial(join_bare, places, layer))
            results.append(Result(f"{what}, against bare SQL", ours, bare))
            results += measure_files(what, folder, frame, territories, ours)
    return results


def measure_files(
    what: str,
    folder: Path,
    points: geopandas.GeoDataFrame,
    areas: geopandas.GeoDataFrame,
    ours_s: float,
) -> list[Result]:
    """The same from files, read, checked and joined, against the layers in the database."""
    places_path, areas_path = folder / "places.parquet", folder / "areas.parquet"
    points.set_crs(4326).to_parquet(places_path)
    areas.set_crs(4326).rename(columns={"territory": "key"}).to_parquet(areas_path)
    results = []
    for name, in_parallel in (("geopandas", False), ("dask-geopandas", True)):
        taken = clock(
            partial(
                join_files,
                JoinedFile(places_path, key="key"),
                JoinedFile(areas_path, key="key"),
                folder / "files.csv",
                in_parallel=in_parallel,
            )
        )
        results.append(Result(f"{what}, join_file by {name}, against layers", taken, ours_s))
    return results


def write_to(path: Path, places: Layer, territories: Layer) -> None:
    with path.open("wb") as file:
        write_joined(places, territories, PUBLIC, file)


def join_frames(points: geopandas.GeoDataFrame, areas: geopandas.GeoDataFrame, path: Path) -> None:
    """By areas, which shapely prepares so; the other way round it takes many times longer."""
    joined = geopandas.sjoin(areas, points, predicate="covers")
    found = joined.groupby("key")["territory"].min()
    found.reindex(points["key"]).to_csv(path)


def join_bare(places: Layer, territories: Layer) -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE, [territories.pk, places.pk])
        cursor.execute("DROP TABLE bare")


def build_points(rows: int) -> np.ndarray:
    drawn = np.random.default_rng(1)
    lons, lats = 30 + drawn.random(rows) * 0.2, 50 + drawn.random(rows) * 0.2
    points: np.ndarray = shapely.points(lons, lats)
    return points


def access_places(rows: int, points: np.ndarray) -> Layer:
    slug = f"bench_places_{rows}"
    layer = Layer.objects.filter(slug=slug).first()
    if layer is not None:
        return layer
    spec = LayerSpec(slug=slug, title_uk=slug, geometry_type="point")
    layer = create_layer(spec=spec, with_partition=False)
    lines = (
        f"k{number}\t{shape}\n".encode()
        for number, shape in enumerate(
            shapely.to_wkb(shapely.set_srid(points, 4326), hex=True, include_srid=True)
        )
    )
    apply_changeset(layer=layer, rows=EncodedRows(lines, "key, geom"), kind=Changeset.Kind.IMPORT)
    return layer


def access_territories(number: int) -> Layer:
    """A partition of the town as a layer; each side of an area has many vertices, as in life."""
    return access_layer(f"bench_territory_{number}", lambda: build_areas(number))


def access_layer(slug: str, build: Callable[[], dict[str, shapely.Geometry]]) -> Layer:
    layer = Layer.objects.filter(slug=slug).first()
    if layer is not None:
        return layer
    layer = create_layer(spec=LayerSpec(slug=slug, title_uk=slug, kind=Layer.Kind.TERRITORY))
    rows = (StagedRow(key, area.wkb_hex, "{}") for key, area in build().items())
    apply_changeset(layer=layer, rows=rows, kind=Changeset.Kind.IMPORT)
    return layer


def build_areas(number: int, moved_deg: float = 0.0) -> dict[str, shapely.Geometry]:
    """Key → area of a partition of the town; `moved_deg` moves each site, and so each border."""
    return divide_town(number, CELLS, 0.05 / VERTICES_A_SIDE, moved_deg)


def build_many_areas() -> dict[str, shapely.Geometry]:
    return divide_town(99, MANY_AREAS, 0.0001)


def build_many_vertices() -> dict[str, shapely.Geometry]:
    """One area over most of the town, with a border that winds."""
    angles = np.linspace(0, 2 * np.pi, MANY_VERTICES, endpoint=False)
    reach = 0.09 * (1 + 0.1 * np.sin(7 * angles) + 0.03 * np.sin(91 * angles))
    coordinates = np.column_stack([30.1 + reach * np.cos(angles), 50.1 + reach * np.sin(angles)])
    return {"a": shapely.Polygon(coordinates)}


def divide_town(
    seed: int, count: int, step_deg: float, moved_deg: float = 0.0
) -> dict[str, shapely.Geometry]:
    """Cells around random sites, with a vertex at least every `step_deg` along their sides."""
    places = np.random.default_rng(seed)
    lons, lats = 30 + places.random(count) * 0.2, 50 + places.random(count) * 0.2
    sites = shapely.points(
        lons + places.uniform(-moved_deg, moved_deg, count),
        lats + places.uniform(-moved_deg, moved_deg, count),
    )
    town = shapely.box(30, 50, 30.2, 50.2)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(sites), extend_to=town))
    areas = shapely.segmentize(shapely.intersection(cells, town), step_deg)
    site_of, cell_of = shapely.STRtree(cells).query(sites, predicate="within")
    return {f"a{site:02d}": areas[cell] for site, cell in zip(site_of, cell_of, strict=True)}
