"""The pages that a new portal begins with, and who reads and writes them."""

import pytest
from django.test import Client

from geoportal.accounts.models import User
from geoportal.pages.models import Page
from tests.geoportal.web.conftest import Reader


@pytest.fixture
def reader(client: Client) -> Reader:
    return Reader(client)


@pytest.fixture
def rules(db) -> Page:
    return Page.objects.get(slug="rules")


@pytest.fixture
def other_administrator(db) -> User:
    return User.objects.create_superuser("second@example.org", "correct horse")


@pytest.fixture
def writer(administrator: User) -> Client:
    """The browser of an administrator."""
    client = Client(headers={"Accept": "text/html"})
    client.force_login(administrator)
    return client
