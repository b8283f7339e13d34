"""Worlds that stand for many tests: found as they were built, and seen by nobody else.

Tests that commit run last, the others in the order of the worlds that they ask for.
"""

from dataclasses import dataclass

import pytest
from django.contrib.gis.geos import Point
from django.db import connection

from geoportal.accounts.models import Organisation
from layers.models import Layer
from layers.services import add_feature
from layers.services.lifecycle import archive_layer, delete_layer
from tests.conftest import plant_tree, write_layer
from tests.standing import STAGE, standing_world

BUILT: list[str] = []


@dataclass
class Village:
    school: Organisation


@standing_world
def standing_village() -> Village:
    BUILT.append("village")
    return Village(write("school"))


@standing_world
def standing_fair(standing_village: Village) -> Organisation:
    BUILT.append("fair")
    standing_village.school.name_uk = "Ярмарок"
    return write("fair")


def write(slug: str) -> Organisation:
    kind = Organisation.Kind.MUNICIPAL_ENTERPRISE
    return Organisation.objects.create(slug=slug, kind=kind, name_uk=slug.title())


def list_written() -> set[str]:
    return set(Organisation.objects.values_list("slug", flat=True))


@pytest.mark.django_db
def test_who_asks_for_no_world_sees_none():
    assert not {"school", "fair"} & list_written()


@pytest.mark.parametrize("turn", range(2))
def test_what_a_test_does_to_its_world_is_undone(standing_village, turn):
    assert list_written() == {"school"}
    assert standing_village.school.name_uk == "School"
    standing_village.school.name_uk = "Змінена"
    standing_village.school.save()
    write(f"other-{turn}")
    assert BUILT == ["village"]


@pytest.mark.parametrize("turn", range(2))
def test_a_world_stands_on_another_and_does_not_change_it(standing_fair, standing_village, turn):
    assert list_written() == {"school", "fair"}
    assert standing_village.school.name_uk == "School"
    assert BUILT == ["village", "fair"]
    assert list(STAGE.standing) == ["standing_village", "standing_fair"]


class TestAnotherFixtureOfThatName:
    @pytest.fixture
    def standing_village(self) -> str:
        return "no world"

    @pytest.mark.django_db
    def test_hides_the_world(self, standing_village):
        assert standing_village == "no world"
        assert list_written() == set()


@pytest.fixture(scope="module")
def built_before() -> list[int]:
    """How often a world had been built by each turn."""
    return []


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_what_a_test_that_commits_does_to_its_world_is_undone(
    standing_fair, standing_village, make_layer, plant, built_before, turn
):
    assert not connection.in_atomic_block
    assert list_written() == {"school", "fair", "council"}
    assert standing_village.school.name_uk == "School"
    standing_village.school.name_uk = "Змінена"
    standing_village.school.save()
    plant(make_layer(), "1")
    write(f"other-{turn}")
    built_before.append(BUILT.count("fair"))
    assert len(set(built_before)) == 1


@standing_world
def standing_orchard() -> Layer:
    BUILT.append("orchard")
    layer = write_layer(write("grower"), "orchard")
    plant_tree(layer, "1")
    return layer


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", range(3))
def test_a_layer_of_a_world_is_there_again_though_a_test_deletes_it(standing_orchard, turn):
    assert list_written() == {"grower"}
    assert [tree.key for tree in standing_orchard.features.all()] == ["1"]
    if turn == 0:
        add_feature(layer=standing_orchard, key="2", geom=Point(30.5, 50.4, srid=4326), values={})
    else:
        archive_layer(layer=standing_orchard)
        delete_layer(layer=standing_orchard)
    assert BUILT.count("orchard") == max(1, turn)


@pytest.mark.django_db(transaction=True)
def test_who_commits_and_asks_for_no_world_sees_none():
    assert list_written() == set()


def test_two_worlds_of_one_name_are_refused():
    def standing_village() -> None:
        """Of another module."""

    standing_village.__module__ = "elsewhere"
    with pytest.raises(ValueError, match="standing_village"):
        standing_world(standing_village)
