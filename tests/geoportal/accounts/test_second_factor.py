"""Codes of an application on the phone and recovery codes."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.test import override_settings

from geoportal.accounts.second_factor import SecondFactorAdapter
from tests.geoportal.accounts.conftest import PASSWORD
from tests.geoportal.accounts.test_signing_in import basic

pytestmark = pytest.mark.django_db
LOGIN = {"login": "olia@example.org", "password": PASSWORD}


def make_code(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time()))))


@pytest.fixture
def secret(site, join, django_capture_on_commit_callbacks) -> str:
    """Of a person who has switched the second factor on, and has signed out."""
    join("olia", language="en")
    site.sign_in(LOGIN["login"])
    response = site.client.get("/accounts/2fa/totp/activate/")
    found: str = response.context["form"].secret
    with django_capture_on_commit_callbacks(execute=True):
        site.send("/accounts/2fa/totp/activate/", code=make_code(found))
    site.client.post("/accounts/logout/")
    site.client.cookies["django_language"] = "en"
    return found


def test_signing_in_asks_a_code(site, secret):
    assert site.send("/accounts/login/", **LOGIN) == "/accounts/2fa/authenticate/"
    assert "Sign in" in site.read("/data/"), "the password alone is not enough"
    assert "does not fit" in site.send("/accounts/2fa/authenticate/", 200, code="000000")


def test_a_recovery_code_signs_in_once(site, secret):
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    site.send("/accounts/login/", **LOGIN)
    assert site.send("/accounts/2fa/authenticate/", code=codes[0]) == "/"
    site.send("/accounts/reauthenticate/", password=PASSWORD)
    assert codes[1] in site.read("/accounts/2fa/recovery-codes/")
    assert codes[0] not in site.read("/accounts/2fa/recovery-codes/")


def test_the_person_is_told_by_a_letter(secret):
    subjects = {letter.subject for letter in mail.outbox}
    assert subjects == {"The second factor is on"}


def test_the_secret_is_not_readable_in_the_database(secret):
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored


def test_secrets_survive_a_new_key_of_the_site(settings):
    hidden = SecondFactorAdapter().encrypt("secret")
    with override_settings(SECRET_KEY="another", SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert SecondFactorAdapter().decrypt(hidden) == "secret"


def test_switching_on_waits_for_the_confirmation_of_the_e_mail(site, resident):
    site.client.force_login(resident)
    site.send("/accounts/email/", email=resident.email, action_send="1")
    assert "/accounts/2fa/" in site.client.get("/accounts/2fa/totp/activate/").headers["Location"]
    assert "Confirm your e-mail first" in site.read("/accounts/2fa/")


def test_a_password_alone_does_not_open_the_api(client, secret):
    answer = client.get("/api/v1/layers/", headers=basic("olia@example.org", PASSWORD))
    assert answer.status_code in (401, 403)


def test_switching_off_asks_who_it_is_once_more(site, secret):
    site.send("/accounts/login/", **LOGIN)
    codes = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()
    site.send("/accounts/2fa/authenticate/", code=codes[0])
    where = site.client.get("/accounts/2fa/totp/deactivate/").headers["Location"]
    assert "reauthenticate" in where
    site.read(where)
