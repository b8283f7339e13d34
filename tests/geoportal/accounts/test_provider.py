"""Signing in by an identity provider, which is off until its address is set."""

import os
import subprocess
import sys

import pytest
from allauth.socialaccount.models import SocialAccount
from django.conf import settings as configured
from django.urls import reverse

from geoportal.accounts.models import User
from geoportal.accounts.policies import is_confirmed

pytestmark = pytest.mark.django_db
START = "/accounts/oidc/identity/login/"
APP = {
    "provider_id": "identity",
    "name": "id.example",
    "client_id": "portal",
    "secret": "secret",
    "settings": {"server_url": "https://id.example"},
}
DISCOVERED = {
    "issuer": "https://id.example",
    "authorization_endpoint": "https://id.example/authorize",
    "token_endpoint": "https://id.example/token",
    "userinfo_endpoint": "https://id.example/userinfo",
    "jwks_uri": "https://id.example/keys",
}
PERSON = {"sub": "42", "given_name": "Ольга", "family_name": "Гнатюк", "email": "Olha@example.org"}


class Answer:
    """What the provider's endpoints answer."""

    status_code = 200
    headers = {"content-type": "application/json"}

    def __init__(self, document):
        self.document = document

    def json(self):
        return self.document

    def raise_for_status(self):
        return None


@pytest.fixture
def provider(settings, monkeypatch):
    """A provider that knows one person; `provider` is what it tells of her."""
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [APP]}}
    person = dict(PERSON)

    def answer(self, method, url, **kwargs):
        if url.endswith("openid-configuration"):
            return Answer(DISCOVERED)
        if url.endswith("/token"):
            return Answer({"access_token": "t", "token_type": "Bearer"})
        return Answer(person)

    monkeypatch.setattr("requests.sessions.Session.request", answer)
    return person


def come_back(site) -> str:
    """Go to the provider and back; where that leads."""
    where = site.send(START)
    assert where.startswith("https://id.example/authorize?")
    state = where.split("state=")[1].split("&")[0]
    response = site.client.get(f"{START}callback/?state={state}&code=c")
    assert response.status_code == 302, response.content[:300]
    return str(response.headers["Location"])


def test_without_its_address_there_is_no_provider(site):
    assert "id.gov.ua" not in site.read("/accounts/login/")
    site.send(START, 404)


def test_the_page_of_signing_in_offers_the_provider(site, provider):
    assert "Sign in by id.example" in site.read("/accounts/login/")


def test_a_new_person_comes_in_with_the_name_and_an_e_mail_to_confirm(site, provider):
    assert come_back(site) == "/"
    user = User.objects.get()
    assert (user.first_name, user.email) == ("Ольга", "olha@example.org")
    assert not is_confirmed(user)
    assert "Olha@example.org".lower() in site.read("/accounts/profile/")


def test_an_e_mail_that_the_provider_has_checked_is_confirmed(site, provider):
    provider["email_verified"] = True
    come_back(site)
    assert is_confirmed(User.objects.get())


def test_who_is_known_by_the_provider_without_e_mail_is_asked_for_one(site, provider):
    del provider["email"]
    assert come_back(site) == "/accounts/3rdparty/signup/"
    assert "One more thing" in site.read("/accounts/3rdparty/signup/")
    site.send("/accounts/3rdparty/signup/", first_name="Ольга", email="olha@example.org")
    assert SocialAccount.objects.get().user.email == "olha@example.org"


def test_an_account_is_not_taken_over_by_its_e_mail(site, provider, join):
    """The provider does not prove who owns the account here: the password does."""
    provider["email_verified"] = True
    owner = join("olha")
    assert come_back(site) == "/accounts/3rdparty/signup/"
    answer = site.send(
        "/accounts/3rdparty/signup/", 200, first_name="Ольга", email="olha@example.org"
    )
    assert "There is an account with this e-mail already" in answer
    assert not SocialAccount.objects.filter(user=owner).exists()


def test_the_second_time_the_same_person_comes_in(site, other_site, provider):
    come_back(site)
    come_back(other_site)
    assert User.objects.count() == 1


def test_who_came_by_the_provider_may_leave_without_a_password(site, provider):
    come_back(site)
    site.send(reverse("web:delete-account"))
    assert User.objects.get().deleted_at


def test_settings_make_the_provider_and_let_forms_lead_to_it():
    code = (
        "from django.conf import settings as s;"
        "a = s.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'][0];"
        "print(a['name'], a['client_id'], a['settings']['server_url'],"
        " s.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'][1])"
    )
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "geoportal.settings",
        "GEOPORTAL_OIDC_NAME": "Дія",
        "GEOPORTAL_OIDC_SERVER_URL": "https://id.example/realm",
        "GEOPORTAL_OIDC_CLIENT_ID": "portal",
    }
    told = subprocess.run(
        [sys.executable, "-c", code],
        cwd=configured.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert told.strip() == "Дія portal https://id.example/realm https://id.example"
