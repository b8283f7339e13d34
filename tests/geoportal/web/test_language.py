"""Ukrainian unless English was chosen."""

import pytest


@pytest.fixture
def ask(client, db):
    def get(path: str = "/data/", **headers: str) -> str:
        return str(client.get(path, headers=headers).headers["Content-Language"])

    return get


def test_browser_that_prefers_english_gets_ukrainian(ask):
    assert ask(**{"Accept-Language": "en-US,en;q=0.9"}) == "uk"


def test_switch_is_remembered(client, ask):
    response = client.post("/i18n/setlang/", {"language": "en", "next": "/data/?q=a"})
    assert response.headers["Location"] == "/data/?q=a"
    assert ask() == "en"
    client.post("/i18n/setlang/", {"language": "uk"})
    assert ask() == "uk"


def test_programs_choose_by_a_parameter(ask):
    assert ask("/data/?lang=en") == "en"
    assert ask("/data/?lang=xx") == "uk"


def test_pages_are_kept_apart_by_the_cookie_and_tiles_are_not(client, trees):
    assert "Cookie" in client.get("/data/").headers["Vary"]
    assert client.get("/data/?lang=en").content != client.get("/data/?lang=uk").content


def test_switch_does_not_lead_to_another_site(client, db):
    response = client.post("/i18n/setlang/", {"language": "en", "next": "https://evil.example/"})
    assert response.headers["Location"] == "/"
