"""Archives that the portal keeps: made again when something changed, gone when it is hidden."""

import os
from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from layers.models import Layer
from layers.services import edit_feature
from tests.tiles.archives.conftest import decode_features, read_archive
from tiles.archives import building, kept
from tiles.archives.building import LEAST_WAIT, LONGEST_WAIT, build_due, queue_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(trees, make_layer, plant):
    plant(trees, "1")
    plant(make_layer("benches"), "1", lon=30.52)
    build_due()
    return trees


def find(name="layers/trees"):
    found = kept.find_kept(name)
    assert found is not None
    return found


def test_each_public_layer_and_the_whole_map_are_kept(town, make_layer):
    make_layer("secret", visibility="staff")
    build_due()
    assert [each.name for each in kept.list_kept()] == ["layers/benches", "layers/trees"]
    assert find("map").layers == ["benches", "trees"]
    _, tiles = read_archive(find("map").path)
    assert {name for tile in tiles.values() for name in decode_features(tile)} == {
        "benches",
        "trees",
    }


def test_only_what_changed_is_made_again(town):
    before = {name: find(name) for name in ("layers/trees", "layers/benches", "map")}
    assert build_due() == []
    edit_feature(layer=town, key="1", values={"species": "Клен"})
    assert [each.name for each in build_due()] == ["layers/trees", "map"]
    assert find("layers/benches") == before["layers/benches"]
    assert find().file != before["layers/trees"].file
    assert before["layers/trees"].path.is_file()
    _, tiles = read_archive(find("map").path)
    assert any("Клен".encode() in tile for tile in tiles.values())


def test_new_words_of_the_schema_make_it_again(town):
    Layer.objects.filter(slug="trees").update(title_uk="Дерева міста")
    assert [each.name for each in build_due()] == ["layers/trees", "map"]


def test_dear_archives_are_made_more_seldom(town):
    edit_feature(layer=town, key="1", values={"species": "Клен"})
    now = find().built_at
    assert not building.is_due(town_now(), now + LEAST_WAIT - timedelta(seconds=1))
    assert building.is_due(town_now(), now + LEAST_WAIT)
    kept.make_current(replace(find(), build_s=60.0))
    assert not building.is_due(town_now(), now + timedelta(minutes=99))
    assert building.is_due(town_now(), now + timedelta(minutes=100))
    kept.make_current(replace(find(), build_s=7200.0))
    assert building.is_due(town_now(), now + LONGEST_WAIT)


def town_now():
    return next(layer for layer in building.list_public_layers() if layer.slug == "trees")


def test_a_hidden_layer_leaves_at_the_next_look_and_the_map_is_made_without_it(town):
    files = [find().path, find("map").path]
    Layer.objects.filter(slug="trees").update(visibility="staff")
    queue_due()
    assert not any(path.exists() for path in files)
    assert kept.find_kept("layers/trees") is None
    assert find("map").layers == ["benches"]
    assert Client().get("/tiles/archives/layers/trees.json").status_code == 404


def test_replaced_files_stay_for_a_while(town):
    old = find().path
    edit_feature(layer=town, key="1", values={"species": "Клен"})
    build_due()
    assert kept.drop_replaced() == 0
    then = timezone.now().timestamp() - kept.KEPT_FOR.total_seconds() - 1
    for path in kept.get_folder().rglob("*.pmtiles"):
        os.utime(path, (then, then))
    assert kept.drop_replaced() == 2
    assert not old.exists()
    assert find().path.exists()


def test_the_clock_has_a_worker_build_once(trees, plant, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
    plant(trees, "1")
    for _ in range(2):
        queue_due()
    (job,) = DBTaskResult.objects.all()
    assert (job.queue_name, job.task_path) == (
        settings.BULK_QUEUE,
        "tiles.archives.building.build_archives",
    )
    build_due()
    job.delete()
    queue_due()
    assert not DBTaskResult.objects.exists()


def test_two_do_not_build_at_once(town):
    edit_feature(layer=town, key="1", values={"species": "Клен"})
    with building.only_one() as mine, building.only_one() as other:
        assert (mine, other) == (True, False)
        with pytest.raises(CommandError):
            call_command("build_pmtiles")
    call_command("build_pmtiles")


def test_the_download_is_the_kept_archive_while_nothing_changed(town):
    current = find()
    response = Client().get("/data/trees.pmtiles")
    assert b"".join(response.streaming_content) == current.path.read_bytes()
    assert current.path.stat().st_nlink == 2
    edit_feature(layer=town, key="1", values={"species": "Клен"})
    fresh = Client().get("/data/trees.pmtiles")
    assert b"".join(fresh.streaming_content) != current.path.read_bytes()
