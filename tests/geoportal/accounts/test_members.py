"""Roles in an organisation: who changes them, and the head that must stay."""

import pytest
from django.test import Client

from geoportal.accounts.models import Invitation, Membership
from geoportal.accounts.services import change_role, remove_member
from geoportal.core.errors import Conflict, NotAllowed, NotFound
from tests.geoportal.accounts.conftest import read_letters

pytestmark = pytest.mark.django_db
MEMBERS = "/cabinet/utility/members/"


def member(user) -> str:
    return str(user.memberships.get().pk)


def test_a_head_invites_changes_roles_and_removes_on_one_page(site, head, join, utility):
    officer = join("petro", "officer")
    site.client.force_login(head)
    assert "petro@example.org" in site.read(MEMBERS)
    site.send(MEMBERS, action="invite", email="new@example.org", role="viewer")
    assert read_letters()[0].to == ["new@example.org"]
    assert "new@example.org" in site.read(MEMBERS)
    site.send(MEMBERS, action="role", id=member(officer), role="viewer")
    assert Membership.objects.get(user=officer).role == "viewer"
    site.send(MEMBERS, action="remove", id=member(officer))
    assert not officer.memberships.exists()
    site.send(MEMBERS, action="revoke", id=str(Invitation.objects.get().pk))
    assert Invitation.objects.get().revoked_at


def test_what_is_filled_in_wrongly_stays_in_the_form(site, head):
    site.client.force_login(head)
    response = site.client.post(MEMBERS, {"action": "invite", "email": "oops", "role": "viewer"})
    assert 'value="oops"' in response.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize(
    "given",
    [
        {"action": "role", "id": "999999", "role": "viewer"},
        {"action": "remove", "id": "x"},
        {"action": "remove", "id": "9" * 30},
        {"action": "revoke", "id": "-1"},
        {"action": "dance"},
        {},
    ],
)
def test_nonsense_is_told_and_changes_nothing(site, head, given):
    site.client.force_login(head)
    site.send(MEMBERS, **given)
    assert "There is no such" in site.read(MEMBERS)
    assert Membership.objects.count() == 1


def test_the_last_head_stays(site, head, utility, administrator):
    with pytest.raises(Conflict):
        change_role(
            actor=head, organisation=utility, membership_id=int(member(head)), role="officer"
        )
    with pytest.raises(Conflict):
        remove_member(actor=administrator, organisation=utility, membership_id=int(member(head)))
    site.client.force_login(head)
    site.send(MEMBERS, action="remove", id=member(head))
    assert "An organisation needs a head" in site.read(MEMBERS)


def test_with_another_head_the_first_may_go(head, join, utility):
    join("second", "head")
    remove_member(actor=head, organisation=utility, membership_id=int(member(head)))
    assert not head.memberships.exists()


def test_a_member_leaves_by_himself_but_removes_nobody_else(head, join, utility):
    officer, viewer = join("petro", "officer"), join("olia", "viewer")
    with pytest.raises(NotAllowed):
        remove_member(actor=officer, organisation=utility, membership_id=int(member(viewer)))
    remove_member(actor=officer, organisation=utility, membership_id=int(member(officer)))
    assert not Membership.objects.filter(user=officer).exists()


def test_a_head_reaches_no_member_of_another_organisation(head, council, officer, utility):
    with pytest.raises(NotFound):
        change_role(
            actor=head, organisation=utility, membership_id=int(member(officer)), role="viewer"
        )


@pytest.mark.parametrize(("role", "status"), [("officer", 403), ("viewer", 403), ("", 404)])
def test_others_do_not_see_the_page(join, utility, role, status):
    client = Client()
    client.force_login(join("somebody", role))
    assert client.get(MEMBERS).status_code == status
    assert client.post(MEMBERS, {"action": "invite"}).status_code == status


def test_a_visitor_is_asked_to_sign_in(client, utility):
    assert client.get(MEMBERS).headers["Location"] == f"/accounts/login/?next={MEMBERS}"


def test_an_organisation_that_no_longer_works_has_no_cabinet(client, head, utility):
    utility.is_active = False
    utility.save()
    client.force_login(head)
    assert client.get(MEMBERS).status_code == 404


def test_the_list_costs_the_same_for_one_and_for_twenty(
    client, head, join, django_assert_max_num_queries
):
    client.force_login(head)
    client.get(MEMBERS)
    for number in range(20):
        join(f"member{number}", "viewer")
    with django_assert_max_num_queries(14):
        client.get(MEMBERS)
