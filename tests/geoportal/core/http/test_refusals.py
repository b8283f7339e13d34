"""What is refused before any view, or because the database is away, is said in one shape."""

import pytest
from django.db import InterfaceError, OperationalError
from django.db.models.sql.compiler import SQLCompiler
from django.test import Client

PROBLEM = "application/problem+json"
HTML = {"accept": "text/html"}


@pytest.fixture
def stranger():
    """A browser without a token; Django's test client is not asked for one otherwise."""
    return Client(enforce_csrf_checks=True, headers={"host": "localhost"})


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "delete"])
@pytest.mark.parametrize(
    "path",
    [
        "/ogc/collections",
        "/ogc/collections/trees/items",
        "/data/trees.csv",
        "/data/trees.shp.zip",
        "/tiles/trees/0/0/0.mvt",
        "/tiles/style.json",
        "/livez",
        "/readyz",
        "/metrics",
    ],
)
def test_a_method_is_refused_for_itself_not_for_a_missing_token(stranger, path, method):
    response = getattr(stranger, method)(path, headers=HTML)
    assert (response.status_code, response["Content-Type"]) == (405, PROBLEM)
    assert "GET" in response["Allow"]


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_the_portal_s_words(stranger):
    page = stranger.post("/accounts/login/", {"username": "x"}, headers=HTML)
    assert page.status_code == 403
    assert "CSRF" not in page.content.decode()
    assert 'class="button' in page.content.decode()
    document = stranger.post("/accounts/login/", {"username": "x"})
    assert (document.status_code, document["Content-Type"]) == (403, PROBLEM)
    assert document.json()["type"] == "urn:geoportal:not-allowed"


@pytest.fixture
def database_away(request, monkeypatch):
    """Every query of the ORM fails as one to a server that is gone."""

    def fail(*args: object, **kwargs: object) -> None:
        raise request.param("server closed the connection unexpectedly")

    return lambda: monkeypatch.setattr(SQLCompiler, "execute_sql", fail)


@pytest.mark.django_db
@pytest.mark.parametrize("database_away", [OperationalError, InterfaceError], indirect=True)
@pytest.mark.parametrize("path", ["/ogc/collections", "/tiles/style.json", "/api/v1/layers/"])
def test_a_database_that_is_away_is_503(database_away, path, caplog):
    database_away()
    response = Client(raise_request_exception=False).get(path)
    assert (response.status_code, response["Content-Type"]) == (503, PROBLEM)
    assert response["Retry-After"] == "5"
    assert response.json()["type"] == "urn:geoportal:unavailable"
    assert "server closed" not in response.content.decode()
    assert "server closed" in caplog.text


@pytest.mark.django_db
@pytest.mark.parametrize("database_away", [OperationalError], indirect=True)
def test_people_who_are_signed_in_get_a_page_too(database_away, officer):
    client = Client(raise_request_exception=False)
    client.force_login(officer)
    database_away()
    page = client.get("/data/", headers=HTML)
    assert (page.status_code, page["Content-Type"]) == (503, "text/html; charset=utf-8")
    assert page["Retry-After"] == "5"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ("[" * 100_000, 400),
        ('{"a": ' * 100_000, 400),
        ('{"q": "' + "x" * 3_000_000 + '"}', 413),
    ],
    ids=["lists", "objects", "long"],
)
def test_a_document_without_end_is_refused_in_words(client, administrator, body, status):
    client.force_login(administrator)
    answer = client.post("/api/v1/imports/", body, content_type="application/json")
    assert (answer.status_code, bool(answer.json()["detail"])) == (status, True)
