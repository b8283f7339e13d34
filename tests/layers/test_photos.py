"""Photos of objects: an attribute says which are shown, its history and audience are theirs."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from geoportal.core.errors import Conflict, InvalidInput
from layers import services
from layers.models import Changeset, Feature, Layer, Photo
from layers.reading.history import list_history
from layers.schema.specs import FieldSpec, read_fields
from layers.services.photo_keeping import purge_photos
from tests.conftest import plant_tree, write_council, write_layer, write_officer, write_staff
from tests.geoportal.problems.uploading import list_files
from tests.layers.photographing import (
    PHOTO_FIELDS,
    clean_once,
    draw_photo,
    find_field,
    list_shown,
    photograph,
    take_cleaned,
)
from tests.standing import standing_world

pytestmark = pytest.mark.django_db


@standing_world
def photographed_trees() -> Layer:
    trees = write_layer(write_council(), fields=PHOTO_FIELDS)
    plant_tree(trees, "1")
    plant_tree(trees, "2")
    return trees


@pytest.fixture
def trees(photographed_trees, monkeypatch):
    take_cleaned(monkeypatch)
    return photographed_trees


@pytest.fixture
def officer(trees):
    return write_officer(trees.organisation)


def ask(path: str, actor=None, status: int = 200) -> bytes:
    client = Client()
    if actor is not None:
        client.force_login(actor)
    response = client.get(path)
    assert response.status_code == status, path
    return b"".join(response) if response.streaming else response.content


def rename(layer: Layer, key: str, photos: list[dict[str, str]], name: str = "photos") -> Feature:
    return services.edit_feature(layer=layer, key=key, values={name: photos})


def test_a_photo_is_kept_without_what_the_camera_wrote(photographed_trees):
    saved = photograph(photographed_trees, caption="  З  вулиці ", author="О. Коваль")
    [shown] = list_shown(saved)
    assert (shown["caption"], shown["author"], shown["licence"]) == ("З вулиці", "О. Коваль", "")
    for path, side in ((shown["url"], "width"), (shown["thumbnail"], None)):
        content = ask(path)
        assert content.startswith(b"\xff\xd8")
        assert b"Exif" not in content
        assert side is None or Photo.objects.get().width == 800


def test_each_photo_is_a_change_of_the_object(trees, officer):
    before = Feature.objects.get(layer=trees, key="1").changeset_id
    saved = services.add_photos(
        layer=trees,
        key="1",
        field=find_field(trees),
        files=[draw_photo(), draw_photo()],
        actor=officer,
    )
    assert saved.changeset_id > before
    assert (saved.changeset.kind, saved.changeset.author) == (Changeset.Kind.EDIT, officer)
    latest, earlier = list_history(officer, trees, "1")
    assert len(latest.properties["photos"]) == 2
    assert not earlier.properties.get("photos")


def test_the_open_data_lead_to_the_photos(trees):
    [shown] = list_shown(photograph(trees, caption="Дуб"))
    item = Client().get("/ogc/collections/trees/items/1").json()
    assert item["properties"]["photos"] == [shown]
    assert ask(item["properties"]["photos"][0]["url"])
    assert "evidence" not in item["properties"]
    assert shown["url"] in ask("/data/trees.csv").decode()


def test_a_photo_for_staff_is_given_to_nobody_else(trees, officer):
    [shown] = list_shown(photograph(trees, name="evidence"), "evidence")
    for actor, status in ((None, 404), (write_staff("looker"), 404), (officer, 200)):
        ask(shown["url"], actor, status)
        ask(shown["thumbnail"], actor, status)


@pytest.mark.parametrize(
    "hide",
    [
        lambda trees: Layer.objects.filter(pk=trees.pk).update(visibility="staff"),
        lambda trees: services.edit_feature(layer=trees, key="1", visibility="staff"),
        lambda trees: services.delete_feature(layer=trees, key="1"),
        lambda trees: rename(trees, "1", []),
        lambda trees: services.change_schema(
            layer=trees, fields=[one for one in read_fields(trees) if one.name != "photos"]
        ),
    ],
)
def test_what_hides_the_object_hides_its_photos(trees, officer, hide):
    [shown] = list_shown(photograph(trees))
    ask(shown["url"])
    hide(trees)
    ask(shown["url"], None, 404)
    ask(shown["thumbnail"], None, 404)
    ask(shown["url"], officer)


def test_the_photos_of_an_archived_layer_are_gone(trees):
    [shown] = list_shown(photograph(trees))
    services.archive_layer(layer=trees)
    ask(shown["url"], None, 410)


def test_nobody_keeps_a_photo_without_asking_again(trees):
    [shown] = list_shown(photograph(trees))
    assert Client().get(shown["url"])["Cache-Control"] == "public, no-cache"
    Layer.objects.filter(pk=trees.pk).update(visibility="staff")


def test_a_rollback_brings_a_photo_back_and_takes_it_away(trees):
    added = photograph(trees)
    [shown] = list_shown(added)
    taken = rename(trees, "1", [])
    ask(shown["url"], None, 404)
    services.rollback_changeset(changeset=taken.changeset)
    assert list_shown(added) == [shown]
    ask(shown["url"])
    services.rollback_changeset(
        changeset=Changeset.objects.filter(layer=trees, kind="rollback").latest("pk")
    )
    assert list_shown(added) == []


def test_a_deleted_object_comes_back_with_its_photos(trees):
    [shown] = list_shown(photograph(trees))
    gone = services.delete_feature(layer=trees, key="1")
    services.rollback_changeset(changeset=gone)
    assert list_shown(Feature.objects.get(layer=trees, key="1")) == [shown]
    ask(shown["url"])


def test_files_that_nothing_shows_go_after_their_time(trees, django_capture_on_commit_callbacks):
    photograph(trees)
    stays = photograph(trees, "2")
    rename(trees, "1", [])
    now = timezone.now()
    kept = timedelta(days=settings.PHOTO_KEPT_DAYS)
    assert purge_photos(now) == 0
    assert purge_photos(now + kept - timedelta(hours=1)) == 0
    assert len(list_files()) == 4
    with django_capture_on_commit_callbacks(execute=True):
        assert purge_photos(now + kept + timedelta(hours=1)) == 1
    assert len(list_files()) == 2
    ask(list_shown(stays)[0]["url"])


def test_a_photo_that_came_back_begins_its_time_anew(trees):
    taken = rename(trees, "1", [], name=photograph(trees).layer.fields.get(name="photos").name)
    now = timezone.now()
    purge_photos(now)
    assert Photo.objects.get().unused_since == now
    services.rollback_changeset(changeset=taken.changeset)
    assert purge_photos(now + timedelta(days=400)) == 0
    assert Photo.objects.get().unused_since is None


def test_an_object_cannot_show_the_photo_of_another(trees):
    [shown] = list_shown(photograph(trees))
    for write in (
        lambda: rename(trees, "2", [shown]),
        lambda: plant_tree(trees, "3", values={"photos": [shown]}),
        lambda: services.apply_edits(
            layer=trees,
            edits=services.Edits(
                adds=[services.Addition(geom=None, values={"species": "Дуб", "photos": [shown]})]
            ),
        ),
    ):
        with pytest.raises(InvalidInput):
            write()


def test_a_gap_that_a_rollback_left_hinders_no_other_photo(trees):
    photograph(trees)
    erased, kept = list_shown(photograph(trees))
    taken_out = rename(trees, "1", [kept])
    services.erase_photo(layer=trees, photo=Photo.objects.get(pk=erased["id"]))
    services.rollback_changeset(changeset=taken_out.changeset)
    after = list_shown(photograph(trees))
    assert [each["id"] for each in after[:2]] == [erased["id"], kept["id"]]
    assert len(after) == 3
    with pytest.raises(InvalidInput):
        rename(trees, "2", [erased])


@pytest.mark.parametrize(
    "value",
    [
        "слова",
        {"id": "1"},
        [{"id": "1"}],
        [{"caption": "без номера"}],
        [{"id": "6f9619ff-8b86-4011-b42d-00c04fc964ff", "href": "https://example.org"}],
        [{"id": "6f9619ff-8b86-4011-b42d-00c04fc964ff", "caption": "х" * 501}],
        [{"id": "6f9619ff-8b86-4011-b42d-00c04fc964ff"}] * 2,
    ],
)
def test_what_is_no_list_of_photos_is_refused_in_words(trees, value):
    with pytest.raises(InvalidInput) as refused:
        services.edit_feature(layer=trees, key="1", values={"photos": value})
    assert refused.value.extra["errors"]["photos"]


def test_addresses_are_written_by_the_portal(trees):
    [shown] = list_shown(photograph(trees))
    saved = rename(trees, "1", [{**shown, "url": "https://evil.example/", "thumbnail": ""}])
    assert list_shown(saved) == [shown]


def test_photos_cannot_be_required(trees):
    fields = [*read_fields(trees), FieldSpec(name="more", type="photos", required=True)]
    with pytest.raises(InvalidInput):
        services.change_schema(layer=trees, fields=fields)


def test_too_many_photos_are_refused_before_they_are_opened(trees):
    with pytest.raises(InvalidInput):
        services.add_photos(layer=trees, key="1", field=find_field(trees), files=[])
    with pytest.raises(InvalidInput):
        services.add_photos(
            layer=trees, key="1", field=find_field(trees), files=[draw_photo()] * 11
        )


def test_a_bad_file_among_good_ones_leaves_nothing_behind(trees, monkeypatch):
    photos = iter([clean_once()])

    def clean(file):
        try:
            return next(photos)
        except StopIteration:
            raise InvalidInput("кіт.jpg") from None

    monkeypatch.setattr("layers.services.photos.clean_photo", clean)
    with pytest.raises(InvalidInput):
        services.add_photos(
            layer=trees, key="1", field=find_field(trees), files=[draw_photo(), draw_photo()]
        )
    assert list_files() == []
    assert not Photo.objects.exists()


def test_a_photo_that_is_shown_is_not_erased(trees):
    photograph(trees)
    with pytest.raises(Conflict):
        services.erase_photo(layer=trees, photo=Photo.objects.get())


def test_files_go_with_their_layer(trees, django_capture_on_commit_callbacks):
    photograph(trees)
    services.archive_layer(layer=trees)
    with django_capture_on_commit_callbacks(execute=True):
        services.delete_layer(layer=trees)
    assert list_files() == []
    assert not Photo.objects.exists()
    assert Path(settings.MEDIA_ROOT).exists()
