"""Whose draft it is, and that signing out is told to the browser."""

import re

from geoportal.accounts.models import User

COOKIE = "signed_out"
SCRIPT = "js/report/signed_out.mjs"


def read_owner(client) -> str:
    page = client.get("/problems/new/").content.decode()
    found = re.search(r'data-draft-owner="([^"]*)"', page)
    assert found
    return found[1]


def test_each_person_is_one_owner_and_a_visitor_none(client, resident, db):
    assert read_owner(client) == ""
    client.force_login(resident)
    mine = read_owner(client)
    assert re.fullmatch(r"[0-9a-f]{24}", mine)
    assert read_owner(client) == mine
    client.force_login(User.objects.create_user("second@example.org", "correct horse"))
    assert read_owner(client) not in ("", mine)


def test_signing_out_is_marked_until_somebody_signs_in(client, resident):
    assert SCRIPT not in client.get("/data/").content.decode()
    given = {"login": "resident@example.org", "password": "correct horse"}
    client.post("/accounts/login/", given)
    mark = client.post("/accounts/logout/").cookies[COOKIE]
    assert (mark.value, mark["httponly"], mark["samesite"]) == ("1", "", "Lax")
    assert SCRIPT in client.get("/data/").content.decode()
    assert client.post("/accounts/login/", given).cookies[COOKIE].value == ""
    assert SCRIPT not in client.get("/data/").content.decode()


def test_a_visitor_who_signs_out_is_not_marked(client, db):
    assert COOKIE not in client.post("/accounts/logout/").cookies
