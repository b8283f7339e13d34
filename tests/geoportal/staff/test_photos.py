"""Photos of an object on its page: sent, worded, put in order, taken out, erased, shown to all."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from geoportal.accounts.models import User
from layers.models import Feature, Layer, Photo
from layers.schema.specs import FieldSpec, read_fields
from layers.services import change_schema, edit_feature
from tests.geoportal.problems.uploading import list_files
from tests.geoportal.staff.conftest import Desk, read
from tests.layers.photographing import draw_photo, find_field, list_shown, photograph, take_cleaned

pytestmark = pytest.mark.django_db
PAGE, ACTIONS = "trees/objects/1/", "trees/photos/1/"


@pytest.fixture
def trees(grove, monkeypatch):
    take_cleaned(monkeypatch)
    photos = FieldSpec(name="photos", type="photos", title_uk="Фото")
    change_schema(layer=grove.trees, fields=[*read_fields(grove.trees), photos])
    return grove.trees


@pytest.fixture
def tree(trees) -> Feature:
    return Feature.objects.get(layer=trees, key="1")


def send(desk: Desk, layer: Layer, *names: str, **fields: object) -> str:
    files = [SimpleUploadedFile(name, draw_photo().getvalue(), "image/jpeg") for name in names]
    given = {"action": "add", "field": find_field(layer).pk, "files": files} | fields
    return desk.post(ACTIONS, **given)


def build_form(tree: Feature, **changed: object) -> dict[str, object]:
    """What the browser sends of the photos as they stand."""
    tree.refresh_from_db()
    words = {
        f"{part}-{photo['id']}": photo[part]
        for photo in list_shown(tree)
        for part in ("caption", "author", "licence")
    }
    field = find_field(tree.layer).pk
    based = {"action": "arrange", "field": field, "based_on": tree.changeset_id}
    return based | words | changed


def test_photos_are_sent_with_their_words_and_the_change_can_be_undone(desk, trees, tree):
    shown = send(desk, trees, "один.jpg", "два.jpg", caption="Дуб", author="О. Коваль")
    assert "2 фото додано." in shown
    assert 'class="done"' in shown
    assert [each["caption"] for each in list_shown(tree)] == ["Дуб", "Дуб"]
    assert tree.changeset.author == desk.user


def test_everyone_sees_the_photos_with_words_for_who_does_not_see(trees, tree):
    photograph(trees, caption="Стовбур", author="О. Коваль", licence="CC-BY-4.0")
    shown = read(Client().get("/layers/trees/1/"), 200)
    assert re.search(r'<img src="/photos/[0-9a-f-]+-small.jpg" alt="Дуб, фото 1: Стовбур"', shown)
    assert "Фото: О. Коваль · CC-BY-4.0" in shown
    assert "<dt>Фото</dt>" not in shown
    assert "photos-title" not in read(Client().get("/layers/trees/2/"), 200)


def test_words_order_and_what_is_taken_out_are_saved_together(desk, trees, tree):
    for caption in ("а", "б", "в"):
        photograph(trees, caption=caption)
    first, second, third = list_shown(tree)
    desk.post(
        ACTIONS, **build_form(tree, **{f"caption-{third['id']}": "нове", "earlier": third["id"]})
    )
    assert [each["caption"] for each in list_shown(tree)] == ["а", "нове", "б"]
    desk.post(ACTIONS, **build_form(tree, later=first["id"]))
    assert [each["caption"] for each in list_shown(tree)] == ["нове", "а", "б"]
    shown = desk.post(ACTIONS, **build_form(tree, take_out=second["id"]))
    assert "Фото прибрано." in shown
    assert [each["caption"] for each in list_shown(tree)] == ["нове", "а"]
    assert "Прибрано 1 фото" in shown


def test_what_is_first_does_not_go_earlier(desk, trees, tree):
    photograph(trees)
    before = build_form(tree)
    desk.post(ACTIONS, **build_form(tree, earlier=list_shown(tree)[0]["id"]))
    assert build_form(tree) == before


def test_when_somebody_else_saved_meanwhile_the_words_are_kept(desk, trees, tree):
    photograph(trees)
    [photo] = list_shown(tree)
    form = build_form(tree, **{f"caption-{photo['id']}": "мої слова"})
    edit_feature(layer=trees, key="1", values={"height": 3})
    shown = desk.post(ACTIONS, 412, **form)
    assert "мої слова" in shown
    assert list_shown(tree)[0]["caption"] == ""
    assert f'name="based_on" value="{tree.changeset_id}"' in shown
    desk.post(ACTIONS, **form | {"based_on": tree.changeset_id})
    assert list_shown(tree)[0]["caption"] == "мої слова"


def test_a_file_that_is_no_photo_is_refused_by_name(desk, grove, tree, monkeypatch):
    monkeypatch.undo()
    given = {"action": "add", "field": find_field(tree.layer).pk, "caption": "слова"}
    script = SimpleUploadedFile("кіт.jpg", b"#!/bin/sh", "image/jpeg")
    shown = desk.post(ACTIONS, 400, **given, files=[script])
    assert "кіт.jpg" in shown
    assert 'value="слова"' in shown
    assert list_files() == []


def test_the_form_of_attributes_leaves_the_photos_alone(desk, trees, tree, control):
    photograph(trees)
    photos = list_shown(tree)
    controls = {control(name): tree.properties.get(name, "") for name in ("species",)}
    desk.post(
        PAGE,
        **controls
        | {control("height"): "77", "based_on": tree.changeset_id, "visibility": "public"},
    )
    tree.refresh_from_db()
    assert tree.properties["height"] == 77
    assert list_shown(tree) == photos


def test_only_an_administrator_erases_and_only_what_is_taken_out(desk, grove, trees, tree):
    photograph(trees)
    [photo] = list_shown(tree)
    desk.post(ACTIONS, **build_form(tree, take_out=photo["id"]))
    erasing = {"action": "erase", "photo": photo["id"]}
    assert "Стерти назавжди" not in desk.get(PAGE)
    desk.post(ACTIONS, 403, **erasing)
    chief = Desk(User.objects.create_superuser("chief@example.org", "correct horse"))
    assert "Стерти назавжди" in chief.get(PAGE)
    assert "назавжди" in chief.post(ACTIONS, **erasing)
    assert not Photo.objects.exists()
    chief.post(ACTIONS, 404, **erasing)
    chief.post(ACTIONS, 404, **erasing | {"photo": "слова"})


def test_who_may_not_edit_the_layer_sends_nothing_and_sees_what_is_shown(grove, trees, tree):
    photograph(trees, caption="Дуб")
    other = Desk(grove.neighbour)
    assert "фото 1: Дуб" in other.get(PAGE)
    assert 'name="files"' not in other.get(PAGE)
    other.post(ACTIONS, 403, action="add", field=find_field(trees).pk)
    read(Client().post(f"/staff/layers/{ACTIONS}", {}), 302)
    assert "фото" in read(Client().get("/layers/trees/1/"), 200)


def test_a_field_that_holds_no_photos_takes_none(desk, trees, control):
    desk.post(ACTIONS, 404, action="add", field=control("species")[1:])


def test_a_layer_without_photos_says_where_to_begin(desk):
    assert 'href="/staff/layers/trees/schema/"' in desk.get(PAGE)
