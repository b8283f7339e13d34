"""A layer of trees with an officer who keeps it and one of another organisation who looks."""

from collections.abc import Callable
from dataclasses import dataclass
from html import unescape

import pytest
from django.http import HttpResponse
from django.test import Client

from geoportal.accounts.models import Membership, Organisation, User
from layers.models import Changeset, Layer
from tests.conftest import plant_tree, write_council, write_layer, write_officer, write_staff
from tests.standing import standing_world


@dataclass
class Grove:
    """`first` is the changeset that planted the tree `1`."""

    trees: Layer
    officer: User
    neighbour: User
    first: Changeset


@standing_world
def grove() -> Grove:
    council = write_council()
    trees = write_layer(council)
    first = plant_tree(trees, "1", values={"height": 9}).changeset
    plant_tree(trees, "2", 30.6, values={"species": "Липа", "height": 12.5})
    plant_tree(trees, "3", 30.7, values={"species": "Клен", "height": None})
    other = Organisation.objects.create(
        slug="other", kind=Organisation.Kind.MUNICIPAL_ENTERPRISE, name_uk="Чисте місто"
    )
    neighbour = write_staff("neighbour")
    Membership.objects.create(user=neighbour, organisation=other, role=Membership.Role.OFFICER)
    return Grove(trees, write_officer(council), neighbour, first)


class Desk:
    """A person of the workplace and the pages that they read."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.client = Client()
        self.client.force_login(user)

    def get(self, path: str, status: int = 200, **query: object) -> str:
        return read(self.client.get(address(path), query), status)

    def post(self, path: str, status: int = 302, **fields: object) -> str:
        """The page that answers; after a redirect the one that it leads to."""
        given = self.client.post(address(path), fields)
        shown = read(given, status)
        return read(self.client.get(given["Location"]), 200) if status in (302, 303) else shown


def address(path: str) -> str:
    """What does not begin at the root lies among the layers."""
    return path if path.startswith("/") else f"/staff/layers/{path}"


def read(response: HttpResponse, status: int) -> str:
    text = unescape(response.content.decode())
    assert response.status_code == status, text[-3000:]
    return text


@pytest.fixture
def desk(grove: Grove) -> Desk:
    return Desk(grove.officer)


@pytest.fixture
def control(grove: Grove) -> Callable[[str], str]:
    """What the control of a field is called in a form."""
    names = {field.name: f"f{field.pk}" for field in grove.trees.fields.all()}
    return names.__getitem__
