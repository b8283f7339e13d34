"""From a file to a layer and back, by forms alone."""

import mapbox_vector_tile
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from geoportal.uploads.models import Upload
from importers.models import Import, ImportGroup
from layers.models import Changeset, Feature, Layer
from layers.services import edit_feature

MAPPING = {
    "q-mapping-here": "1",
    "q-mapping-column": ["код", "Порода", "Висота", "довгота", "широта"],
    "q-mapping-field": ["", "species", "height", "", ""],
}


def check(wizard, **form):
    return wizard.post("answers", do="check", **{"q-key-here": "1", "q-key": "код"}, **form)


def test_a_file_of_excel_becomes_a_change_of_the_layer_and_is_taken_back(wizard, plant, trees):
    plant(trees, "1", 30.5238, 50.4547, values={"height": 10})
    wizard.send()
    assert wizard.state == "asking"
    assert "cp1251" in wizard.words
    assert "Порода" in wizard.words
    check(wizard, **MAPPING)
    assert wizard.state == "ready"
    assert "висока" in wizard.words
    assert "~1" in wizard.words
    assert "+1" in wizard.words
    wizard.post("publish", comment="Обхід 2026 року")
    assert wizard.state == "published"
    heights = dict(Feature.objects.filter(layer=trees).values_list("key", "properties__height"))
    assert heights == {"1": 12.5, "2": 8.0}
    changeset = Changeset.objects.latest("id")
    assert changeset.comment == "Обхід 2026 року"
    assert f"/staff/layers/trees/history/{changeset.pk}/rollback/" in wizard.page
    wizard.client.post(f"/staff/layers/trees/history/{changeset.pk}/rollback/", {"sure": "yes"})
    assert Feature.objects.get(layer=trees).properties["height"] == 10


def test_a_new_layer_is_for_staff_and_named_after_its_file(wizard):
    wizard.send(into="new", layer="")
    assert Import.objects.get().slug == "dereva"
    wizard.post("answers", do="check", **{"q-title-here": "1", "q-title": "Дерева міста"})
    assert wizard.state == "ready"
    assert not Layer.objects.filter(slug="dereva").exists()
    wizard.post("publish")
    layer = Layer.objects.get(slug="dereva")
    assert (layer.title_uk, layer.visibility) == ("Дерева міста", "staff")
    assert layer.organisation.slug == "council"


def test_files_that_came_together_are_imports_of_their_own(wizard):
    files = [SimpleUploadedFile(name, b"lon,lat\n30.5,50.4\n") for name in ("a.csv", "b.csv")]
    answer = wizard.send(files=files, into="new", layer="")
    assert answer.url == f"/staff/imports/groups/{ImportGroup.objects.get().pk}/"
    assert "Опубліковано 0 з 2" in wizard.open(answer.url)
    assert sorted(Import.objects.values_list("slug", flat=True)) == ["a", "b"]
    listed = wizard.client.get("/staff/imports/").content.decode()
    assert listed.index("b.csv") < listed.index("a.csv")


def test_the_map_shows_the_file_before_anything_is_decided(wizard):
    wizard.send()
    place = wizard.get("place.json", crs="EPSG:4326").json()
    assert place["bounds"][0] == pytest.approx(30.5238)
    tile = wizard.get("place/10/598/345.mvt", crs="EPSG:4326").content
    titles = {
        feature["properties"]["title"]
        for feature in mapbox_vector_tile.decode(tile)["sketch"]["features"]
    }
    assert titles == {"1", "2", "3"}
    assert wizard.get("place.json", crs="EPSG:99").status_code == 400


def test_the_map_of_the_difference_tells_what_comes_moves_and_goes(wizard, plant, trees):
    plant(trees, "2", 30.54, 50.46)
    plant(trees, "9", 30.55, 50.46)
    wizard.send()
    check(wizard, **MAPPING, **{"q-mode-here": "1", "q-mode": "replace"})
    tile = wizard.get("difference/10/598/345.mvt").content
    found = [
        (feature["properties"]["key"], feature["properties"]["action"])
        for feature in mapbox_vector_tile.decode(tile)["difference"]["features"]
    ]
    assert sorted(found) == [("1", "added"), ("2", "changed"), ("2", "was"), ("9", "removed")]
    west, _south, east, _north = wizard.get("difference.json").json()["bounds"]
    assert (west, east) == pytest.approx((30.5238, 30.55))
    wizard.get(action="removed")
    assert "difference-removed" in wizard.page
    assert "difference-added" not in wizard.page


def test_what_is_dangerous_is_agreed_to_by_name(wizard, plant, trees):
    for number in range(10, 40):
        plant(trees, str(number), 30.5, 50.4, values={"species": f"Тополя {number}"})
    wizard.send()
    check(wizard, **MAPPING, **{"q-mode-here": "1", "q-mode": "replace"})
    assert "Тополя 17" in wizard.words
    wizard.post("publish")
    assert wizard.state == "ready"
    assert Feature.objects.filter(layer=trees).count() == 30
    wizard.post("publish", agree="removes-many")
    assert wizard.state == "published"
    assert Feature.objects.filter(layer=trees).count() == 2


def test_only_the_difference_that_was_shown_is_published(wizard, plant, trees):
    wizard.send()
    check(wizard, **MAPPING)
    shown = wizard.page
    edit_feature(layer=trees, key=plant(trees, "1", 30.5, 50.4).key, values={"height": 3})
    wizard.post("publish")
    assert wizard.state == "ready"
    wizard.page = shown
    wizard.post("publish")
    assert wizard.state == "ready"
    assert "подивіться на неї ще раз" in wizard.words
    wizard.post("publish")
    assert wizard.state == "published"


def test_remarks_are_listed_by_kind_with_the_rows_of_the_file(wizard):
    wizard.send()
    check(wizard, **MAPPING)
    wizard.get("remarks/", code="invalid-value")
    assert "висока" in wizard.words
    assert '<td class="cell-number">3</td>' in wizard.page


def test_answers_are_kept_for_later(wizard):
    wizard.send()
    wizard.post("answers", do="read", **{"q-mode-here": "1", "q-mode": "replace"})
    assert wizard.state == "asking"
    assert Import.objects.get().answers == {"mode": "replace"}
    wizard.post("answers", do="check", **{"q-near-here": "1", "q-near": "5"})
    wizard.post("questions")
    assert wizard.state == "asking"
    assert Import.objects.get().answers == {"mode": "replace", "near": 5}


def test_an_answer_with_which_nothing_can_be_read_is_taken_back(wizard):
    wizard.send()
    wrong = {"q-crs-here": "1", "q-crs": "@other", "q-crs-other": "EPSG:1"}
    wizard.post("answers", do="check", **wrong)
    assert wizard.state == "failed"
    wizard.post("questions", do="forget")
    assert wizard.state == "asking"
    assert Import.objects.get().answers == {}


def test_a_file_is_read_anew_in_another_encoding_and_without_that_answer(wizard):
    wizard.send()
    wizard.post("answers", do="read", **{"q-encoding-here": "1", "q-encoding": "cp866"})
    assert wizard.state == "asking"
    assert "Порода, Висота" not in wizard.words
    assert 'name="do" value="forget"' in wizard.page
    wizard.post("questions", do="forget")
    assert "Порода, Висота" in wizard.words


def test_a_wrong_answer_is_said_beside_its_question(wizard):
    wizard.send()
    wizard.post("answers", do="check", **{"q-crs-here": "1", "q-crs": "@other", "q-crs-other": "x"})
    assert wizard.state == "failed"
    assert "EPSG:6383" in wizard.words
    wizard.post("answers", do="read", **{"q-crs-here": "1", "q-crs": "EPSG:4326"})
    assert wizard.state == "asking"


def test_an_import_is_cancelled_and_leaves_nothing(wizard, trees):
    wizard.send()
    wizard.post("cancel")
    assert wizard.state == "cancelled"
    assert not Feature.objects.filter(layer=trees).exists()
    wizard.post("publish")
    assert wizard.state == "cancelled"


def test_a_refused_form_keeps_the_files(wizard):
    answer = wizard.send(layer="")
    assert answer.status_code == 400
    upload = Upload.objects.get()
    assert f'value="{upload.pk}"' in wizard.page
    wizard.send(files=[], uploads=[str(upload.pk)])
    assert wizard.state == "asking"


def test_what_is_no_geodata_is_refused_in_a_sentence(wizard):
    wizard.send("\x00\x01\x02nothing", name="photo.bin")
    assert wizard.state == "failed"
    assert "Імпорт зупинився" in wizard.words


def test_the_layer_of_others_is_not_offered_and_not_taken(wizard, make_layer):
    make_layer("theirs", organisation=None)
    page = wizard.client.get("/staff/imports/new/").content.decode()
    assert 'value="trees"' in page
    assert 'value="theirs"' not in page
    assert wizard.send(layer="theirs").status_code == 403


def test_imports_of_others_are_not_found(wizard, standing_trees, client):
    from tests.conftest import write_staff

    wizard.send()
    number = Import.objects.get().pk
    client.force_login(write_staff("stranger", is_staff=True))
    assert client.get(f"/staff/imports/{number}/").status_code == 404
    assert "дерева.csv" not in client.get("/staff/imports/?who=all").content.decode()
