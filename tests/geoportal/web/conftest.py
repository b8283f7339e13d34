"""The town of the problems' tests, and people who look at its pages in English."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from geoportal.accounts.models import User
from tests.geoportal.problems.conftest import (  # noqa: F401
    author,
    make_problem,
    make_report,
    moderator,
    town,
    write_user,
)


def open_browser() -> Client:
    client = Client(headers={"accept": "text/html"})
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


@pytest.fixture
def visitor() -> Client:
    """Who has not signed in."""
    return open_browser()


@pytest.fixture
def sign_in() -> Callable[[User], Client]:
    def sign(user: User) -> Client:
        client = open_browser()
        client.force_login(user)
        return client

    return sign
