"""The person's own page, and leaving the portal."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from geoportal.accounts.models import Invitation, User
from geoportal.accounts.names import get_display_name
from geoportal.accounts.services import delete_account
from geoportal.accounts.signals import account_deleted
from geoportal.core.errors import Conflict
from tests.geoportal.accounts.conftest import PASSWORD

pytestmark = pytest.mark.django_db
PROFILE, DELETE = "/accounts/profile/", "/accounts/delete/"
GIVEN = {
    "first_name": "Ольга",
    "last_name": "Гнатюк",
    "phone": "+380 67 123-45-67",
    "language": "en",
}


def test_the_person_changes_name_phone_and_language(site, join):
    user = join("olia")
    site.client.force_login(user)
    site.send(PROFILE, **GIVEN)
    user.refresh_from_db()
    assert {name: getattr(user, name) for name in GIVEN} == GIVEN
    assert "Saved." in site.read(PROFILE)


@pytest.mark.parametrize("wrong", [{"first_name": " "}, {"phone": "call me"}, {"language": "xx"}])
def test_what_cannot_be_is_refused_and_kept_in_the_form(site, join, wrong):
    user = join("olia")
    site.client.force_login(user)
    answer = site.client.post(PROFILE, GIVEN | wrong)
    assert 'aria-invalid="true"' in answer.content.decode()
    assert "Гнатюк" in answer.content.decode()
    user.refresh_from_db()
    assert user.last_name == ""


def test_the_page_lists_organisations_and_leads_heads_to_members(site, head, join):
    site.client.force_login(head)
    assert "/cabinet/utility/members/" in site.client.get(PROFILE).content.decode()
    site.client.force_login(join("petro", "officer"))
    text = site.client.get(PROFILE).content.decode()
    assert "Water Utility" in text
    assert "/cabinet/utility/members/" not in text


def test_deleting_asks_the_password(site, join):
    user = join("olia")
    site.client.force_login(user)
    assert "This is not your password" in site.send(DELETE, 200, password="wrong")
    assert "This field is required" in site.send(DELETE, 200)
    assert User.objects.filter(email="olia@example.org").exists()


def test_a_deleted_account_keeps_nothing_personal(site, other_site, join, invite):
    user = join("olia", "officer", last_name="Гнатюк", phone="+380671234567")
    Authenticator.objects.create(user=user, type="totp", data={"secret": "x"})
    invite("another@example.org")
    Invitation.objects.update(email="olia@example.org")
    other_site.client.force_login(user)
    site.client.force_login(user)
    site.send(DELETE, password=PASSWORD)
    assert "Your account is deleted" in site.read("/accounts/deleted/")
    left = User.objects.get(pk=user.pk)
    assert str(User.objects.filter(pk=user.pk).values()).count("olia") == 0
    assert (left.first_name, left.last_name, left.phone) == ("", "", "")
    assert not left.is_active
    assert not left.has_usable_password()
    assert get_display_name(left) != left.email
    assert not EmailAddress.objects.filter(user=user).exists()
    assert not Authenticator.objects.filter(user=user).exists()
    assert not left.memberships.exists()
    assert not Invitation.objects.exists()
    assert other_site.client.get(PROFILE).status_code == 302, "every session has ended"


def test_packages_above_let_go_before_the_name_is_gone(join):
    heard = []

    def hear(sender, user, **kwargs):
        heard.append(user.email)

    account_deleted.connect(hear)
    try:
        delete_account(join("olia"))
    finally:
        account_deleted.disconnect(hear)
    assert heard == ["olia@example.org"]


def test_the_same_e_mail_may_register_again(site, join):
    delete_account(join("olia"))
    site.send("/accounts/signup/", first_name="Оля", email="olia@example.org", password1=PASSWORD)
    assert User.objects.filter(email="olia@example.org").exists()


def test_the_only_head_and_the_only_administrator_stay(site, head, administrator):
    with pytest.raises(Conflict):
        delete_account(head)
    with pytest.raises(Conflict):
        delete_account(administrator)
    site.client.force_login(head)
    assert "the only head: Water Utility" in site.send(DELETE, 200, password=PASSWORD)


def test_a_deleted_account_is_deleted_once(join):
    user = join("olia")
    delete_account(user)
    first = User.objects.get(pk=user.pk).deleted_at
    delete_account(user)
    assert User.objects.get(pk=user.pk).deleted_at == first


@pytest.mark.parametrize("path", [PROFILE, DELETE, "/accounts/email/", "/accounts/2fa/"])
def test_a_visitor_is_asked_to_sign_in(client, path):
    assert client.get(path).headers["Location"] == f"/accounts/login/?next={path}"
