"""The administration speaks Ukrainian, and is shown to who may do something in it."""

import re

import pytest
from django.contrib import admin

pytestmark = pytest.mark.django_db
HIDDEN = re.compile(r"<(script|style|select|textarea)\b.*?</\1>", re.DOTALL)
WORD = re.compile(r"[A-Za-z]{4,}")
CYRILLIC = re.compile(r"[А-Яа-яҐґЄєІіЇї]")
# Names that are written so in every language.
# Tables of installed packages: the first page names them in Ukrainian, their own pages may not.
FOREIGN = {"django_tasks_database", "socialaccount", "account", "mfa"}
KEPT = {"MapLibre", "WebAuthn", "OpenID Connect", "Open311"}


def list_english(html: str) -> set[str]:
    """Lines of text without a Ukrainian letter, e-mails and names aside."""
    text = re.sub(r"<[^>]+>|&\w+;", "\n", HIDDEN.sub("", html))
    lines = {line.strip(" :\t") for line in text.split("\n")}
    return {
        line
        for line in lines
        if WORD.search(line) and not CYRILLIC.search(line) and "@" not in line
    } - KEPT


def test_lists_of_the_administration_speak_ukrainian(client, administrator):
    client.force_login(administrator)
    found = {}
    if words := list_english(client.get("/admin/").content.decode()):
        found["index"] = words
    for model in admin.site._registry:
        if model._meta.app_label in FOREIGN:
            continue
        name = f"{model._meta.app_label}/{model._meta.model_name}"
        for page in ("", "add/"):
            shown = client.get(f"/admin/{name}/{page}")
            if shown.status_code == 200 and (words := list_english(shown.content.decode())):
                found[f"{name}/{page}"] = words
    assert found == {}


def test_the_administration_is_linked_for_administrators_alone(client, administrator, officer):
    client.force_login(officer)
    for path in ("/data/", "/staff/layers/"):
        assert 'href="/admin/"' not in client.get(path).content.decode()
    client.force_login(administrator)
    for path in ("/data/", "/staff/layers/"):
        assert 'href="/admin/"' in client.get(path).content.decode()


def test_staff_without_permissions_are_led_to_the_layers(client, officer):
    client.force_login(officer)
    assert client.get("/admin/")["Location"] == "/staff/layers/"
