"""Tiles of problems: every problem counted once, fresh after every change, public ones only."""

import math
import random
from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.gis.db.models import Extent
from django.contrib.gis.geos import Point
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from mapbox_vector_tile import decode

from geoportal.problems import services
from geoportal.problems.access import list_public_problems
from geoportal.problems.lists.filters import ProblemFilter
from geoportal.problems.models import Problem
from geoportal.problems.tiles.source import ProblemSource
from geoportal.problems.workflow import PUBLISHED, State
from tests.geoportal.problems.conftest import (
    NORTH_WEST,
    SOUTH_EAST,
    SOUTH_WEST,
    Town,
    write_user,
)
from tests.standing import standing_world
from tiles.grid import Tile
from tiles.sources import read_tile

pytestmark = pytest.mark.django_db
WEST, SOUTH, SIZE = 30.5078, 50.4082, 0.008


def find_tile(z, lon, lat):
    width = 1 << z
    south = (0.5 - math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi)) * width
    return Tile(z, int((lon + 180) / 360 * width), int(south))


def list_tiles(z):
    """All tiles around the problems, with a ring of neighbours."""
    west, south, east, north = Problem.objects.aggregate(box=Extent("geom"))["box"]
    first, last = find_tile(z, west, north), find_tile(z, east, south)
    top = (1 << z) - 1
    for x in range(max(0, first.x - 1), min(top, last.x + 1) + 1):
        for y in range(max(0, first.y - 1), min(top, last.y + 1) + 1):
            yield Tile(z, x, y)


def read(body):
    """The properties of the points of a tile."""
    layers = decode(body, default_options={"y_coord_down": True})
    return [
        feature["properties"] for feature in layers.get("problems", {"features": []})["features"]
    ]


def ask(query="", z=14, place=NORTH_WEST, **headers):
    cell = find_tile(z, *place)
    return Client(headers=headers).get(f"/problems/tiles/{cell.z}/{cell.x}/{cell.y}.mvt{query}")


def ask_points(query="", z=14, place=NORTH_WEST):
    response = ask(query, z, place)
    assert response.status_code == (200 if response.content else 204), response.content
    return read(response.content)


def numbers_of(points):
    return sorted(point["number"] for point in points)


@standing_world
def standing_crowd(standing_town: Town) -> None:
    """Problems at random, at corners of tiles and at the very same place, in all public states."""
    chosen = random.Random(2026)
    places = [(WEST + chosen.random() * SIZE, SOUTH + chosen.random() * SIZE) for _ in range(150)]
    places += [places[0]] * 3
    for z in range(15, 19):
        cell = find_tile(z, WEST + SIZE / 2, SOUTH + SIZE / 2)
        north = math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * cell.y / (1 << z)))))
        places.append((cell.x / (1 << z) * 360 - 180, north))
    now = timezone.now()
    states = (*PUBLISHED, State.MODERATION)
    rows = [
        Problem(
            category=standing_town.categories["rubbish"],
            title=f"Сміття {number}",
            description="Опис",
            geom=Point(*place, srid=4326),
            state=states[number % len(states)],
            state_since=now,
            created_at=now,
            published_at=now,
            accepted_at=now,
            closed_at=now,
            archive_at=now + timedelta(days=25),
            resolution="solved",
        )
        for number, place in enumerate(places)
    ]
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE problems_problem DISABLE TRIGGER problems_problem_guarded")
        Problem.objects.bulk_create(rows)
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE problems_problem ENABLE TRIGGER problems_problem_guarded")


def build_all(cell):
    return read_tile(cell, [ProblemSource(ProblemFilter(), timezone.now())]).body


@pytest.mark.parametrize("z", range(19))
def test_counts_of_all_tiles_of_a_zoom_sum_to_those_of_the_database(standing_crowd, z):
    tallies: Counter[str] = Counter()
    seen: list[int] = []
    for cell in list_tiles(z):
        for point in read(build_all(cell)):
            assert point["total"] == sum(point[state] for state in PUBLISHED)
            tallies.update({state.value: point[state] for state in PUBLISHED})
            seen += [point["number"]] if point["total"] == 1 else []
    held = Counter(list_public_problems().values_list("state", flat=True))
    assert tallies == held
    assert len(seen) == len(set(seen))
    if z >= 16:
        assert len(seen) == held.total()


def test_cluster_lies_in_its_own_cell_and_tells_its_box(standing_crowd):
    cell = find_tile(13, WEST + SIZE / 2, SOUTH + SIZE / 2)
    body = build_all(cell)
    features = decode(body, default_options={"y_coord_down": True})["problems"]["features"]
    cells = set()
    for feature in features:
        x, y = feature["geometry"]["coordinates"]
        assert 0 <= x < 4096
        assert 0 <= y < 4096
        cells.add((x // 512, y // 512))
        if (box := feature["properties"])["total"] > 1:
            assert box["west"] < box["east"]
            assert box["south"] < box["north"]
            assert "_key" not in box
    assert len(cells) == len(features)


def test_single_problem_brings_what_is_drawn_and_read_of_it(make_problem):
    problem = make_problem("accepted")
    (point,) = ask_points()
    assert point["_key"] == str(problem.pk)
    assert (point["number"], point["title"]) == (problem.pk, problem.title)
    assert (point["status"], point["category"], point["late"]) == ("accepted", "rubbish", 0)
    assert (point["total"], point["accepted"], point["open"]) == (1, 1, 0)
    assert not {"description", "reporter", "contact_phone"} & set(point)


def test_only_public_problems_are_counted(make_problem):
    shown = make_problem("open")
    make_problem("moderation")
    make_problem("rejected")
    make_problem("open", category="abuse", worker="council")
    assert numbers_of(ask_points(z=0)) == [shown.pk]


def test_filter_of_the_list_filters_the_tile(make_problem):
    closed = make_problem("closed", title="Яма на дорозі")
    opened = make_problem("open", place=SOUTH_EAST, title="Купа сміття", worker="tidy")
    found = {
        "?state=closed": [closed.pk],
        "?state=open&state=accepted": [opened.pk],
        "?category=waste": [closed.pk, opened.pk],
        "?category=roads": [],
        "?organisation=tidy": [opened.pk],
        "?territory=districts:west": [closed.pk],
        "?q=яма": [closed.pk],
        "?from=2001-01-01&to=2001-01-02": [],
    }
    for query, expected in found.items():
        near = [
            *ask_points(query, z=16, place=NORTH_WEST),
            *ask_points(query, z=16, place=SOUTH_EAST),
        ]
        assert numbers_of(near) == sorted(expected), query


def test_words_with_percents_quotes_and_braces_are_just_words(make_problem):
    problem = make_problem("open", title="Знижка 100 % на {ями} 'тут'")
    assert numbers_of(ask_points("?q=100+%25+%7Bями%7D+'тут'")) == [problem.pk]
    assert ask_points("?q=%25s") == []


def test_change_of_a_state_is_seen_by_the_very_next_request(make_problem, town):
    problem = make_problem("open")
    before = ask()
    services.accept_problem(
        actor=town.officers["clean"], organisation=town.organisations["clean"], number=problem.pk
    )
    after = ask(if_none_match=before.headers["ETag"])
    assert after.status_code == 200
    assert [point["status"] for point in read(after.content)] == ["accepted"]


def tags(z=14):
    return [ask(z=z, place=place).headers["ETag"] for place in (NORTH_WEST, SOUTH_EAST)]


def test_step_of_a_problem_makes_only_the_tiles_of_its_place_new(make_problem, town):
    problem = make_problem("open")
    make_problem("open", place=SOUTH_EAST, worker="tidy")
    before, afar = tags(), ask(z=0).headers["ETag"]
    services.accept_problem(
        actor=town.officers["clean"], organisation=town.organisations["clean"], number=problem.pk
    )
    after = tags()
    assert [old != new for old, new in zip(before, after, strict=True)] == [True, False]
    assert ask(z=0).headers["ETag"] != afar


@pytest.mark.parametrize(
    ("change", "is_seen"),
    [
        ("UPDATE problems_problem SET votes = votes + 1 WHERE id = %s", True),
        ("UPDATE problems_problem SET is_public = false WHERE id = %s", True),
        ("UPDATE problems_problemterritory SET key = 'other' WHERE problem_id = %s", True),
        ("DELETE FROM problems_problemterritory WHERE problem_id = %s", True),
        ("UPDATE accounts_organisation SET phone = '1' WHERE id > %s", False),
    ],
)
def test_whatever_a_tile_shows_or_is_filtered_by_is_seen_by_plain_sql(
    make_problem, change, is_seen
):
    problem = make_problem("open")
    make_problem("open", place=SOUTH_EAST, worker="tidy")
    before = tags()
    with connection.cursor() as cursor:
        cursor.execute(change, [problem.pk])
    assert [old != new for old, new in zip(before, tags(), strict=True)] == [is_seen, False]


@pytest.mark.parametrize("table", ["problems_category", "accounts_organisation"])
def test_words_that_all_tiles_are_filtered_by_make_all_of_them_new(make_problem, table):
    make_problem("open")
    before = tags()
    column = {"problems_category": "icon", "accounts_organisation": "slug"}[table]
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = {column}")
    assert all(old != new for old, new in zip(before, tags(), strict=True))


def test_report_that_nobody_sees_yet_touches_nothing(make_problem):
    make_problem("open")
    before = tags()
    make_problem("moderation", place=SOUTH_EAST)
    assert tags() == before


def test_tile_that_the_client_holds_is_not_built(make_problem):
    make_problem("open")
    first = ask("?state=open")
    assert first.headers["Cache-Control"] == "public, no-cache"
    with CaptureQueriesContext(connection) as queries:
        again = ask("?state=open", if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert not any("ST_AsMVT" in query["sql"] for query in queries)
    assert ask("?state=closed").headers["ETag"] != first.headers["ETag"]


def test_problem_becomes_overdue_at_midnight_without_any_change(
    make_problem,
    time_machine,
):
    problem = make_problem("open")
    before = ask()
    assert [point["late"] for point in read(before.content)] == [0]
    moment = Problem.objects.get(pk=problem.pk).due_at
    time_machine.move_to(moment)
    after = ask(if_none_match=before.headers["ETag"])
    assert [point["late"] for point in read(after.content)] == [1]
    assert numbers_of(ask_points("?overdue=1")) == [problem.pk]


def test_own_reports_are_never_kept_by_shared_caches(make_problem, author):
    problem = make_problem("open")
    make_problem("open", by=write_user("somebody"))
    client = Client()
    client.force_login(author)
    cell = find_tile(16, *NORTH_WEST)
    response = client.get(f"/problems/tiles/16/{cell.x}/{cell.y}.mvt?mine=1")
    assert numbers_of(read(response.content)) == [problem.pk]
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert ask("?mine=1").status_code == 400


@pytest.mark.parametrize(
    "query",
    ["?state=lost", "?category=none", "?organisation=none", "?territory=districts",
     "?from=yesterday", "?from=2026-02-02&to=2026-02-01"],
)  # fmt: skip
def test_filter_that_cannot_be_is_refused_in_words(town, query):
    response = ask(query, accept="application/json")
    assert response.status_code == 400
    assert response.json()["detail"]


@pytest.mark.parametrize("path", ["30/0/0", "3/8/0", "-1/0/0", "a/b/c"])
def test_tile_that_the_grid_has_not_is_not_found(town, path):
    assert Client().get(f"/problems/tiles/{path}.mvt").status_code == 404


def test_map_without_any_problem_is_empty(db):
    assert ask().content == b""


def look(box, query=""):
    return Client().get(f"/api/v1/problems/in-view/?bbox={','.join(map(str, box))}{query}")


def test_view_tells_how_many_there_are_and_lists_the_nearest_first(make_problem):
    near = make_problem("open")
    far = make_problem("closed", place=SOUTH_WEST, worker="tidy")
    make_problem("accepted", place=SOUTH_EAST, worker="tidy")
    west, north = NORTH_WEST
    found = look((west - 0.003, 50.402, west + 0.003, north + 0.006)).json()
    assert found["states"] == {"open": 1, "accepted": 1, "closed": 1, "archived": 0}
    assert (found["total"], found["in_view"]) == (3, 2)
    assert {line["number"] for line in found["problems"]} == {near.pk, far.pk}
    around = look((west - 0.001, north - 0.012, west + 0.001, north + 0.008)).json()
    assert [line["number"] for line in around["problems"]] == [near.pk, far.pk]
    assert around["problems"][0]["url"] == f"/problems/{near.pk}/"


def test_view_counts_states_under_the_rest_of_the_filter(make_problem):
    make_problem("open")
    make_problem("closed")
    found = look((30, 50, 31, 51), "&state=open&category=waste").json()
    assert found["states"] == {"open": 1, "accepted": 0, "closed": 1, "archived": 0}
    assert (found["total"], found["in_view"]) == (1, 1)


@pytest.mark.parametrize("query", ["", "?bbox=1,2,3", "?bbox=30,51,31,50", "?bbox=a,b,c,d"])
def test_view_without_a_proper_box_is_refused(town, query):
    assert Client().get(f"/api/v1/problems/in-view/{query}").status_code == 400


def test_list_of_a_view_costs_the_same_for_one_problem_and_for_many(make_problem):
    make_problem("open")
    look((30, 50, 31, 51))
    with CaptureQueriesContext(connection) as one:
        look((30, 50, 31, 51))
    for _ in range(5):
        make_problem("open")
    with CaptureQueriesContext(connection) as many:
        look((30, 50, 31, 51))
    assert len(one) == len(many)


def card_of(number, user=None):
    client = Client()
    if user:
        client.force_login(user)
    return client.get(f"/api/v1/problems/{number}/card/")


def test_card_tells_what_is_public_and_what_the_reader_may_do(make_problem, author):
    problem = make_problem("open", address="вул. Садова, 5")
    document = card_of(problem.pk).json()
    assert document["id"] == str(problem.pk)
    assert document["geometry"]["coordinates"] == list(NORTH_WEST)
    properties = document["properties"]
    assert (properties["state"], properties["address"]) == ("open", "вул. Садова, 5")
    assert properties["organisation"] == "КП «clean»"
    assert set(properties["dates"]) == {"published", "due"}
    assert author.email not in card_of(problem.pk).content.decode()
    neighbour = write_user("neighbour")
    readers = {None: "sign_in", author: "own", neighbour: "can"}
    assert {
        reader: card_of(problem.pk, reader).json()["properties"]["join"] for reader in readers
    } == readers
    services.join_problem(actor=neighbour, number=problem.pk)
    assert card_of(problem.pk, neighbour).json()["properties"]["join"] == "joined"
    stranger = write_user("stranger", confirmed=False)
    assert card_of(problem.pk, stranger).json()["properties"]["join"] == "confirm"


def test_card_of_a_closed_problem_offers_nothing_and_of_a_hidden_one_is_not_there(
    make_problem,
):
    assert card_of(make_problem("closed").pk).json()["properties"]["join"] == "closed"
    assert card_of(make_problem("moderation").pk).status_code == 404
    assert card_of(make_problem("closed").pk + 1000).status_code == 404
