"""Roles of the members of an organisation, and leaving it."""

from django.db import transaction
from django.utils.translation import gettext as _

from geoportal.accounts.models import Membership, Organisation, User
from geoportal.accounts.policies import Actor, can_manage_members, require_user
from geoportal.core.errors import Conflict, InvalidInput, NotAllowed, NotFound


def require_manager(actor: Actor, organisation_id: int) -> User:
    user = require_user(actor)
    if not can_manage_members(user, organisation_id):
        raise NotAllowed(_("Only the head of the organisation manages its members."))
    return user


def check_role(role: str) -> str:
    if role not in Membership.Role.values:
        raise InvalidInput(_("There is no such role."), parameter="role")
    return role


def take_membership(organisation: Organisation, membership_id: int) -> Membership:
    """Held together with the others of the organisation: the last head is counted surely."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    found = organisation.memberships.filter(pk=membership_id).first()
    if found is None:
        raise NotFound(_("There is no such member."))
    return found


def keep_a_head(membership: Membership) -> None:
    heads = Membership.objects.filter(
        organisation_id=membership.organisation_id, role=Membership.Role.HEAD
    )
    if membership.role == Membership.Role.HEAD and not heads.exclude(pk=membership.pk).exists():
        raise Conflict(
            _("An organisation needs a head. Make somebody else its head first."),
        )


@transaction.atomic
def change_role(
    *, actor: Actor, organisation: Organisation, membership_id: int, role: str
) -> Membership:
    """Give a member another role; the last head stays one."""
    require_manager(actor, organisation.pk)
    membership = take_membership(organisation, membership_id)
    if check_role(role) != Membership.Role.HEAD:
        keep_a_head(membership)
    membership.role = role
    membership.save(update_fields=["role"])
    return membership


@transaction.atomic
def remove_member(*, actor: Actor, organisation: Organisation, membership_id: int) -> None:
    """By a head, or by the member himself; the last head stays."""
    user = require_user(actor)
    membership = take_membership(organisation, membership_id)
    if membership.user_id != user.pk:
        require_manager(actor, organisation.pk)
    keep_a_head(membership)
    membership.delete()
