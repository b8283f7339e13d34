"""Joining an organisation by a letter."""

import secrets
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from geoportal.accounts.letters import post_template
from geoportal.accounts.models import Invitation, Membership, Organisation, User
from geoportal.accounts.names import read_name
from geoportal.accounts.policies import Actor
from geoportal.accounts.selectors import find_invitation, find_user, hash_token
from geoportal.accounts.services.members import check_role, require_manager
from geoportal.accounts.services.people import confirm_email
from geoportal.core.errors import Conflict, InvalidInput, NotAllowed, NotFound
from geoportal.core.words.unlinked import drop_links_in_line


def check_address(email: str) -> str:
    """In small letters; raises `InvalidInput` for what is no e-mail."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise InvalidInput(_("This is not an e-mail."), parameter="email") from None
    return address


@transaction.atomic
def invite_member(
    *,
    actor: Actor,
    organisation: Organisation,
    email: str,
    role: str,
    build_link: Callable[[str], str],
) -> Invitation:
    """Write a letter with a link that only its receiver knows; an earlier one stops working.

    `build_link` makes an absolute address from the secret of the invitation.
    """
    inviter = require_manager(actor, organisation.pk)
    return send_invitation(
        organisation=organisation, email=email, role=role, build_link=build_link, inviter=inviter
    )


@transaction.atomic
def send_invitation(
    *,
    organisation: Organisation,
    email: str,
    role: str,
    build_link: Callable[[str], str],
    inviter: User | None = None,
) -> Invitation:
    """The same from the shell of the server, where nobody is signed in."""
    address, role = check_address(email), check_role(role)
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if Membership.objects.filter(organisation=organisation, user__email=address).exists():
        raise Conflict(_("This person is a member already."), parameter="email")
    now = timezone.now()
    organisation.invitations.filter(
        email__iexact=address, accepted_at=None, revoked_at=None
    ).update(revoked_at=now)
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        organisation=organisation,
        email=address,
        role=role,
        token_hash=hash_token(token),
        invited_by=inviter,
        expires_at=now + timedelta(days=settings.INVITATION_DAYS),
    )
    reader = find_user(address)
    post_template(
        to=address,
        template="accounts/email/invitation",
        language=reader.language if reader else get_language() or User.Language.UKRAINIAN,
        reader=reader,
        invitation=invitation,
        organisation=drop_links_in_line(organisation.name),
        link=build_link(token),
    )
    return invitation


@transaction.atomic
def revoke_invitation(*, actor: Actor, organisation: Organisation, invitation_id: int) -> None:
    """The link in the letter stops working; an answered invitation cannot be taken back."""
    require_manager(actor, organisation.pk)
    found = organisation.invitations.select_for_update().filter(pk=invitation_id).first()
    if found is None:
        raise NotFound(_("There is no such invitation."))
    if found.accepted_at:
        raise Conflict(_("This invitation has been accepted already."))
    if found.revoked_at is None:
        found.revoked_at = timezone.now()
        found.save(update_fields=["revoked_at"])


def check_invitation(token: str) -> Invitation:
    """One that can be accepted now; raises with words for each way it cannot."""
    found = find_invitation(token)
    if found is None or not found.organisation.is_active:
        raise NotFound(
            _("There is no such invitation. Perhaps the link in the letter was cut: copy it whole.")
        )
    if found.accepted_at:
        raise Conflict(_("This invitation has been accepted already. Sign in to go on."))
    if found.revoked_at:
        raise Conflict(_("This invitation has been taken back. Ask who invited you for another."))
    if found.expires_at <= timezone.now():
        raise Conflict(_("This invitation is out of date. Ask who invited you for another."))
    return found


def take_invitation(token: str) -> Invitation:
    """The same, held against a second answer at the same moment."""
    found = find_invitation(token)
    if found is not None:
        Invitation.objects.select_for_update().get(pk=found.pk)
    return check_invitation(token)


@transaction.atomic
def accept_invitation(*, user: User, token: str) -> Membership:
    """Join as the invited person, and no other; the letter has proved whose the e-mail is."""
    invitation = take_invitation(token)
    if user.email != invitation.email:
        raise NotAllowed(
            _("The invitation was sent to %(email)s. Sign in with the account of that e-mail.")
            % {"email": invitation.email}
        )
    confirm_email(user)
    membership, _created = Membership.objects.get_or_create(
        user=user, organisation=invitation.organisation, defaults={"role": invitation.role}
    )
    invitation.accepted_at, invitation.accepted_by = timezone.now(), user
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return membership


@transaction.atomic
def register_invited(
    *, token: str, first_name: str, last_name: str, password: str, language: str
) -> Membership:
    """Make the account of the invited e-mail, confirmed, and join."""
    invitation = take_invitation(token)
    if find_user(invitation.email):
        raise Conflict(_("There is an account with this e-mail already: sign in with it."))
    user = User.objects.create_user(
        invitation.email,
        password,
        first_name=read_name(first_name, "first_name"),
        last_name=read_name(last_name, "last_name"),
        language=language,
    )
    return accept_invitation(user=user, token=token)
