"""Signing in and out, and the page of errors."""

import pytest


def test_person_signs_in_by_e_mail_and_returns_where_he_was(client, resident):
    given = {"login": "resident@example.org", "password": "correct horse", "next": "/data/"}
    response = client.post("/accounts/login/", given)
    assert response.headers["Location"] == "/data/"
    assert "Вийти" in client.get("/data/").content.decode()
    assert client.post("/accounts/logout/").headers["Location"] == "/"
    assert "Увійти" in client.get("/data/").content.decode()


def test_case_of_the_e_mail_makes_no_difference(client, resident):
    given = {"login": "Resident@Example.org", "password": "correct horse"}
    assert client.post("/accounts/login/", given).status_code == 302


def test_wrong_password_is_told_without_saying_which_part_is_wrong(reader, client, resident):
    for login in ("resident@example.org", "nobody@example.org"):
        given = {"login": login, "password": "wrong"}
        page = client.post("/accounts/login/", given).content.decode()
        assert "Електронна пошта й пароль не збігаються" in page
        assert f'value="{login}"' in page
        assert "wrong" not in page


def test_sign_in_does_not_lead_to_another_site(client, resident):
    given = {
        "login": "resident@example.org",
        "password": "correct horse",
        "next": "https://evil.example/",
    }
    assert client.post("/accounts/login/", given).headers["Location"] == "/"


def test_page_that_is_not_there_says_where_to_look(reader, db):
    text = reader.read("/nowhere/", 404)
    for part in ("404", "Тут нічого немає", "Відкрити карту", "Перелік даних"):
        assert part in text


@pytest.mark.parametrize("path", ["/layers/none/", "/data/none/"])
def test_machines_get_a_problem_document_instead(client, db, path):
    response = client.get(path, headers={"Accept": "application/json"})
    assert response.headers["Content-Type"] == "application/problem+json"
