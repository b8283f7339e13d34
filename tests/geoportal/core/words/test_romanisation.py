"""Ukrainian in Latin letters, as the Cabinet of Ministers resolved."""

import pytest

from geoportal.core.words.romanisation import propose_name, propose_slug, romanise


@pytest.mark.parametrize(
    ("name", "latin"),
    [("Шепетівка", "Shepetivka"), ("Згурівка", "Zghurivka"), ("Єнакієве", "Yenakiieve"),
     ("Мар’янівка", "Marianivka"), ("Кам’янець-Подільський", "Kamianets-Podilskyi")],
)  # fmt: skip
def test_names_are_romanised_as_the_resolution_says(name, latin):
    assert romanise(name) == latin


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Дерева № 2", "dereva_2"),
        ("Ягоди, згадка", "yahody_zghadka"),
        ("ЗГ, Єнакієве й Їжак", "zgh_yenakiieve_y_yizhak"),
        ("Škola", "skola"),
        ("…!", ""),
        ("a" * 62 + " bb", "a" * 62),
    ],
)
def test_a_title_becomes_a_name(title, name):
    assert propose_name(title) == name
    assert propose_slug(title) == name.replace("_", "-")
