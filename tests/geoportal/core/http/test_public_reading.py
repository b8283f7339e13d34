"""Public answers are for pages of every site, whoever asked for them first."""

import pytest

PUBLIC = (
    "/ogc/",
    "/ogc/collections/nothing",
    "/tiles/style.json",
    "/tiles/nothing/1/0/0.mvt",
    "/problems/tiles/1/0/0.mvt",
    "/problems/feed.atom",
    "/data/nothing.csv",
    "/api/v1/layers/",
    "/open311/v2/services.json",
)


@pytest.mark.django_db
@pytest.mark.parametrize("path", PUBLIC)
@pytest.mark.parametrize("headers", [{}, {"Origin": "https://elsewhere.example"}])
def test_public_answers_carry_the_star_and_do_not_vary_by_origin(client, path, headers):
    response = client.get(path, headers=headers)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "origin" not in response.headers.get("Vary", "").lower()
    assert "Access-Control-Allow-Credentials" not in response.headers


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/problems/", "/accounts/login/", "/dataset/", "/admin/"])
def test_pages_are_read_by_their_own_site_only(client, path):
    response = client.get(path, headers={"Origin": "https://elsewhere.example"})
    assert "Access-Control-Allow-Origin" not in response.headers


def test_a_browser_that_asks_first_learns_the_methods(client):
    response = client.options(
        "/tiles/style.json",
        headers={"Origin": "https://elsewhere.example", "Access-Control-Request-Method": "GET"},
    )
    assert response.status_code == 200
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert response.headers["Access-Control-Allow-Methods"] == "GET, HEAD, OPTIONS"
