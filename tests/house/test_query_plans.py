"""Each named statement is planned with the index that its head names, where rows are many."""

import random
import re

import pytest
from django.contrib.gis.geos import Point, Polygon
from django.db import connection
from django.utils import timezone

from geoportal.core.database.named_sql import execute_sql
from geoportal.messages.leasing import LEASE
from geoportal.messages.models import Message
from layers.models import Changeset, Feature, Layer, Photo
from layers.reading.edit_items import EditQuery
from layers.reading.items import ItemsQuery
from layers.reading.parameters import BBox
from layers.reading.search import rebuild_search
from layers.schema.specs import FieldSpec, LayerSpec
from layers.schema.values import dump_json
from layers.services import apply_changeset, create_layer, edit_feature
from layers.staging import StagedRow, fill_stage
from tests.house.border_plans import BORDER_PLANS
from tests.house.explaining import (
    CELLS_A_SIDE,
    PUBLIC,
    SIZE,
    SOUTH,
    WEST,
    Town,
    explain,
    ids_of,
    keys_of,
    places_of,
)
from tests.house.import_plans import IMPORT_PLANS
from tests.house.problem_plans import PROBLEM_PLANS, explain_reassignment, fill_problems
from tests.house.test_named_sql import list_named, read_head
from tests.house.tile_plans import TILE_PLANS

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ROWS = 30_000
SYLLABLES = ("бе", "ре", "ко", "ли", "на", "ту", "зо", "ве", "ми", "ра", "сто", "гай")


@pytest.fixture(scope="module")
def cleared(django_db_setup, django_db_blocker) -> None:
    """What other tests took back still fills tables and indexes, and makes them look dear."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM (FULL, ANALYZE)")


@pytest.fixture
def town(cleared: None, db: None) -> Town:
    """30 000 points, all changed once; 2 025 areas; a small layer changed twice."""
    chosen = random.Random(7)
    points = load("points", list_points(chosen))
    changed = [row._replace(properties=row.properties.replace("вул", "пров")) for row in
               list_points(random.Random(7))]  # fmt: skip
    apply_changeset(layer=points, rows=changed, kind=Changeset.Kind.IMPORT)
    areas = load("areas", list_areas(), kind=Layer.Kind.TERRITORY, geometry_type="polygon")
    quiet = load("quiet", list_points(chosen)[:20])
    for height in (1, 2):
        edit_feature(layer=quiet, key="k1", values={"height": height})
    rebuild_search(points)
    with connection.cursor() as cursor:
        # Entries that are not sorted into it yet make the index look dear.
        cursor.execute("REINDEX INDEX layers_search_folded")
        cursor.execute("REINDEX INDEX layers_search_sound")
        cursor.execute("REINDEX INDEX layers_search_title")
        for table in (
            "layers_featureversion",
            "layers_searchentry",
            "layers_searchword",
            "layers_feature",
            "layers_layer",
        ):
            cursor.execute(f"ANALYZE {table}")
    first, second = Changeset.objects.filter(layer=quiet).order_by("id")[1:3]
    return Town(points, areas, quiet, first, second)


def load(slug: str, rows: list[StagedRow], **values: object) -> Layer:
    fields = (
        FieldSpec(name="name", searchable=True),
        FieldSpec(name="address", searchable=True),
        FieldSpec(name="height", type="number"),
    )
    given = {"title_uk": slug, "geometry_type": "point", "title_field": "name"} | values
    spec = LayerSpec(slug=slug, fields=fields, **given)
    layer = create_layer(spec=spec, with_partition=False)
    apply_changeset(layer=layer, rows=rows, kind=Changeset.Kind.IMPORT)
    return layer


def list_points(chosen: random.Random) -> list[StagedRow]:
    return [
        StagedRow(
            f"k{number}",
            wkb_of(Point(WEST + chosen.random() * SIZE, SOUTH + chosen.random() * SIZE, srid=4326)),
            dump_json({"name": name_it(chosen), "address": f"вул. {name_it(chosen)}, {number}"}),
        )
        for number in range(ROWS)
    ]


def name_it(chosen: random.Random) -> str:
    return "".join(chosen.choices(SYLLABLES, k=4)).capitalize()


def list_areas() -> list[StagedRow]:
    step = SIZE / CELLS_A_SIDE
    return [
        StagedRow(
            f"a{column}-{row}",
            wkb_of(
                Polygon.from_bbox(
                    (
                        WEST + column * step,
                        SOUTH + row * step,
                        WEST + (column + 1) * step,
                        SOUTH + (row + 1) * step,
                    )
                )
            ),
            "{}",
        )
        for column in range(CELLS_A_SIDE)
        for row in range(CELLS_A_SIDE)
    ]


def wkb_of(shape: Point | Polygon) -> str:
    shape.srid = 4326
    return str(shape.hexewkb.decode())


def box(size: float) -> BBox:
    west, south = WEST + SIZE / 2, SOUTH + SIZE / 2
    return BBox(((west, south, west + size, south + size),))


def page(town: Town, **given: object) -> dict[str, object]:
    query = ItemsQuery(layer=town.points, visibilities=PUBLIC, **given)
    return query.bind()


def plan_items_to_edit(town: Town) -> None:
    near = EditQuery(layer=town.points, limit=10, box=box(0.002).boxes[0])
    assert places_of(town.points) in explain("layers", "items_to_edit", near.bind())


def plan_items(town: Town) -> None:
    assert places_of(town.points) in explain("layers", "items", page(town, bbox=box(0.002)))
    last = Feature.objects.filter(layer=town.points).order_by("-id").first()
    assert last is not None
    deep = explain("layers", "items", page(town, after=last.pk - 100))
    assert ids_of(town.points) in deep
    assert '"Sort"' not in deep


def plan_count_items(town: Town) -> None:
    values = page(town, bbox=box(0.002)) | {"bound": 50_001}
    assert places_of(town.points) in explain("layers", "count_items", values)


def plan_item(town: Town) -> None:
    values = {"layer": town.points.pk, "key": "k77", "visibilities": PUBLIC}
    assert keys_of(town.points) in explain("layers", "item", values)


def plan_locate_point(town: Town) -> None:
    place = {"lon": WEST + SIZE / 3, "lat": SOUTH + SIZE / 3}
    values = {"layers": [town.areas.pk], "visibilities": PUBLIC} | place
    used = scanned_by("layers", "locate_point", values)
    assert {"layers_territorycell_pkey", ids_of(town.areas)} <= used.keys()
    assert places_of(town.areas) not in used
    assert sum(used.values()) < 40  # of two thousand areas


def plan_near_territories(town: Town) -> None:
    place = {"lon": WEST + SIZE / 3, "lat": SOUTH + SIZE / 3}
    values = {"layers": [town.areas.pk], "within_m": 15.0, "holding": []} | place
    used = scanned_by("layers", "near_territories", values)
    assert {"layers_territorycell_pkey", ids_of(town.areas)} <= used.keys()
    assert places_of(town.areas) not in used
    assert sum(used.values()) < 40  # of two thousand areas


def plan_nearest(town: Town) -> None:
    """By the index for each of the two steps, though the statement does not know how many."""
    values = {
        "layers": [town.points.pk, town.areas.pk],
        "wishes": [None, None],
        "sees_all": [False, False],
        "lon": WEST + SIZE / 3,
        "lat": SOUTH + SIZE / 3,
        "most": 10,
        "within_m": 1e6,
    }
    used = scanned_by("layers", "nearest", values)
    assert used == {places_of(town.points): 2, places_of(town.areas): 2}


def scanned_by(package: str, name: str, values: dict[str, object]) -> dict[str, int]:
    """How often each index is read by a named statement: for those that keep plans in functions."""
    counting = """
        SELECT relname, pg_stat_get_xact_numscans(oid) FROM pg_class
        WHERE relkind = 'i' AND relname LIKE 'layers%'
    """
    with connection.cursor() as cursor:
        cursor.execute(counting)
        before = dict(cursor.fetchall())
        execute_sql(cursor, package, name, values)
        assert cursor.fetchall()
        cursor.execute(counting)
        return {index: count - before[index] for index, count in cursor.fetchall()
                if count > before[index]}  # fmt: skip


def plan_history(town: Town) -> None:
    values = {"layer": town.points.pk, "key": "k77", "visibilities": PUBLIC, "public": ["name"],
              "staff": [], "published": []}  # fmt: skip
    plan = explain("layers", "history", values)
    assert keys_of(town.points) in plan
    assert "layers_version_of_feature" in plan


def plan_diff_changesets(town: Town) -> None:
    values = {"layer": town.points.pk, "first": town.first.pk, "second": town.second.pk,
              "visibilities": PUBLIC, "public": ["name"], "staff": [], "published": [],
              "after": "", "limit": 100}  # fmt: skip
    plan = explain("layers", "diff_changesets", values)
    assert "layers_version_of_feature" in plan
    assert keys_of(town.points) in plan
    assert '"Index Name": "layers_featureversion_replaced_by_id' in plan


def plan_diff_stage(town: Town) -> None:
    with connection.cursor() as cursor:
        fill_stage(cursor, list_points(random.Random(7))[:5])
    plan = explain("layers", "diff_stage", {"layer": town.points.pk, "patch": True})
    assert keys_of(town.points) in plan


def plan_stage_field_back(town: Town) -> None:
    with connection.cursor() as cursor:
        fill_stage(cursor, [])
    values = {"layer": town.points.pk, "changeset": town.second.pk, "name": "height"}
    plan = explain("layers", "stage_field_back", values)
    assert '"Index Name": "layers_featureversion_replaced_by_id' in plan
    assert keys_of(town.points) in plan


def plan_search_words(town: Town) -> None:
    asked = {
        "layers": [town.points.pk, town.areas.pk, town.quiet.pk],
        "patterns": [" (берегай)", " (12)"],
        "probe": " (берегай)",
        "begins": " берегай 12%",
        "has_number": True,
        "wish": None,
        "lon": WEST,
        "lat": SOUTH,
        "limit": 10,
        "candidates": 2000,
    }
    plan = explain("layers", "search_words", asked)
    assert "layers_search_folded" in plan
    assert "layers_search_title" in plan


def plan_find_words(town: Town) -> None:
    plan = explain("layers", "find_words", {"sounds": ["berehai"], "most": 12})
    assert "layers_search_sound" in plan


def plan_insert_search_words(town: Town) -> None:
    plan = explain("layers", "insert_search_words", {"layer": town.points.pk, "keys": ["k1"]})
    assert "layers_search_entry_once" in plan


def plan_stage_same_values(town: Town) -> None:
    values = {"layer": town.points.pk, "keys": ["k1", "k2"], "properties": "{}", "internal": "{}"}
    with connection.cursor() as cursor:
        fill_stage(cursor, [])
    assert keys_of(town.points) in explain("layers", "stage_same_values", values)


def plan_mark_photos(town: Town) -> None:
    Photo.objects.create(layer=town.points, key="k1", size=1, width=1, height=1)
    assert keys_of(town.points) in explain("layers", "mark_photos", {"now": timezone.now()})


def plan_lease_message(town: Town) -> None:
    now = timezone.now()
    states = ["sent"] * 5000 + ["queued"] * 50
    Message.objects.bulk_create(
        Message(
            channel="mail", address=f"{n}@example.org", state=state, due_at=now,
            expires_at=now,
            sent_at=now if state == "sent" else None,
        )
        for n, state in enumerate(states)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE outbox_message")
    values = {"now": now, "lease_until": now + LEASE, "channels": ["mail"]}
    plan = explain("geoportal.messages", "lease_message", values)
    assert "outbox_waiting" in plan
    assert '"Sort"' not in plan


PLANS = {
    name.removeprefix("plan_"): plan for name, plan in globals().items() if name.startswith("plan_")
}


def list_named_with_index() -> list[str]:
    return [path.stem for path in list_named() if re.search("Index: (?!none)", read_head(path))]


def test_every_statement_that_names_an_index_is_planned_here():
    planned = {*PLANS, *PROBLEM_PLANS, *IMPORT_PLANS, *BORDER_PLANS, *TILE_PLANS}
    assert set(list_named_with_index()) - planned == set()


def test_the_planner_takes_the_index_that_the_head_names(town, subtests):
    for name, plan in (PLANS | IMPORT_PLANS | BORDER_PLANS | TILE_PLANS).items():
        with subtests.test(name):
            plan(town)
    fill_problems(town)
    steps = explain_reassignment(town)
    for name, plan in PROBLEM_PLANS.items():
        with subtests.test(name):
            plan(town, steps)


def test_execute_sql_binds_by_name():
    with connection.cursor() as cursor:
        execute_sql(cursor, "layers", "summary", {"layer": 0, "visibilities": PUBLIC})
        assert cursor.fetchone()[0] == 0
