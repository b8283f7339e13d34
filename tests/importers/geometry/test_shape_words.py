"""Kinds of geometry are told in Ukrainian, however a program calls them."""

import pytest

from importers.issues import Issue
from layers.geometry.words import describe_shape


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Point", "точки"),
        ("MultiPoint", "точки"),
        ("3D Point", "точки"),
        ("MultiLineString Z", "лінії"),
        ("2.5D Polygon", "площі"),
        ("MultiSurface", "площі"),
        ("GeometryCollection", "збірні геометрії"),
        ("Unknown", "геометрії різних видів"),
        ("", "без місць"),
    ],
)
def test_every_name_of_a_geometry_has_a_word(name, words):
    assert describe_shape(name) == words


@pytest.mark.parametrize("wanted", ["polygon", "площі"])
def test_a_row_of_another_kind_is_told_without_a_foreign_word(wanted):
    issue = Issue(3, "wrong-geometry-type", {"wanted": wanted, "found": "Point"})
    assert issue.message == "Шар містить площі, а рядок – точки."
