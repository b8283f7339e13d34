"""A key, a category that asks questions, and the service as a client sees it."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from geoportal.accounts.models import User
from geoportal.problems.models import Question
from geoportal.problems.open311.keys import make_key
from tests.geoportal.problems.conftest import NORTH_WEST, Town, write_user

Ask = Callable[..., Any]


@pytest.fixture
def partner(db: None) -> User:
    """Who answers for the reports of another system."""
    return write_user("partner")


@pytest.fixture
def secret(partner: User) -> str:
    return make_key(name="City app", owner=partner)[1]


@pytest.fixture
def questions(town: Town) -> None:
    """Rubbish is asked how much, of which kinds, and since when."""
    waste, rubbish = town.categories["waste"], town.categories["rubbish"]
    choices = [
        {"value": "glass", "title_uk": "Скло", "title_en": "Glass"},
        {"value": "paper", "title_uk": "Папір"},
    ]
    ask = Question.objects.create
    ask(category=waste, code="bags", title_uk="Скільки мішків?", datatype="number", required=True)
    ask(
        category=rubbish, code="kinds", title_uk="Що саме?", title_en="What is it?",
        datatype="multivaluelist", choices=choices,
    )  # fmt: skip
    ask(category=rubbish, code="since", title_uk="Відколи?", datatype="datetime")


@pytest.fixture
def ask(client: Client) -> Ask:
    """GET below /open311/v2/ as JSON: the value, with the status checked."""

    def get(path: str, expected: int = 200, **parameters: Any) -> Any:
        response = client.get(f"/open311/v2/{path}.json", parameters)
        assert response.status_code == expected, response.content
        return response.json()

    return get


@pytest.fixture
def send(client: Client, secret: str, town: Town) -> Ask:
    """POST a report: rubbish in the north-west unless told otherwise; `None` leaves out."""

    def post(status: int = 201, **fields: Any) -> Any:
        given = {
            "api_key": secret,
            "service_code": "rubbish",
            "lat": str(NORTH_WEST[1]),
            "long": str(NORTH_WEST[0]),
            "description": "Не вивозять сміття. Третій день купа росте.",
        } | fields
        body = {name: value for name, value in given.items() if value is not None}
        response = client.post("/open311/v2/requests.json", body)
        assert response.status_code == status, response.content
        return response.json()

    return post
