"""Requests for tiles are counted by what came of them, in as many series as there are layers."""

import time
from dataclasses import replace

import pytest
from django.db import OperationalError
from django.test import Client

import tiles.known_layers
from tests.tiles.test_tiles import X, Y, Z, tile_url
from tiles.cache.waiting import TookTooLong
from tiles.grid import Tile
from tiles.metrics import list_answers
from tiles.served import SEVERAL, Served, note_served
from tiles.slowest import KEPT_S, LISTED_MAX, Slow, list_slowest, note_slow

pytestmark = pytest.mark.django_db
EMPTY = {"z": 3, "x": 0, "y": 0}
PROBLEMS = f"/problems/tiles/{Z}/{X}/{Y}.mvt"


@pytest.fixture(autouse=True)
def nothing_slow(monkeypatch):
    monkeypatch.setattr("tiles.slowest._slowest", [])


@pytest.fixture
def grove(trees, plant):
    for number in range(5):
        plant(trees, f"t{number}", lon=30.48 + number / 10_000, lat=50.405)
    return trees


def ask(path=None, **headers):
    return Client(headers=headers).get(path or tile_url())


def counted():
    """How many answers, by layer, zoom, outcome and status."""
    return {(one.layer, one.z, one.outcome, one.status): one.count for one in list_answers()}


def read_page():
    return Client().get("/metrics").content.decode().splitlines()


def test_every_outcome_is_counted_with_its_bytes_and_time(grove, monkeypatch):
    built, kept = ask(), ask()
    held = ask(if_none_match=built["ETag"])
    nothing = [ask(tile_url(**EMPTY)) for _ in range(2)]
    assert [one.status_code for one in (built, kept, held, *nothing)] == [200, 200, 304, 204, 204]

    def wait(*_args):
        raise TookTooLong

    with monkeypatch.context() as patch:
        patch.setattr("tiles.answers.fetch", wait)
        assert ask().status_code == 503
    assert counted() == {
        ("trees", 3, "built", 204): 1,
        ("trees", 3, "kept", 204): 1,
        ("trees", Z, "built", 200): 1,
        ("trees", Z, "held", 304): 1,
        ("trees", Z, "kept", 200): 1,
        ("trees", Z, "refused", 503): 1,
    }
    first = next(one for one in list_answers() if (one.outcome, one.z) == ("built", Z))
    assert first.length == len(built.content) > 0
    assert 0 < first.seconds < 10
    page = read_page()
    labels = f'{{layer="trees",zoom="{Z}",outcome="built",status="200"}}'
    assert f"geoportal_tile_answers_total{labels} 1" in page
    assert f"geoportal_tile_bytes_total{labels} {first.length}" in page
    assert f"geoportal_tile_seconds_total{labels} {first.seconds!r}" in page
    assert 'geoportal_tile_duration_seconds_bucket{outcome="built",le="+Inf"} 2' in page
    assert 'geoportal_tile_duration_seconds_count{outcome="refused"} 1' in page


def test_a_database_that_does_not_answer_is_counted_under_no_layer(grove, monkeypatch):
    def fail(*_args):
        raise OperationalError

    with monkeypatch.context() as patch:
        patch.setattr(tiles.views, "read_known", fail)
        assert ask().status_code == ask(tile_url("anything")).status_code == 503
        patch.setattr("tiles.answers.read_versions", fail)
        assert ask(PROBLEMS).status_code == 503
    assert counted() == {("", Z, "refused", 503): 2, ("problems", Z, "refused", 503): 1}


def test_requests_of_several_layers_and_of_problems_have_a_series_each(grove, make_layer):
    make_layer(slug="parks")
    for path in (
        tile_url("trees,parks"),
        tile_url("parks,trees"),
        PROBLEMS,
        f"{PROBLEMS}?state=open",
    ):
        assert ask(path).status_code in (200, 204)
    assert {key[:2] for key in counted()} == {(SEVERAL, Z), ("problems", Z)}
    assert sum(counted().values()) == 4


def test_whoever_asks_for_what_is_not_there_makes_no_series(grove):
    strange = [tile_url(f"none{number}") for number in range(5)]
    strange += [tile_url(z=z, x=0, y=0) for z in (23, 99, 99999999)]
    strange += [tile_url(x=2**15), "/tiles/trees/-1/0/0.mvt", f"{tile_url()}?v=1&lang=xx&no=1"]
    strange += [
        PROBLEMS.replace(f"/{Z}/", "/23/"),
        f"{PROBLEMS}?state=none",
        tile_url("trees,none"),
    ]
    statuses = {ask(path).status_code for path in strange}
    assert statuses == {200, 400, 404}
    assert {key[:2] for key in counted()} <= {("trees", Z), ("problems", Z)}
    assert not any("none" in line for line in read_page())


SLOW = Slow(14, 1, 2, ("trees",), "built", 100, 0.5, 0)


class TestSlowest:
    def test_slow_answers_are_remembered_and_quick_ones_and_304_are_not(self):
        tile = Tile(14, 1, 2)
        for outcome, seconds in (("built", 0.05), ("held", 3), ("built", 0.3), ("built", 0.2)):
            note_served(Served(tile, ("trees",), outcome, 200, 100, seconds))
        note_served(Served(tile, (), "refused", 503, 0, 9))
        note_served(Served(Tile(13, 1, 2), ("trees",), "refused", 503, 0, 10))
        found = list_slowest(["trees"])
        assert [(one.z, one.outcome, one.seconds) for one in found] == [
            (13, "refused", 10),
            (14, "built", 0.3),
        ]
        assert time.time() - found[0].at < 60

    def test_a_tile_is_listed_to_who_may_know_of_all_its_layers(self):
        now = time.time()
        for names in (("trees",), ("trees", "closed"), ("closed",)):
            note_slow(replace(SLOW, names=names, at=now))
        assert [one.names for one in list_slowest(["trees", "parks"])] == [("trees",)]
        assert len(list_slowest(["trees", "closed"])) == 3
        assert list_slowest([]) == []

    def test_only_the_slowest_of_a_week_are_kept(self, settings):
        now = time.time()
        note_slow(replace(SLOW, at=now - KEPT_S - 1))
        assert list_slowest(["trees"]) == []
        for x in range(LISTED_MAX + 5):
            note_slow(replace(SLOW, x=x, seconds=1 + x, at=now))
        found = list_slowest(["trees"])
        assert [one.x for one in found] == list(range(LISTED_MAX + 4, 4, -1))
        (file,) = (settings.DATA_DIR / "metrics").glob("slow-tiles.*")
        before = file.stat().st_mtime_ns
        note_slow(replace(SLOW, x=999, at=now))
        assert file.stat().st_mtime_ns == before
