"""The one search over a region's names, against bare LIKE over the same lines."""

import json
import random
import statistics
from collections.abc import Callable, Iterator

import numpy as np
import shapely
from django.db import connection, transaction

from layers.models import Changeset, Kind, Layer, SearchEntry, SearchWord
from layers.reading.finding import find_everything
from layers.reading.search import rebuild_search
from layers.schema.specs import FieldSpec, LayerSpec
from layers.services import apply_changeset, create_layer
from layers.staging import EncodedRows
from layers.words.folding import fold_line
from script.benchmarks.measure import Result, clock, render_time

PREFIX = "bench_search_"
TIMES = 15
TARGET = "≤ 60 ms"
WEST, SOUTH, SIZE = 27.0, 50.0, 0.5
MIDDLE = WEST + SIZE / 2, SOUTH + SIZE / 2
# As they are typed: by letters, whole, a house, two words, slips, Latin, nothing, too many.
QUERIES = (
    "л", "лі", "лік", "лікар", "лікарня", "шевч", "шевченка 12", "вулиця Шевченка 12", "12",
    "аптека подорож", "школа 1", "шевчнека", "лбвівська 7", "Shevchenka 12", "барбаракадабра",
    "шевченка 999", "липа", "липа дрібнолиста", "вулиця",
)  # fmt: skip
STREETS = ("Шевченка", "Львівська", "Незалежності", "Соборна", "Лісова", "Липова", "Лікарняна")
BEGINNINGS = ("Бере", "Воло", "Гри", "Дубо", "Зеле", "Кали", "Лозо", "Мико", "Оле", "Поді", "Сві")
MIDDLES = ("", "га", "ди", "ко", "мо", "ни", "ре", "сла", "ти", "чу", "шо", "хи", "ви", "ба", "зе")
ENDS = ("вська", "нська", "цька", "вого", "ренка", "чука", "нна", "лівка", "нова", "зна", "льна")
PLACES = ("Калинобрід", "Лісове", "Липівка", "Підлісне", "Зарічне", "Вишневе", "Козацьке")
TREES = ("Липа дрібнолиста", "Клен гостролистий", "Дуб звичайний")
SERVICES = (
    ("hospital", "Лікарня", ("клініка", "hospital")),
    ("family-doctor", "Сімейний лікар", ("терапевт", "амбулаторія")),
    ("pharmacy", "Аптека", ("ліки", "pharmacy")),
    ("school", "Школа", ("ліцей", "school")),
)
SIGNS = ("Подорожник", "Міська", "Центральна", "Родинна", "Надія")
BARE = """
    SELECT layer_id, key, title FROM layers_searchentry
    WHERE folded LIKE ALL (%s) LIMIT 10
"""


def run(rows: int) -> list[Result]:
    """Of every query the whole answer of ten, as the map's field asks for it."""
    access_layer(rows)
    find_everything(QUERIES[0], near=MIDDLE)
    return [measure(query) for query in QUERIES]


def measure(query: str) -> Result:
    patterns = [f"% {word}%" for word in fold_line(query).split()]
    took: list[float] = []

    def watch(execute: Callable[..., object], *asked: object) -> object:
        answer: list[object] = []
        took.append(clock(lambda: answer.append(execute(*asked))))
        return answer[0]

    def ask_bare() -> None:
        with connection.cursor() as cursor:
            cursor.execute(BARE, [patterns])
            cursor.fetchall()

    whole, statements, bare = [], [], []
    for _ in range(TIMES):
        took.clear()
        with connection.execute_wrapper(watch):
            whole.append(clock(lambda: find_everything(query, near=MIDDLE)))
        statements.append(sum(took))
        bare.append(clock(ask_bare))
    first = find_everything(query, near=MIDDLE).results[:1]
    note = (
        f"worst {render_time(max(whole))}; {len(took)} statements"
        f" {render_time(statistics.median(statements))}, worst {render_time(max(statements))};"
        f" first: {first[0].title if first else 'nothing'}"
    )
    return Result(f"«{query}»", statistics.median(whole), statistics.median(bare), TARGET, note)


@transaction.atomic
def load_layer(slug: str, rows: int) -> Layer:
    spec = LayerSpec(
        slug=slug,
        title_uk="Назви області",
        geometry_type="point",
        title_field="name",
        fields=(
            FieldSpec(name="name", searchable=True),
            FieldSpec(name="address", searchable=True),
            FieldSpec(name="kind"),
        ),
    )
    layer = create_layer(spec=spec, with_partition=False)
    apply_changeset(
        layer=layer,
        rows=EncodedRows(write_rows(rows), "key, geom, properties"),
        kind=Changeset.Kind.IMPORT,
    )
    for slug_of_kind, title, words in SERVICES:
        Kind.objects.update_or_create(
            slug=f"{slug}_{slug_of_kind}",
            defaults={
                "title_uk": title,
                "words": list(words),
                "layer": layer,
                "only": {"kind": [slug_of_kind]},
            },
        )
    return layer


def access_layer(rows: int) -> Layer:
    """The layer of `rows` names, made now when it is not there; no other one is searched."""
    slug = f"{PREFIX}{rows}"
    for table in (SearchEntry, SearchWord, Kind):
        table.objects.filter(layer__slug__startswith=PREFIX).exclude(layer__slug=slug).delete()
    layer = Layer.objects.filter(slug=slug).first() or load_layer(slug, rows)
    if SearchEntry.objects.filter(layer=layer).count() != rows:
        rebuild_search(layer)
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    return layer


def write_rows(rows: int) -> Iterator[bytes]:
    """Lines of COPY: four fifths are houses, then trees, and one of twenty is a service."""
    drawn = random.Random(4)  # noqa: S311  names, not secrets
    places = np.random.default_rng(4)
    points = shapely.points(WEST + places.random(rows) * SIZE, SOUTH + places.random(rows) * SIZE)
    shapes = shapely.to_wkb(shapely.set_srid(points, 4326), hex=True, include_srid=True)
    streets = [*STREETS, *(a + b + c for a in BEGINNINGS for b in MIDDLES for c in ENDS)]
    for number, shape in enumerate(shapes):
        house = f"вулиця {drawn.choice(streets)}, {drawn.randrange(1, 200)}"
        values = describe(drawn, number, house)
        yield f"k{number}\t{shape}\t{json.dumps(values, ensure_ascii=False)}\n".encode()


def describe(drawn: random.Random, number: int, house: str) -> dict[str, str]:
    if number % 20 == 0:
        kind, title, _words = drawn.choice(SERVICES)
        name = f"{title} № {drawn.randrange(1, 400)} «{drawn.choice(SIGNS)}»"
        return {"name": name, "address": house, "kind": kind}
    if number % 20 < 4:
        return {"name": drawn.choice(TREES), "address": house}
    return {"name": house, "address": drawn.choice(PLACES)}
