"""Rights that an administrator gives by hand."""

import pytest
from django.contrib.auth.models import Permission

from geoportal.accounts.models import Membership, User
from geoportal.accounts.services import confirm_email

FLAGS = ("is_moderator", "is_staff", "is_superuser")


@pytest.fixture
def stranger(db) -> User:
    """Somebody registered this address; whether it is theirs nobody knows."""
    return User.objects.create_user("head@kp.example", "correct horse")


@pytest.fixture
def make_head(admin_client, utility):
    def send(user: User):
        values = {
            "slug": utility.slug,
            "kind": utility.kind,
            "name_uk": utility.name_uk,
            "is_active": "on",
            "memberships-TOTAL_FORMS": "1",
            "memberships-INITIAL_FORMS": "0",
            "memberships-0-organisation": utility.pk,
            "memberships-0-user": user.pk,
            "memberships-0-role": "head",
        }
        return admin_client.post(f"/admin/accounts/organisation/{utility.pk}/change/", values)

    return send


def test_an_account_that_has_not_confirmed_the_e_mail_is_not_made_head(make_head, stranger):
    answer = make_head(stranger)
    assert answer.status_code == 200
    assert "head@kp.example не підтверджено" in answer.content.decode()
    assert not Membership.objects.exists()


def test_who_has_confirmed_is(make_head, stranger):
    confirm_email(stranger)
    assert make_head(stranger).status_code == 302
    assert Membership.objects.get().user == stranger


@pytest.mark.parametrize("flag", FLAGS)
def test_rights_of_the_portal_wait_for_the_confirmation(admin_client, stranger, flag):
    values = {"email": stranger.email, "language": "uk", "is_active": "on", flag: "on"}
    values |= {"date_joined_0": "01.11.2026", "date_joined_1": "10:00"}
    url = f"/admin/accounts/user/{stranger.pk}/change/"
    answer = admin_client.post(url, values)
    assert answer.status_code == 200
    assert "ще не підтвердила електронну пошту" in answer.content.decode()
    confirm_email(stranger)
    assert admin_client.post(url, values).status_code == 302
    stranger.refresh_from_db()
    assert getattr(stranger, flag)


def test_the_administration_opens_to_a_confirmed_e_mail_only(client, stranger):
    User.objects.update(is_staff=True)
    stranger.user_permissions.add(Permission.objects.get(codename="view_organisation"))
    client.force_login(stranger)
    assert client.get("/admin/").status_code == 302
    confirm_email(stranger)
    assert client.get("/admin/").status_code == 200
