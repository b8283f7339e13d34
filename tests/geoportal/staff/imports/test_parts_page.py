"""A file of many layers by forms alone: chosen, checked, published together."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from importers.models import Import, ImportGroup
from importers.stages.dividing import copy_import
from layers.models import Layer
from tests.importers.stages.several import write_town

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> bytes:
    return write_town(tmp_path_factory.mktemp("town") / "town.gpkg").read_bytes()


@pytest.fixture
def sent(wizard, town):
    wizard.send(town, "місто.gpkg", into="new", layer="")
    return wizard


def get_group_url() -> str:
    return f"/staff/imports/groups/{ImportGroup.objects.get().pk}/"


def test_parts_are_chosen_checked_and_published_on_one_page(sent, trees):
    assert "3 рядки · точки" in sent.words
    assert 'value="lavky"' in sent.page
    answer = sent.post(
        "parts",
        **{"part": ["лавки", "парки"], "into-1": "trees"},
        **{"into-2": "", "slug-2": "zelen", "title-2": "Зелені зони"},
    )
    assert answer.url == get_group_url()
    words = sent.open(answer.url)
    assert "Опубліковано 0 з 2" in words
    assert "+2 ~0 −0" in words
    shown = re.findall(r'name="import" value="([^"]+)"', sent.page)
    strangers = ["9" * 5000 + "@x", "²@x", "@", ""]
    sent.post_to(f"{answer.url}do/", {"do": "publish", "import": [*strangers, *shown]})
    layer = Layer.objects.get(slug="zelen")
    assert (layer.title_uk, layer.features.count()) == ("Зелені зони", 2)


def test_a_layer_that_cannot_be_is_told_beside_its_part_and_nothing_is_lost(sent):
    form = {"part": ["лавки", "парки"], "slug-1": "trees", "slug-2": "parky", "title-2": "Сади"}
    assert sent.post("parts", **form).status_code == 400
    assert "вже є" in sent.words
    assert 'value="Сади"' in sent.page
    assert Import.objects.count() == 1


def test_the_page_of_one_part_leads_to_all(sent):
    sent.post("parts", part=["лавки", "парки"], **{"slug-1": "lavky", "slug-2": "parky"})
    sent.get()
    assert get_group_url() in sent.page
    assert get_group_url() in sent.client.get("/staff/imports/").content.decode()


def test_all_that_waits_is_let_go_at_once(sent):
    sent.post("parts", part=["лавки", "парки"], **{"slug-1": "lavky", "slug-2": "parky"})
    sent.post_to(f"{get_group_url()}do/", {"do": "cancel"})
    assert set(Import.objects.values_list("state", flat=True)) == {"cancelled"}


def test_a_group_of_many_costs_as_many_queries_as_a_small_one(sent):
    sent.post("parts", part=["лавки", "парки"], **{"slug-1": "lavky", "slug-2": "parky"})
    with CaptureQueriesContext(connection) as of_two:
        sent.open(get_group_url())
    first = Import.objects.earliest("id")
    for number in range(8):
        copied = copy_import(first)
        Import.objects.filter(pk=copied.pk).update(
            group=first.group_id, slug=f"copy-{number}", state="failed"
        )
    with CaptureQueriesContext(connection) as of_ten:
        sent.open(get_group_url())
    assert sent.page.count("group-row") == 10
    assert len(of_ten) == len(of_two)
