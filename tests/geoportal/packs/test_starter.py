"""The starter pack: what every community of Ukraine begins with, and nobody's names in it."""

import re

import pytest

from geoportal.packs.applying.whole import apply_pack
from geoportal.packs.checking.everything import check_pack
from geoportal.packs.extending import SHIPPED
from geoportal.problems.models import Category, Question, ResponseTemplate
from layers.models import Layer

TURN_TO = re.compile(r"\b1\d\d\b|диспетчер|аварійн|укриття")
UKRAINE = SHIPPED / "ukraine"
OWN = """
    format = 1
    extends = "ukraine"
    name_uk = "Своя громада"
    short_name_uk = "Своє"
    """


@pytest.mark.django_db
def test_the_starter_lacks_nothing_but_the_name_of_a_community():
    _pack, findings = check_pack(UKRAINE)
    assert [(each.place.line, each.message) for each in findings.errors] == [
        (1, "Бракує «name_uk»."),
        (1, "Бракує «short_name_uk»."),
    ]
    assert findings.remarks == []


def test_the_starter_names_no_town():
    words = re.compile(r"калин|kalyn|верболоз|verboloz|шепет|ладижин|вигадан|invented", re.I)
    files = [path for path in UKRAINE.rglob("*") if path.is_file()]
    assert len(files) > 50
    assert [path.name for path in files if words.search(path.read_text(encoding="utf-8"))] == []


@pytest.mark.django_db
def test_a_community_of_one_file_has_everything_to_begin_with(write_folder):
    apply_pack(write_folder({"community.toml": OWN}))

    assert Category.objects.filter(parent=None).count() >= 14
    assert Category.objects.exclude(parent=None).count() >= 50
    assert Question.objects.filter(required=True).exists()
    assert ResponseTemplate.objects.filter(organisation=None).count() >= 10
    layers = {layer.slug: layer for layer in Layer.objects.exclude(kind="problems")}
    assert {"trees", "heritage", "accessibility", "shelters", "waste_containers", "addresses",
            "streets", "boundary", "starosta_okruhs", "hospitals", "schools", "free_wifi",
            "battery_points", "parks"} <= set(layers)  # fmt: skip
    # Registers wait for their data where residents do not look.
    assert {layer.visibility for layer in layers.values()} == {"staff"}
    assert all(layer.fields.exists() for layer in layers.values())


@pytest.mark.django_db
def test_every_category_is_told_in_both_languages_and_has_somebody_to_turn_to(write_folder):
    apply_pack(write_folder({"community.toml": OWN}))

    for category in Category.objects.all():
        assert category.title_en, category.code
        assert bool(category.hint_uk) == bool(category.hint_en), category.code
        if category.is_emergency:
            assert TURN_TO.search(category.hint_uk), category.code
