"""The tree of categories is whole, and says where to call."""

import re

import pytest
from django.conf import settings

from geoportal.demo.problems.categories.every import BY_CODE, CATEGORIES, LEAVES
from geoportal.demo.problems.writing import write_categories
from geoportal.problems.models import Category, Question

ICONS = settings.BASE_DIR / "node_modules/lucide-static/icons"
EMERGENCY_NUMBER = re.compile(r"\b(10[1-4]|112)\b|телефонуйте|обійдіть", re.IGNORECASE)


def test_every_leaf_has_a_group_before_it():
    seen = set()
    for category in CATEGORIES:
        assert category.code not in seen
        assert re.fullmatch(r"[a-z0-9-]+", category.code)
        if category.parent:
            assert category.parent in seen
            assert BY_CODE[category.parent].parent == ""
        seen.add(category.code)
    assert len(LEAVES) >= 45


def test_titles_and_questions_are_in_both_languages():
    for category in CATEGORIES:
        assert category.title_uk
        assert category.title_en
        assert bool(category.hint_uk) == bool(category.hint_en)
        assert not category.parent or category.keywords
        for question in category.questions:
            assert question.title_uk
            assert question.title_en
            assert question.datatype in Question.Datatype.values
            assert bool(question.choices) == question.datatype.endswith("valuelist")
            assert len({each.key for each in question.choices}) == len(question.choices)


def test_a_hint_of_an_emergency_says_whom_to_call():
    urgent = [category for category in LEAVES if category.hint_is_emergency]
    assert "energy-gas" in {category.code for category in urgent}
    for category in urgent:
        assert EMERGENCY_NUMBER.search(category.hint_uk) or "Тривога" in category.hint_uk


def test_what_concerns_a_person_in_trouble_is_not_public():
    hidden = {category.code for category in LEAVES if not category.is_public}
    assert hidden == {"safety-family", "social-help"}


@pytest.mark.skipif(not ICONS.is_dir(), reason="the npm packages are not installed")
def test_icons_exist():
    missing = [each.icon for each in CATEGORIES if not (ICONS / f"{each.icon}.svg").is_file()]
    assert missing == []


@pytest.mark.django_db
def test_categories_are_written_once():
    assert write_categories() == write_categories() == Category.objects.count()
    manhole = Category.objects.get(code="road-manhole")
    assert (manhole.acceptance_working_days, manhole.solution_days) == (1, 3)
    assert manhole.parent == Category.objects.get(code="roads")
    plate = Question.objects.get(category__code="transport-abandoned", code="plate")
    assert not plate.is_public
