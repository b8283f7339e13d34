"""Names of streets in the cases that sentences need, and stories that fit their places."""

import pytest

from geoportal.demo.problems.declension import genitive, locative, quoted, shortened
from geoportal.demo.problems.finding import build_finder
from geoportal.demo.problems.pictures.drawing import SCENES
from geoportal.demo.problems.stories import phrases
from geoportal.demo.problems.stories.every import TALES, talk_about


@pytest.mark.parametrize(
    ("name", "where", "whose"),
    [
        ("вулиця Соборна", "вулиці Соборній", "вулиці Соборної"),
        ("вулиця Долішня", "вулиці Долішній", "вулиці Долішньої"),
        ("провулок Тихий", "провулку Тихому", "провулку Тихого"),
        ("вулиця Шевченка", "вулиці Шевченка", "вулиці Шевченка"),
        ("вулиця Криничка", "вулиці Криничка", "вулиці Криничка"),
        ("вулиця Героїв України", "вулиці Героїв України", "вулиці Героїв України"),
        ("проспект Незалежності", "проспекті Незалежності", "проспекту Незалежності"),
        ("площа Ринок", "площі Ринок", "площі Ринок"),
    ],
)
def test_streets_are_declined(name, where, whose):
    assert locative(name) == where
    assert genitive(name) == whose


def test_quotes_inside_quotes_are_of_the_other_kind():
    assert quoted("Стадіон «Верболоза»") == "«Стадіон „Верболоза“»"
    assert shortened("провулок Тихий") == "пров. Тихий"


def test_there_are_enough_stories_and_none_is_told_twice():
    titles = {story.title for tale in TALES for story in tale.stories}
    texts = {story.text for tale in TALES for story in tale.stories}
    assert min(len(titles), len(texts)) >= 120
    assert len(texts) == sum(len(tale.stories) for tale in TALES)


def test_every_story_can_be_filled_in_at_its_places():
    finder = build_finder()
    for tale in TALES:
        assert tale.scene in {*SCENES, ""}
        assert talk_about(tale.code).accepted
        for story in tale.stories:
            for kind in story.sites or tale.sites:
                slots = finder.find(kind)[0].slots()
                text = f"{story.title} {story.text}".format(**slots)
                assert "{" not in text
                used = {slot for slot in slots if f"{{{slot}}}" in story.title + story.text}
                assert all(slots[slot] for slot in used), (story.title, kind)


def test_a_report_is_refused_for_each_reason():
    reasons = {refused.reason for refused in phrases.REFUSED}
    assert reasons == {
        "obscenity", "slander", "hatred", "personal_data", "duplicate", "not_local",
    }  # fmt: skip
    assert len(phrases.REFUSED) == 15
