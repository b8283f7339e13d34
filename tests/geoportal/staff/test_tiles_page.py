"""Who keeps layers sees what their tiles leave out, and is not told of others' layers."""

from dataclasses import replace

import pytest
from django.test import Client

from layers.models import Feature
from tests.conftest import write_layer
from tests.geoportal.staff.conftest import Desk
from tests.tiles.decoding import find_tile
from tiles.grid import Tile
from tiles.served import Served, note_served

pytestmark = pytest.mark.django_db


def open_tile(z, slugs="trees", client=None):
    tile = find_tile(z, 30.5, 50.4)
    response = (client or Client()).get(f"/tiles/{slugs}/{tile.z}/{tile.x}/{tile.y}.mvt")
    assert response.status_code == 200
    return f"{tile.z}/{tile.x}/{tile.y}"


def test_tiles_that_left_something_out_are_listed_the_worst_first(desk, grove, settings):
    assert "усе вмістилося" in desk.get("/staff/tiles/")
    heavy = open_tile(15)
    settings.TILE_BYTES_MAX = 60
    named = open_tile(16)
    shown = desk.get("/staff/tiles/", layer="trees")
    assert named in shown
    assert heavy not in shown
    assert "назви й атрибути" in shown
    overview = desk.get("/staff/layers/trees/")
    assert "назви й атрибути в 1 тайлі" in overview
    assert "/staff/tiles/?layer=trees" in overview


def test_a_change_makes_what_was_said_of_a_tile_void(desk, grove, settings):
    settings.TILE_BYTES_MAX = 60
    place = open_tile(16)
    Feature.objects.filter(layer=grove.trees).update(properties={"species": "Ясен"})
    assert place not in desk.get("/staff/tiles/", layer="trees")
    assert "Нічого: жоден тайл" in desk.get("/staff/layers/trees/")


def test_tiles_of_staff_are_listed_in_their_view_alone(desk, grove, settings):
    settings.TILE_BYTES_MAX = 60
    place = open_tile(16, client=desk.client)
    assert place not in desk.get("/staff/tiles/", layer="trees")
    assert place in desk.get("/staff/tiles/", layer="trees", view="staff")


def test_who_may_not_change_a_layer_is_not_shown_its_tiles(grove, settings):
    settings.TILE_BYTES_MAX = 60
    place = open_tile(16)
    neighbour = Desk(grove.neighbour)
    assert place not in neighbour.get("/staff/tiles/", layer="trees")
    write_layer(grove.trees.organisation, "closed", visibility="staff")
    assert 'value="closed"' not in neighbour.get("/staff/tiles/")


def test_slow_tiles_are_listed_to_who_keeps_their_layers(desk, grove, monkeypatch):
    monkeypatch.setattr("tiles.slowest._slowest", [])
    assert "жоден тайл не забарився" in desk.get("/staff/tiles/", layer="trees")
    tile = Tile(15, 1, 2)
    for z, names, outcome in (
        (15, ("trees",), "built"),
        (16, ("trees", "secret"), "built"),
        (17, ("trees",), "refused"),
    ):
        note_served(Served(replace(tile, z=z), names, outcome, 200, 12_345, z / 10))
    shown = desk.get("/staff/tiles/", layer="trees")
    assert shown.index("17/1/2") < shown.index("15/1/2")
    assert "не встиг" in shown
    assert "16/1/2" not in shown
    assert "15/1/2" not in Desk(grove.neighbour).get("/staff/tiles/", layer="trees")
