"""The nearest objects of many layers, against bare nearest-neighbour SQL over their partitions."""

import random

import numpy as np
import shapely
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from psycopg2 import sql

from layers.models import Changeset, Layer
from layers.reading.nearest import find_nearest, list_wishes
from layers.schema.specs import LayerSpec
from layers.services import apply_changeset, create_layer
from layers.staging import EncodedRows
from script.benchmarks.measure import Result, compare

LAYERS = 30
LIMIT = 10
TIMES = 200
WEST, SOUTH, SIZE = 30.0, 50.0, 0.2
# Of each layer the ten nearest by the index, of them ten by the ellipsoid: nearly right.
ONE = sql.SQL("""
    (SELECT key, properties, ST_Distance(geom::geography, %(place)s::geography) AS distance_m
    FROM {table} WHERE visibility = 'public'
    ORDER BY geom_3857 <-> ST_Transform(%(place)s::geometry, 3857) LIMIT %(limit)s)
""")


def run(rows: int) -> list[Result]:
    """Half of the points in one layer, the others in 29."""
    shares = [rows // 2, *[rows // 2 // (LAYERS - 1)] * (LAYERS - 1)]
    layers = [access_layer(number, share) for number, share in enumerate(shares)]
    slugs = [layer.slug for layer in layers]
    wishes = list_wishes(AnonymousUser(), [], slugs)
    chosen = random.Random(1)  # noqa: S311  places, not secrets
    bare = write_bare(layers)

    def draw() -> tuple[float, float]:
        return WEST + chosen.random() * SIZE, SOUTH + chosen.random() * SIZE

    def ask_bare() -> object:
        lon, lat = draw()
        values: dict[str, str | int] = {"place": f"SRID=4326;POINT({lon} {lat})", "limit": LIMIT}
        with connection.cursor() as cursor:
            cursor.execute(bare, values)
            return cursor.fetchall()

    found = compare(lambda: find_nearest(wishes, *draw(), limit=LIMIT), ask_bare, TIMES)
    whole = compare(
        lambda: find_nearest(list_wishes(AnonymousUser(), [], slugs), *draw(), limit=LIMIT),
        ask_bare,
        TIMES,
    )
    what = f"{LIMIT} nearest of {LAYERS} layers"
    return [
        Result(f"{what}, the statement", *found, "", "bare SQL orders nearly right"),
        Result(f"{what}, with who may see what", *whole, "≤ 10 ms"),
    ]


def write_bare(layers: list[Layer]) -> str:
    parts = [
        ONE.format(table=sql.Identifier(f"layers_feature_{layer.pk}"))  # partitions bear the id
        for layer in layers
    ]
    whole = sql.SQL(" UNION ALL ").join(parts) + sql.SQL(" ORDER BY distance_m LIMIT %(limit)s")
    with connection.cursor() as cursor:
        return str(whole.as_string(cursor.cursor))


def access_layer(number: int, rows: int) -> Layer:
    slug = f"bench_near_{number}_{rows}"
    layer = Layer.objects.filter(slug=slug).first()
    if layer is None:
        spec = LayerSpec(slug=slug, title_uk=slug, geometry_type="point", visibility="public")
        layer = create_layer(spec=spec, with_partition=False)
        drawn = np.random.default_rng(number)
        points = shapely.points(WEST + drawn.random(rows) * SIZE, SOUTH + drawn.random(rows) * SIZE)
        lines = (
            f"k{each}\t{shape}\n".encode()
            for each, shape in enumerate(
                shapely.to_wkb(shapely.set_srid(points, 4326), hex=True, include_srid=True)
            )
        )
        apply_changeset(
            layer=layer, rows=EncodedRows(lines, "key, geom"), kind=Changeset.Kind.IMPORT
        )
    return layer
