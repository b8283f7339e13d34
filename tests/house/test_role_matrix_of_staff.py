"""Who gets which answer from the workplace of layers."""

import pytest

from tests.house.asking_as_roles import (  # noqa: F401
    clients,
    find_taken_methods,
    find_wrong_answers,
    send,
    standing_community,
)
from tests.house.roles_staff import STAFF


@pytest.mark.parametrize("pattern", STAFF)
def test_every_role_gets_what_the_table_says(pattern, send):
    assert find_wrong_answers(STAFF[pattern], send) == []


@pytest.mark.parametrize("pattern", STAFF)
def test_other_methods_are_refused(pattern, send):
    assert find_taken_methods(pattern, STAFF[pattern], send) == []
