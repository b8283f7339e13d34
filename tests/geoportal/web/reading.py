"""What tests of the pages of problems do: open a page, list its cards, act by a form."""

import re

from django.test import Client

from geoportal.problems.models import Problem


def read(client: Client, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.content.decode()[:500]
    return response.content.decode()


def list_numbers(page: str) -> list[int]:
    """Numbers of the cards, in their order."""
    return [int(number) for number in re.findall(r'data-number="(\d+)"', page)]


def act(client: Client, problem: Problem, action: str, **fields: object) -> str:
    """The page to which the form leads."""
    url = f"/problems/{problem.pk}/actions/{action}/"
    return client.post(url, fields, follow=True).content.decode()
