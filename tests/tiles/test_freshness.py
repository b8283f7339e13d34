"""Writers and readers at once: real connections, real commits, tiles kept in between."""

import random
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
import shapely
from django.contrib.gis.geos import Point
from django.db import connection
from django.test import Client
from mapbox_vector_tile import decode

from geoportal.core.errors import VersionMismatch
from layers.models import Changeset, Feature, LayerState
from layers.services import (
    add_feature,
    apply_changeset,
    change_many,
    delete_feature,
    edit_feature,
    rollback_changeset,
)
from layers.staging import StagedRow
from tests.thoroughness import examples
from tests.tiles.places import find_tile
from tiles.folding import fold_touches

pytestmark = pytest.mark.django_db(transaction=True)
Z, COLUMNS, ROWS = 14, (9579, 9580), (5527, 5528)
SIDE = 360 / 2**Z
WEST, SOUTH = COLUMNS[0] * SIDE - 180, 50.386
WRITERS, READERS = 4, 3
# To this zoom many points are one.
COUNTED_ZOOM = 12
# The height of trees that only staff may see.
SECRET = 1_000_000
FAR = f"/tiles/trees/{Z}/9590/5527.mvt"


def place_at_random(chosen):
    return WEST + chosen.uniform(0.05, 1.95) * SIDE, SOUTH + chosen.uniform(0, 0.024)


def read(client, url, **headers):
    response = client.get(url, headers=headers)
    assert response.status_code in (200, 204, 304), response.content
    found = decode(response.content) if response.content else {}
    trees = found.get("trees", {"features": []})["features"]
    return {tree["properties"]["_key"]: tree["properties"] for tree in trees}, response


def url_at(place, z=Z):
    tile = find_tile(z, place)
    return f"/tiles/trees/{z}/{tile.x}/{tile.y}.mvt"


class Writer:
    """Changes trees of its own and looks at once whether the tile of the old and the new place
    shows it. `height` of a tree `g…` only grows; that of a tree `r…` comes back by rollbacks.
    """

    def __init__(self, layer, number):
        self.layer = layer
        self.chosen = random.Random(number)
        self.client = Client()
        self.number = number
        self.step = 0
        self.tags = {}

    def run(self, steps):
        ways = (self.add, self.move, self.import_, self.by_sql, self.roll_back, self.bulk,
                self.hide, self.remove)  # fmt: skip
        self.add()
        for _ in range(steps):
            self.step += 1
            self.chosen.choice(ways)()
        return self.step

    def look(self, key, place, expected):
        """By the tag of the last time, so that an unchanged tile would be a 304."""
        for z in (0, 9, Z, 16):
            url = url_at(place, z)
            shown, response = read(self.client, url, if_none_match=self.tags.get(url, ""))
            assert response.status_code != 304, (z, key, expected)
            self.tags[url] = response["ETag"]
            if z > COUNTED_ZOOM:
                assert shown.get(key, {}).get("height") == expected, (z, key)

    def pick(self, prefix="g"):
        keys = Feature.objects.filter(
            layer=self.layer, key__startswith=f"{prefix}{self.number}-", visibility="public"
        )
        return self.chosen.choice(list(keys) or [self.add(prefix)])

    def add(self, prefix="g"):
        key = f"{prefix}{self.number}-{self.step}-{self.chosen.random()}"
        place = place_at_random(self.chosen)
        tree = add_feature(
            layer=self.layer, key=key, geom=Point(place, srid=4326), values={"height": self.step}
        )
        self.look(key, place, self.step)
        return tree

    def move(self):
        tree, place = self.pick(), place_at_random(self.chosen)
        values = {"height": self.step}
        edit_feature(layer=self.layer, key=tree.key, values=values, keep_geom=False,
                     geom=Point(place, srid=4326))  # fmt: skip
        if url_at(tree.geom.coords, 16) != url_at(place, 16):
            shown, _ = read(self.client, url_at(tree.geom.coords, 16))
            assert tree.key not in shown or _is_near(tree.geom.coords, place)
        self.look(tree.key, place, self.step)

    def import_(self):
        tree, place = self.pick(), place_at_random(self.chosen)
        rows = [StagedRow(tree.key, shapely.Point(place).wkb_hex, f'{{"height": {self.step}}}')]
        apply_changeset(layer=self.layer, rows=rows, kind=Changeset.Kind.IMPORT)
        self.look(tree.key, place, self.step)

    def by_sql(self):
        tree = self.pick()
        table = self.chosen.choice(("layers_feature", f"layers_feature_{self.layer.pk}"))
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {table} SET properties = jsonb_build_object('height', %s) WHERE key = %s",
                [self.step, tree.key],
            )
        self.look(tree.key, tree.geom.coords, self.step)

    def roll_back(self):
        tree, place = self.pick("r"), place_at_random(self.chosen)
        height = tree.properties["height"]
        edited = edit_feature(layer=self.layer, key=tree.key, values={"height": height + 1000},
                              keep_geom=False, geom=Point(place, srid=4326))  # fmt: skip
        self.look(tree.key, place, height + 1000)
        rollback_changeset(changeset=edited.changeset)
        self.look(tree.key, tree.geom.coords, height)

    def bulk(self):
        """Chosen by a revision: others may change the layer before it is written."""
        tree = self.pick()
        values = {"height": self.step, "species": f"Дуб {self.chosen.random()}"}
        while True:
            revision = LayerState.objects.get(layer=self.layer).revision
            try:
                change_many(
                    layer=self.layer, keys=[tree.key], values=values, expected_revision=revision
                )
            except VersionMismatch:
                continue
            return self.look(tree.key, tree.geom.coords, self.step)

    def hide(self):
        tree = self.pick()
        values = {"height": SECRET}
        edit_feature(layer=self.layer, key=tree.key, values=values, visibility="staff")
        self.look(tree.key, tree.geom.coords, None)

    def remove(self):
        tree = self.pick()
        delete_feature(layer=self.layer, key=tree.key)
        self.look(tree.key, tree.geom.coords, None)


def _is_near(old, new):
    return abs(old[0] - new[0]) < SIDE / 2 and abs(old[1] - new[1]) < SIDE / 2


def watch(number, stop, staff=None):
    """Fetch without pause: what was seen of a tile is never followed by something older."""
    chosen, client, fetched = random.Random(100 + number), Client(), 0
    newest: dict[tuple[str, str], int] = {}
    if staff is not None:
        client.force_login(staff)
    urls = [f"/tiles/trees/{Z}/{x}/{y}.mvt" for x in COLUMNS for y in ROWS]
    urls += ["/tiles/trees/0/0/0.mvt", FAR]
    while not stop.is_set():
        url = chosen.choice(urls)
        shown, response = read(client, url)
        fetched += 1
        assert response["Cache-Control"].startswith("private" if staff else "public")
        assert staff or SECRET not in {tree["height"] for tree in shown.values()}
        for key, tree in shown.items():
            if key.startswith("g"):
                assert tree["height"] >= newest.get((url, key), 0), (url, key)
                newest[url, key] = tree["height"]
    return fetched


def fold(stop):
    while not stop.wait(0.05):
        fold_touches()


def on_own_connection(work, *values):
    try:
        return work(*values)
    finally:
        connection.close()


def test_every_commit_is_in_the_next_tile_and_no_tile_ever_goes_back(trees, administrator):
    trees.title_field = "height"  # so that tiles hold it
    trees.save()
    far_before = Client().get(FAR)["ETag"]
    stop = Event()
    with ThreadPoolExecutor(WRITERS + READERS + 1) as pool:
        folding = pool.submit(on_own_connection, fold, stop)
        staff = [None] * (READERS - 1) + [administrator]
        readers = [
            pool.submit(on_own_connection, watch, n, stop, who) for n, who in enumerate(staff)
        ]
        writers = [
            pool.submit(on_own_connection, Writer(trees, n).run, examples(48) // WRITERS)
            for n in range(WRITERS)
        ]
        try:
            written = [writer.result() for writer in writers]
        finally:
            stop.set()
        assert all(reader.result() > 0 for reader in readers)
        folding.result()
    assert sum(written) >= 48
    assert Client().get(FAR)["ETag"] == far_before
