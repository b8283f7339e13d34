"""Every “may this actor…”, by role."""

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser

from geoportal.accounts import policies
from geoportal.accounts.models import Membership, User
from tests.conftest import write_staff

pytestmark = pytest.mark.django_db
FLAGS = {
    "visitor": (),
    "resident": (),
    "moderator": ("is_moderator",),
    "gis": ("is_staff",),
    "administrator": ("is_staff", "is_superuser"),
}


@pytest.fixture
def actors(utility, council):
    """By name: roles of the portal, roles in the utility, and an officer of the council."""
    found = {}
    for name, flags in FLAGS.items():
        found[name] = write_staff(name, **dict.fromkeys(flags, True))
    for role in Membership.Role.values:
        found[role] = write_staff(role)
        Membership.objects.create(user=found[role], organisation=utility, role=role)
    found["neighbour"] = write_staff("neighbour")
    Membership.objects.create(user=found["neighbour"], organisation=council, role="head")
    found["visitor"] = AnonymousUser()
    return found


ALLOWED = {
    policies.is_moderator: {"moderator", "administrator"},
    policies.is_staff: {"gis", "administrator"},
    policies.is_administrator: {"administrator"},
}
ALLOWED_FOR_UTILITY = {
    policies.can_work_for: {"head", "officer"},
    policies.can_see_cabinet: {"head", "officer", "viewer", "administrator"},
    policies.can_manage_members: {"head", "administrator"},
    policies.can_edit_for: {"head", "officer", "administrator"},
}


@pytest.mark.parametrize("rule", ALLOWED, ids=lambda rule: rule.__name__)
def test_rules_of_the_portal_allow_exactly_these(rule, actors):
    assert {name for name, actor in actors.items() if rule(actor)} == ALLOWED[rule]


@pytest.mark.parametrize("rule", ALLOWED_FOR_UTILITY, ids=lambda rule: rule.__name__)
def test_rules_of_an_organisation_allow_exactly_these(rule, actors, utility):
    found = {name for name, actor in actors.items() if rule(actor, utility.pk)}
    assert found == ALLOWED_FOR_UTILITY[rule]


@pytest.mark.parametrize("rule", ALLOWED_FOR_UTILITY, ids=lambda rule: rule.__name__)
def test_what_belongs_to_nobody_is_for_administrators_at_most(rule, actors):
    found = {name for name, actor in actors.items() if rule(actor, None)}
    assert found <= {"administrator"}


def test_the_role_of_a_member(actors, utility):
    assert policies.membership_role(actors["officer"], utility.pk) == "officer"
    assert policies.membership_role(actors["neighbour"], utility.pk) is None
    assert policies.membership_role(actors["visitor"], utility.pk) is None


@pytest.mark.parametrize("rule", [*ALLOWED, *ALLOWED_FOR_UTILITY], ids=lambda rule: rule.__name__)
def test_a_switched_off_account_may_nothing(rule, actors, utility):
    given = (utility.pk,) if rule in ALLOWED_FOR_UTILITY else ()
    for actor in actors.values():
        actor.is_active = False
        assert not rule(actor, *given)


@pytest.mark.parametrize("rule", ALLOWED_FOR_UTILITY, ids=lambda rule: rule.__name__)
def test_an_organisation_that_no_longer_works_gives_no_rights(rule, actors, utility):
    utility.is_active = False
    utility.save()
    assert {name for name, each in actors.items() if rule(each, utility.pk)} <= {"administrator"}


@pytest.mark.parametrize("rule", [*ALLOWED, *ALLOWED_FOR_UTILITY], ids=lambda rule: rule.__name__)
def test_who_has_not_confirmed_the_e_mail_may_nothing(rule, actors, utility):
    given = (utility.pk,) if rule in ALLOWED_FOR_UTILITY else ()
    EmailAddress.objects.update(verified=False)
    for name in actors.keys() - {"visitor"}:
        assert not rule(User.objects.get(email=f"{name}@example.org"), *given)


def test_a_confirmed_address_that_is_no_longer_the_account_s_gives_no_rights(actors, utility):
    User.objects.filter(email="head@example.org").update(email="another@example.org")
    head = User.objects.get(email="another@example.org")
    assert policies.list_memberships(head) == []
    assert not policies.can_manage_members(head, utility.pk)


def test_confirmed_is_who_proved_the_e_mail_of_the_account(join, resident):
    user = join("olia")
    assert policies.is_confirmed(user)
    assert not policies.is_confirmed(resident)
    assert not policies.is_confirmed(AnonymousUser())
    User.objects.filter(pk=user.pk).update(email="another@example.org")
    assert not policies.is_confirmed(User.objects.get(pk=user.pk))
