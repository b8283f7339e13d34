"""What open maps are told: what was committed since, of the layers that who asks may see."""

import json
import threading

import pytest
from django.contrib.gis.geos import Point
from django.db import connection, transaction
from django.test import Client

from layers.models import Layer
from layers.services import edit_feature
from tests.tiles.places import find_tile
from tiles.folding import fold_touches
from tiles.live import changes
from tiles.live.changes import read_changes

pytestmark = pytest.mark.django_db(transaction=True)
HERE, THERE = (30.48, 50.40), (30.52, 50.43)


def parse(body):
    """The fields of the only event."""
    event, rest = body.decode().split("\n\n", 1)
    assert rest == ""
    return dict(line.split(": ", 1) for line in event.split("\n"))


def hear(client, since="", **headers):
    response = client.get("/tiles/changes", {"since": since} if since else {}, headers=headers)
    assert response.status_code == 200, response.content
    assert response["Content-Type"] == "text/event-stream"
    assert response["Cache-Control"] == "no-store"
    fields = parse(response.content)
    return fields["id"], json.loads(fields["data"])


def name_tiles(place, zooms=range(15)):
    return {"/".join(map(str, (z, find_tile(z, place).x, find_tile(z, place).y))) for z in zooms}


def move(layer, key, place):
    edit_feature(layer=layer, key=key, keep_geom=False, geom=Point(place, srid=4326))


def test_an_edit_is_told_once_with_its_tiles_and_nothing_before_it(trees, plant):
    plant(trees, "1", *HERE)
    client = Client()
    first, said = hear(client)
    assert said["layers"] == {}
    move(trees, "1", THERE)
    second, said = hear(client, first)
    assert set(said["layers"]) == {"trees"}
    assert name_tiles(HERE) | name_tiles(THERE) <= set(said["layers"]["trees"])
    assert hear(client, second)[1]["layers"] == {}
    # As a browser asks that was cut off, and folded or not.
    fold_touches()
    assert hear(client, second)[1]["layers"] == {}
    assert hear(client, last_event_id=first)[1] == said


def test_who_commits_late_is_told_late_and_not_lost(trees, plant):
    """Its number is lower than those of others that were seen meanwhile."""
    plant(trees, "1", *HERE)
    plant(trees, "2", *HERE)
    client = Client()
    written, go = threading.Event(), threading.Event()

    def write_late():
        with transaction.atomic():
            move(trees, "1", THERE)
            written.set()
            assert go.wait(20)
        connection.close()

    layer = Layer.objects.get(pk=trees.pk)
    late = threading.Thread(target=write_late)
    late.start()
    assert written.wait(20)
    cursor, said = hear(client)
    # Services wait for each other, a plain statement that touches another layer does not.
    with connection.cursor() as statement:
        statement.execute("SELECT tiles_touch_layers(ARRAY[%s::bigint])", [layer.pk])
    cursor, said = hear(client, cursor)
    assert said["layers"] == {"trees": None}
    go.set()
    late.join(20)
    cursor, said = hear(client, cursor)
    assert name_tiles(THERE) <= set(said["layers"]["trees"])
    assert hear(client, cursor)[1]["layers"] == {}


def test_too_many_tiles_are_the_whole_layer(trees, plant, monkeypatch):
    monkeypatch.setattr(changes, "TILES_MAX", 10)
    client = Client()
    cursor, _ = hear(client)
    plant(trees, "1", *HERE)
    assert hear(client, cursor)[1]["layers"] == {"trees": None}


def test_layers_of_staff_are_named_to_staff_alone(trees, make_layer, plant, administrator):
    hidden = make_layer(slug="hidden", visibility="staff")
    cursor = read_changes(None, None).cursor
    plant(hidden, "1", *HERE)
    visitor, staff = Client(), Client()
    staff.force_login(administrator)
    assert hear(visitor, cursor)[1]["layers"] == {}
    assert set(hear(staff, cursor)[1]["layers"]) == {"hidden"}


def test_a_layer_that_is_hidden_or_described_anew_changes_the_look(trees):
    client = Client()
    look = hear(client)[1]["look"]
    assert hear(client)[1]["look"] == look
    trees.title_uk = "Дерева міста"
    trees.save()
    renamed = hear(client)[1]["look"]
    assert renamed != look
    Layer.objects.filter(pk=trees.pk).update(visibility="staff")
    assert hear(client)[1]["look"] not in (look, renamed)


def test_a_cursor_of_another_database_means_that_anything_may_have_changed(trees):
    assert hear(Client(), "999999999999:999999999999:")[1]["reset"] is True


def test_a_copy_of_another_database_hides_no_change(trees, plant):
    """It brings numbers of transactions that this cluster has not given yet."""
    plant(trees, "1", *HERE)
    client = Client()
    with connection.cursor() as statement:
        statement.execute("UPDATE tiles_touch SET xact = 999999999999")
    cursor, _ = hear(client)
    move(trees, "1", THERE)
    fold_touches()
    assert name_tiles(HERE) | name_tiles(THERE) <= set(hear(client, cursor)[1]["layers"]["trees"])


def test_what_is_no_cursor_is_refused():
    refused = ("x", "1", "1:2", "2:1:", "1:3:3", "1:4:2,2", "1:4:3,2", "0:0:", "1:2:;", "٣:٤:",
               "1:99999999999999999999:", "1:2:" + "1" * 5000)  # fmt: skip
    client = Client()
    for since in refused:
        response = client.get("/tiles/changes", {"since": since})
        assert response.status_code == 400, since
        assert "detail" in response.json()
    assert client.post("/tiles/changes").status_code == 405
