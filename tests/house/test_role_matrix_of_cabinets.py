"""Who gets which answer from moderation and from cabinets."""

import pytest

from tests.house.asking_as_roles import (  # noqa: F401
    clients,
    find_taken_methods,
    find_wrong_answers,
    problems,
    send,
    standing_community,
    standing_problems,
)
from tests.house.roles_cabinets import CABINETS

pytestmark = pytest.mark.usefixtures("problems")


@pytest.mark.parametrize("pattern", CABINETS)
def test_every_role_gets_what_the_table_says(pattern, send):
    assert find_wrong_answers(CABINETS[pattern], send) == []


@pytest.mark.parametrize("pattern", CABINETS)
def test_other_methods_are_refused(pattern, send):
    assert find_taken_methods(pattern, CABINETS[pattern], send) == []
