"""Worlds that stand for many tests: found as they were built, and seen by nobody else.

Tests that commit run last, the others in the order of the worlds that they ask for.
"""

from dataclasses import dataclass

import pytest
from django.db import connection

from geoportal.accounts.models import Organisation
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


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_builds_its_own(standing_fair, standing_village):
    assert STAGE.standing == {}
    assert not connection.in_atomic_block
    assert list_written() == {"school", "fair"}
    assert BUILT[-2:] == ["village", "fair"]


def test_two_worlds_of_one_name_are_refused():
    def standing_village() -> None:
        """Of another module."""

    standing_village.__module__ = "elsewhere"
    with pytest.raises(ValueError, match="standing_village"):
        standing_world(standing_village)
