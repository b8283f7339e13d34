"""The wizard that begins with an address, and the tab of a layer's sources."""

from collections.abc import Iterator

import pytest

from importers.models import Import, Recipe, Schedule
from importers.remote import limits
from layers.models import Feature
from tests.importers.remote.servers import Server, collection, point, run_server, say, say_page

pytestmark = pytest.mark.django_db
SOURCES = "/staff/layers/trees/sources/"
DAILY = {"frequency": "daily", "at": "04:15", "weekday": "0", "day": "1", "mode": "replace"}


@pytest.fixture
def source(monkeypatch, settings) -> Iterator[Server]:
    monkeypatch.setattr(limits, "PAUSES_S", ())
    settings.REMOTE_ALLOWED = ["127.0.0.0/8"]
    with run_server() as server:
        links = [
            {"rel": "items", "href": "/trees.geojson"},
            {"rel": "license", "href": "https://creativecommons.org/licenses/by/4.0/"},
        ]
        server.routes = {
            "/trees.geojson": say(collection([point(1), point(2)])),
            "/collections": say(
                {
                    "collections": [
                        {"id": "trees", "title": "Дерева <міста>", "links": links},
                        {"id": "bins", "links": links},
                    ]
                }
            ),
            "/page": say_page(),
        }
        yield server


def begin(wizard, address, **form):
    fields = {"into": "layer", "layer": "trees", "address": address} | form
    return wizard.post_to("/staff/imports/new/", fields)


def publish(wizard, address):
    begin(wizard, address)
    wizard.post("answers", do="check")
    wizard.get()
    wizard.post("publish")
    wizard.get()
    assert wizard.state == "published", wizard.words


def test_a_file_at_an_address_goes_through_the_wizard(wizard, source, trees):
    publish(wizard, f"{source.url}/trees.geojson")
    assert Feature.objects.filter(layer=trees).count() == 2
    assert f"{source.url}/trees.geojson" in wizard.words
    assert "Повторювати за розкладом" in wizard.words


def test_of_several_datasets_one_is_chosen_on_a_page(wizard, source):
    answer = begin(wizard, f"{source.url}/collections")
    assert answer.status_code == 200
    assert "Дерева &lt;міста&gt;" in wizard.page
    assert 'name="layer" value="trees"' in wizard.page
    assert "CC-BY-4.0" in wizard.words
    assert not Import.objects.exists()
    assert begin(wizard, f"{source.url}/collections", dataset="trees").status_code == 302
    assert wizard.state == "asking"


def test_several_datasets_go_into_one_layer_or_become_layers(wizard, source, trees, monkeypatch):
    address = f"{source.url}/collections"
    begin(wizard, address, listed="1")
    assert "Виберіть хоч один набір даних" in wizard.words
    assert begin(wizard, address, dataset=["trees", "roads"]).status_code == 400
    assert not Import.objects.exists()
    answer = begin(wizard, address, dataset=["trees", "bins"])
    made = list(Import.objects.order_by("pk"))
    assert answer["Location"].endswith(f"/imports/groups/{made[0].group_id}/")
    assert [(each.slug, each.part, each.state) for each in made] == [
        ("trees", "Дерева <міста>", "ready"),
        ("trees", "bins", "ready"),
    ]
    begin(wizard, address, all="1", into="new")
    slugs = {each.slug for each in Import.objects.filter(creates=True)}
    assert slugs == {"dereva-mista", "bins"}
    monkeypatch.setattr("importers.stages.from_address.DATASETS_MAX", 1)
    begin(wizard, address, all="1", into="new")
    assert "Щонайбільше 1" in wizard.words


def test_the_licence_of_the_source_stands_beside_its_question(wizard, source):
    begin(wizard, f"{source.url}/collections", dataset="trees", into="new", slug="oaks")
    assert "Джерело називає свою ліцензію: CC-BY-4.0." in wizard.words
    assert "licence" not in Import.objects.get().answers


@pytest.mark.parametrize(("path", "words"), [("/page", "вебсторінка"), ("/absent", "нічого немає")])
def test_what_is_no_data_is_told_and_the_address_stays(wizard, source, path, words):
    answer = begin(wizard, source.url + path)
    assert answer.status_code in (400, 502)
    assert words in wizard.words
    assert f'value="{source.url}{path}"' in wizard.page


def test_an_inner_address_is_refused_with_the_way_to_allow_it(wizard, source, settings):
    settings.REMOTE_ALLOWED = []
    assert begin(wizard, f"{source.url}/trees.geojson").status_code == 400
    assert "GEOPORTAL_REMOTE_ALLOWED" in wizard.words


def test_a_published_import_is_repeated_changed_run_and_ended(wizard, source):
    publish(wizard, f"{source.url}/trees.geojson")
    new = f"{SOURCES}new/?import={Import.objects.get().pk}"
    assert "Повторювати «trees.geojson»" in wizard.open(new)
    assert wizard.post_to(new, DAILY | {"at": "ніколи"}).status_code == 400
    assert wizard.post_to(new, DAILY).status_code == 302
    schedule = Schedule.objects.get()
    assert schedule.answers["mode"] == "replace"
    words = wizard.open(SOURCES)
    assert "щодня, 04:15" in words
    assert "Запусків ще не було" in words
    page = f"{SOURCES}{schedule.pk}/"
    wizard.post_to(page, DAILY | {"frequency": "weekly", "weekday": "2"})
    wizard.post_to(f"{page}run/", {})
    words = wizard.open(SOURCES)
    assert "щотижня, середа, 04:15" in words
    assert "Нічого не змінилося" in words
    wizard.post_to(f"{page}pause/", {})
    assert "Призупинено" in wizard.open(SOURCES)
    wizard.post_to(f"{page}resume/", {})
    assert wizard.post_to(f"{page}burn/", {}).status_code == 404
    wizard.post_to(f"{page}end/", {})
    assert not Schedule.objects.exists()
    assert wizard.post_to(f"{page}run/", {}).status_code == 404


def test_a_second_schedule_of_the_same_source_is_refused_in_the_form(wizard, source):
    publish(wizard, f"{source.url}/trees.geojson")
    new = f"{SOURCES}new/?import={Import.objects.get().pk}"
    wizard.post_to(new, DAILY)
    assert wizard.post_to(new, DAILY).status_code == 400
    assert "вже імпортується" in wizard.words


def test_remembered_answers_are_shown_and_forgotten(wizard):
    wizard.send()
    wizard.post("answers", **{"q-key": "код", "do": "check"})
    wizard.get()
    wizard.post("publish")
    words = wizard.open(SOURCES)
    assert "дерева.csv" in words
    assert "використано 1 раз" in words
    recipe = Recipe.objects.get()
    wizard.post_to(f"/staff/layers/trees/recipes/{recipe.pk}/forget/", {})
    assert not Recipe.objects.exists()
    assert "Ще немає" in wizard.open(SOURCES)
