"""Pages as text; a layer with every type of value; the town of problems and its visitors."""

import re
from collections.abc import Callable

import pytest
from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry
from django.test import Client

from geoportal.accounts.models import User
from layers.models import Layer, Theme
from layers.reading.search import rebuild_search
from layers.schema.specs import FieldSpec
from layers.services import add_feature
from tests.geoportal.problems.conftest import (  # noqa: F401
    author,
    make_problem,
    make_report,
    moderator,
    standing_town,
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


class Reader:
    """Asks for pages as a browser does, and reads them as text."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str, status: int = 200, **headers: str) -> str:
        response = self.client.get(path, headers={"Accept": "text/html", **headers})
        assert response.status_code == status, response.content[:500]
        return response.content.decode()

    def read(self, path: str, status: int = 200) -> str:
        """The page's text with one space between words, scripts left out."""
        page = re.sub(r"<script.*?</script>", " ", self.get(path, status), flags=re.DOTALL)
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


@pytest.fixture
def reader(client: Client) -> Reader:
    return Reader(client)


@pytest.fixture
def leisure(db) -> Theme:
    return Theme.objects.create(slug="leisure", title_uk="Дозвілля", title_en="Leisure")


@pytest.fixture
def halls(make_layer, leisure: Theme) -> Layer:
    """Two public halls, one seen by staff only, and an attribute for staff only."""
    layer: Layer = make_layer(
        "halls",
        title_uk="Клуби",
        title_en="Halls",
        description_uk="Де збираються мешканці.",
        theme=leisure,
        title_field="name",
        shown_by_default=True,
        icon="drama",
        keywords=("дозвілля", "клуб"),
        update_frequency="monthly",
        fields=(
            FieldSpec(name="name", title_uk="Назва", title_en="Name", searchable=True),
            FieldSpec(name="seats", title_uk="Місць", title_en="Seats", type="integer"),
            FieldSpec(name="site", title_uk="Сайт", type="url"),
            FieldSpec(name="guard", title_uk="Охоронець", audience="staff"),
        ),
    )
    for key, visibility in (("1", "public"), ("2", "public"), ("secret", "staff")):
        add_feature(
            layer=layer,
            key=key,
            geom=GEOSGeometry(f"POINT(30.{len(key)} 50.4)", srid=4326),
            values={"name": f"Клуб {key}", "seats": 12345, "guard": "Іван Прихований"},
            visibility=visibility,
        )
    rebuild_search(layer)
    return layer
