"""Names for addresses, by the official transliteration."""

import pytest

from layers.slugs import propose_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Дерева на балансі", "dereva-na-balansi"),
        ("Об’єкти ЖКГ (2026)", "obiekty-zhkh-2026"),
        ("Їдальні, Єдині ящики", "yidalni-yedyni-yashchyky"),
        ("Згурівка", "zghurivka"),
        ("trees_2026", "trees-2026"),
        ("Škola", "skola"),
        ("東京", "layer"),
        ("", "layer"),
    ],
)
def test_a_title_becomes_a_slug(title, slug):
    assert propose_slug(title) == slug


def test_a_slug_that_is_taken_gets_a_number():
    assert propose_slug("Дерева", {"dereva", "dereva-2"}) == "dereva-3"
