"""Who gets which answer from accounts and from Open311."""

import pytest

from tests.house.asking_as_roles import (  # noqa: F401
    clients,
    find_taken_methods,
    find_wrong_answers,
    send,
    standing_community,
)
from tests.house.roles_accounts import ACCOUNTS, ACCOUNTS_ANY_METHOD
from tests.house.roles_open311 import OPEN311, OPEN311_ANY_METHOD

MATRIX = ACCOUNTS | OPEN311
ANY_METHOD = ACCOUNTS_ANY_METHOD | OPEN311_ANY_METHOD


@pytest.mark.parametrize("pattern", MATRIX)
def test_every_role_gets_what_the_table_says(pattern, send):
    assert find_wrong_answers(MATRIX[pattern], send) == []


@pytest.mark.parametrize("pattern", sorted(set(MATRIX) - ANY_METHOD))
def test_other_methods_are_refused(pattern, send):
    assert find_taken_methods(pattern, MATRIX[pattern], send) == []
