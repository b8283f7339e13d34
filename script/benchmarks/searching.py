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
SERVICES_OF = 20  # one of so many is a service
Describe = Callable[[random.Random, str], dict[str, str]]
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
    access_layers(rows)
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


def access_layers(rows: int) -> None:
    """Houses and trees, and services with their kinds; no other names are searched."""
    titles = {
        f"{PREFIX}{rows}": (rows - rows // SERVICES_OF, describe_place),
        f"{PREFIX}{rows}_services": (rows // SERVICES_OF, describe_service),
    }
    for table in (SearchEntry, SearchWord, Kind):
        theirs = table.objects.filter(layer__slug__startswith=PREFIX)
        theirs.exclude(layer__slug__in=titles).delete()
    for slug, (count, describe) in titles.items():
        layer = Layer.objects.filter(slug=slug).first() or load_layer(slug, count, describe)
        if describe is describe_service:
            add_kinds(layer)
        if SearchEntry.objects.filter(layer=layer).count() != count:
            rebuild_search(layer)
            with connection.cursor() as cursor:
                cursor.execute("VACUUM ANALYZE")


@transaction.atomic
def load_layer(slug: str, rows: int, describe: Describe) -> Layer:
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
    lines = EncodedRows(write_rows(rows, describe), "key, geom, properties")
    apply_changeset(layer=layer, rows=lines, kind=Changeset.Kind.IMPORT)
    return layer


def add_kinds(layer: Layer) -> None:
    for slug, title, words in SERVICES:
        only = {"kind": [slug]}
        values = {"title_uk": title, "words": list(words), "layer": layer, "only": only}
        Kind.objects.update_or_create(slug=f"{PREFIX}{slug}", defaults=values)


def write_rows(rows: int, describe: Describe) -> Iterator[bytes]:
    """Lines of COPY."""
    drawn = random.Random(4)  # noqa: S311  names, not secrets
    places = np.random.default_rng(4)
    points = shapely.points(WEST + places.random(rows) * SIZE, SOUTH + places.random(rows) * SIZE)
    shapes = shapely.to_wkb(shapely.set_srid(points, 4326), hex=True, include_srid=True)
    streets = [*STREETS, *(a + b + c for a in BEGINNINGS for b in MIDDLES for c in ENDS)]
    for number, shape in enumerate(shapes):
        house = f"вулиця {drawn.choice(streets)}, {drawn.randrange(1, 200)}"
        values = json.dumps(describe(drawn, house), ensure_ascii=False)
        yield f"k{number}\t{shape}\t{values}\n".encode()


def describe_place(drawn: random.Random, house: str) -> dict[str, str]:
    """A house, or a tree beside it one time in six."""
    if drawn.randrange(6) == 0:
        return {"name": drawn.choice(TREES), "address": house}
    return {"name": house, "address": drawn.choice(PLACES)}


def describe_service(drawn: random.Random, house: str) -> dict[str, str]:
    kind, title, _words = drawn.choice(SERVICES)
    name = f"{title} № {drawn.randrange(1, 400)} «{drawn.choice(SIGNS)}»"
    return {"name": name, "address": house, "kind": kind}
