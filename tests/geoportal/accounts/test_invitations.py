"""Joining an organisation by a letter: the right person, once, in time."""

from datetime import timedelta

import pytest
from django.utils import timezone

from geoportal.accounts.models import Invitation, Membership, User
from geoportal.accounts.policies import is_confirmed, membership_role
from geoportal.accounts.services import accept_invitation, invite_member, revoke_invitation
from geoportal.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from tests.geoportal.accounts.conftest import PASSWORD, find_link, read_letters

pytestmark = pytest.mark.django_db
NEW = {"first_name": "Петро", "last_name": "Савчук", "password1": PASSWORD}


def link(token: str) -> str:
    return f"/invitations/{token}/"


def test_a_new_person_registers_by_the_letter_and_is_confirmed_and_a_member(
    site, invite, utility, head
):
    User.objects.filter(pk=head.pk).update(language="en")
    invite("Petro@Example.org", "officer")
    (letter,) = read_letters()
    assert letter.to == ["petro@example.org"]
    assert "Water Utility" in letter.subject
    path = find_link(letter)
    assert "petro@example.org" in site.read(path)
    assert site.send(path, **NEW) == "/organisations/utility/"
    user = User.objects.get(email="petro@example.org")
    assert is_confirmed(user)
    assert membership_role(user, utility.pk) == "officer"
    assert "You are now a member" in site.read("/organisations/utility/")


def test_who_has_an_account_signs_in_and_accepts(site, invite, utility, join):
    user = join("petro")
    path = link(invite("petro@example.org", "viewer"))
    assert "Sign in, then accept" in site.read(path)
    site.client.force_login(user)
    site.send(path)
    assert membership_role(user, utility.pk) == "viewer"


def test_the_letter_confirms_an_account_that_was_not_confirmed(site, invite, resident):
    path = link(invite("resident@example.org"))
    site.client.force_login(resident)
    site.send(path)
    assert is_confirmed(resident)


def test_registering_by_the_link_does_not_take_over_an_account(site, invite, join):
    user = join("petro")
    site.send(link(invite("petro@example.org")), 200, **NEW | {"password1": "stolen horse 7"})
    user.refresh_from_db()
    assert not user.check_password("stolen horse 7")
    assert not user.memberships.exists()


def test_only_the_invited_person_may_accept(site, invite, utility, join):
    stranger = join("stranger")
    token = invite("petro@example.org")
    site.client.force_login(stranger)
    assert "Only the owner of petro@example.org can accept" in site.read(link(token))
    site.send(link(token), 403)
    with pytest.raises(NotAllowed):
        accept_invitation(user=stranger, token=token)
    assert membership_role(stranger, utility.pk) is None


def test_an_invitation_is_accepted_once(site, other_site, invite, join):
    user = join("petro")
    token = invite("petro@example.org")
    accept_invitation(user=user, token=token)
    assert "has been accepted already" in other_site.read(link(token), 410)
    with pytest.raises(Conflict):
        accept_invitation(user=user, token=token)


def test_an_invitation_taken_back_says_so(site, invite, head, utility, join):
    user, token = join("petro"), invite("petro@example.org")
    revoke_invitation(actor=head, organisation=utility, invitation_id=Invitation.objects.get().pk)
    assert "has been taken back" in site.read(link(token), 410)
    with pytest.raises(Conflict):
        accept_invitation(user=user, token=token)


def test_an_invitation_is_out_of_date_after_two_weeks(site, invite, join, time_machine):
    user, token = join("petro"), invite("petro@example.org")
    time_machine.move_to(timezone.now() + timedelta(days=15))
    assert "is out of date" in site.read(link(token), 410)
    with pytest.raises(Conflict):
        accept_invitation(user=user, token=token)


def test_a_made_up_link_is_no_invitation(site, db):
    assert "There is no such invitation" in site.read(link("made-up"), 410)


def test_an_invitation_of_an_organisation_that_no_longer_works_is_none(site, invite, utility):
    token = invite("petro@example.org")
    utility.is_active = False
    utility.save()
    assert "There is no such invitation" in site.read(link(token), 410)


def test_a_second_letter_stops_the_first(site, invite):
    first, second = invite("petro@example.org"), invite("PETRO@example.org", "viewer")
    assert "taken back" in site.read(link(first), 410)
    assert "Viewer" in site.read(link(second))


def test_the_secret_of_the_link_is_not_in_the_database(invite):
    token = invite("petro@example.org")
    assert token not in str(Invitation.objects.values_list())


def test_accepting_does_not_lower_the_role_of_who_is_a_member_by_now(invite, utility, join):
    token = invite("petro@example.org", "viewer")
    user = join("petro", "head")
    accept_invitation(user=user, token=token)
    assert membership_role(user, utility.pk) == "head"


@pytest.mark.parametrize("role", ["officer", "viewer", ""])
def test_only_heads_invite(utility, join, role):
    with pytest.raises(NotAllowed):
        invite_member(
            actor=join("somebody", role),
            organisation=utility,
            email="petro@example.org",
            role="head",
            build_link=str,
        )


def test_members_and_nonsense_are_not_invited(utility, head, join):
    join("petro", "officer")
    for email, role, error in (
        ("Petro@example.org", "officer", Conflict),
        ("no e-mail", "officer", InvalidInput),
        ("a@example.org", "king", InvalidInput),
    ):
        with pytest.raises(error):
            invite_member(actor=head, organisation=utility, email=email, role=role, build_link=str)
    assert not Invitation.objects.exists()


def test_an_invitation_of_another_organisation_cannot_be_taken_back(invite, head, council):
    Membership.objects.create(user=head, organisation=council, role="head")
    invite("petro@example.org")
    with pytest.raises(NotFound):
        revoke_invitation(
            actor=head, organisation=council, invitation_id=Invitation.objects.get().pk
        )
