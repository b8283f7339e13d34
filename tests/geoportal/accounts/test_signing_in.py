"""Passwords: wrong ones are counted, forgotten ones are replaced."""

import base64

import pytest
from django.core.cache import cache

from geoportal.accounts.models import User
from tests.geoportal.accounts.conftest import PASSWORD, find_link, read_letters

pytestmark = pytest.mark.django_db
LOGIN, RESET = "/accounts/login/", "/accounts/password/reset/"


def test_wrong_passwords_are_counted_for_one_e_mail(site, other_site, join):
    user = join("olia")
    for _ in range(5):
        assert "do not match" in site.send(LOGIN, 200, login=user.email, password="wrong")
    assert "Too many attempts" in other_site.send(LOGIN, 200, login=user.email, password=PASSWORD)


def test_another_e_mail_is_not_held_back_by_it(site, join):
    join("olia")
    other = join("ihor")
    for _ in range(5):
        site.send(LOGIN, 200, login="olia@example.org", password="wrong")
    assert site.send(LOGIN, login=other.email, password=PASSWORD) == "/"


def test_who_has_no_account_is_counted_and_answered_in_the_same_words(site):
    for _ in range(5):
        assert "do not match" in site.send(LOGIN, 200, login="no@example.org", password="wrong")
    assert "Too many attempts" in site.send(LOGIN, 200, login="no@example.org", password="wrong")


def test_many_registrations_from_one_place_are_refused_kindly(site):
    for number in range(10):
        site.send("/accounts/signup/", 200, email=f"bot{number}")
    assert "Too many requests" in site.send("/accounts/signup/", 429, email="bot")


def test_counts_stand_where_every_process_sees_them(settings):
    assert settings.CACHES["default"]["BACKEND"].endswith("DatabaseCache")
    assert cache.add("once", 1)
    assert not cache.add("once", 1)


def test_a_forgotten_password_is_replaced_by_the_letter(site, other_site, join):
    user = join("olia")
    site.client.force_login(user)
    site.send(RESET, email="Olia@example.org")
    (letter,) = read_letters()
    form = other_site.client.get(find_link(letter)).headers["Location"]
    new = {"password1": "another horse 8", "password2": "another horse 8"}
    other_site.send(form, **new)
    user.refresh_from_db()
    assert user.check_password("another horse 8")
    assert "Sign in" in site.read("/data/"), "other sessions have ended"


def test_a_link_for_a_new_password_works_once(site, join):
    join("olia")
    site.send(RESET, email="olia@example.org")
    link = find_link(read_letters()[0])
    form = site.client.get(link).headers["Location"]
    site.send(form, password1="another horse 8", password2="another horse 8")
    assert "out of date or was used already" in site.read(link)


def test_the_answer_about_a_new_password_does_not_tell_who_has_an_account(site, join):
    join("olia")
    known = site.send(RESET, email="olia@example.org")
    unknown = site.send(RESET, email="nobody@example.org")
    assert known == unknown
    assert read_letters()[1].subject == "There is no account with this e-mail"


def test_an_address_not_confirmed_yet_opens_nobody_s_account(site, other_site, join):
    """The person mistyped the new e-mail: its owner must not get in by a new password."""
    user = join("olia")
    site.sign_in(user.email)
    site.send("/accounts/email/", email="mistyped@example.org", action_add="1")
    other_site.send(RESET, email="mistyped@example.org")
    assert "There is no account" in read_letters()[-1].subject


def test_signing_in_takes_the_language_of_the_person_to_a_new_device(client, join):
    user = join("olia")
    User.objects.filter(pk=user.pk).update(language="en")
    response = client.post(LOGIN, {"login": user.email, "password": PASSWORD})
    assert response.cookies["django_language"].value == "en"


def test_the_switch_of_the_language_is_kept_for_letters(client, join):
    user = join("olia")
    client.force_login(user)
    client.post("/i18n/setlang/", {"language": "en"})
    user.refresh_from_db()
    assert user.language == "en"
    client.post("/i18n/setlang/", {"language": "xx"})
    user.refresh_from_db()
    assert user.language == "en"


def test_a_switched_off_account_is_not_let_in(site, join):
    user = join("olia", is_active=False)
    assert site.send(LOGIN, login=user.email, password=PASSWORD) == "/accounts/inactive/"
    assert "switched off" in site.read("/accounts/inactive/")


def test_the_administration_asks_at_the_same_door(site, administrator):
    assert site.client.get("/admin/login/").headers["Location"].startswith("/accounts/login/")


def basic(email: str, password: str) -> dict[str, str]:
    secret = base64.b64encode(f"{email}:{password}".encode()).decode()
    return {"Authorization": f"Basic {secret}", "Accept": "application/json"}


def test_passwords_of_the_api_are_counted_too(client, join):
    user = join("olia")
    path = "/api/v1/layers/"
    assert client.get(path, headers=basic(user.email, PASSWORD)).status_code == 200
    for _ in range(5):
        assert client.get(path, headers=basic(user.email, "wrong")).status_code in (401, 403)
    assert client.get(path, headers=basic(user.email, PASSWORD)).status_code in (401, 403)
