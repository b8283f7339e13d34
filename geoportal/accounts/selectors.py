"""Reads people, organisations and invitations."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from allauth.mfa.utils import is_mfa_enabled
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.models import Invitation, Membership, Organisation, User
from geoportal.accounts.policies import Actor, can_manage_members, can_see_cabinet
from geoportal.core.errors import NotAllowed, NotFound


@dataclass(frozen=True)
class OrganisationGroup:
    """Organisations of one kind, by name."""

    kind: str
    organisations: list[Organisation]


def find_user(email: str) -> User | None:
    """Whose e-mail this is, in whatever case it is written."""
    return User.objects.filter(email=email.strip().lower()).first()


def is_email_taken(email: str) -> bool:
    """An account has it, or somebody has confirmed it as theirs.

    An address that somebody only wishes to change to holds nobody back.
    """
    address = email.strip().lower()
    confirmed = EmailAddress.objects.filter(email=address, verified=True)
    return User.objects.filter(email=address).exists() or bool(confirmed.exists())


def list_organisations() -> QuerySet[Organisation]:
    """Those that work: only they have pages."""
    return Organisation.objects.filter(is_active=True)


def list_organisation_groups(text: str = "") -> list[OrganisationGroup]:
    """By kind, in the order of the kinds; `text` chooses by words of the name."""
    found = list_organisations()
    if text:
        found = found.filter(Q(name_uk__icontains=text) | Q(name_en__icontains=text))
    by_kind: dict[str, list[Organisation]] = {}
    for organisation in found.order_by("name_uk"):
        by_kind.setdefault(organisation.kind, []).append(organisation)
    return list(build_groups(by_kind))


def build_groups(by_kind: dict[str, list[Organisation]]) -> Iterator[OrganisationGroup]:
    for kind in Organisation.Kind:
        if kind.value in by_kind:
            yield OrganisationGroup(str(kind.label), by_kind[kind.value])


def get_organisation(slug: str) -> Organisation:
    """One that works; public, so nobody is asked who he is."""
    organisation = list_organisations().filter(slug=slug).first()
    if organisation is None:
        raise NotFound(_("There is no such organisation."))
    return organisation


def access_cabinet(actor: Actor, slug: str) -> Organisation:
    """The organisation whose working place the actor may see; for others it does not exist."""
    organisation = get_organisation(slug)
    if not can_see_cabinet(actor, organisation.pk):
        raise NotFound(_("There is no such cabinet, or it is not yours."))
    return organisation


def access_members(actor: Actor, slug: str) -> Organisation:
    """The organisation whose members the actor may manage."""
    organisation = access_cabinet(actor, slug)
    if not can_manage_members(actor, organisation.pk):
        raise NotAllowed(_("Only the head of the organisation manages its members."))
    return organisation


def list_members(organisation: Organisation) -> QuerySet[Membership]:
    """Heads first, then officers and viewers, each by name."""
    found = organisation.memberships.select_related("user")
    # `head` < `officer` < `viewer`
    return found.order_by("role", "user__last_name", "user__first_name", "user__email")


def list_open_invitations(organisation: Organisation) -> QuerySet[Invitation]:
    """Sent, still valid, not answered."""
    return organisation.invitations.filter(
        accepted_at=None, revoked_at=None, expires_at__gt=timezone.now()
    )


def hash_token(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find_invitation(token: str) -> Invitation | None:
    """By the secret of its link, in whatever state it is."""
    found = Invitation.objects.select_related("organisation", "invited_by")
    return found.filter(token_hash=hash_token(token)).first()


def has_second_factor(user: User) -> bool:
    """Signing in asks a code as well."""
    return bool(is_mfa_enabled(user))
