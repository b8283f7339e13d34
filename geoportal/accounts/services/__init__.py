"""Everything that changes people, memberships and invitations."""

from geoportal.accounts.services.invitations import (
    accept_invitation,
    invite_member,
    register_invited,
    revoke_invitation,
    send_invitation,
)
from geoportal.accounts.services.members import change_role, remove_member
from geoportal.accounts.services.people import (
    change_language,
    change_profile,
    confirm_email,
    delete_account,
)

__all__ = [
    "accept_invitation",
    "change_language",
    "change_profile",
    "change_role",
    "confirm_email",
    "delete_account",
    "invite_member",
    "register_invited",
    "remove_member",
    "revoke_invitation",
    "send_invitation",
]
