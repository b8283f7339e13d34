"""Every "may this actor…" of the geoportal, by who the actor is; layers and others ask here.

An actor is whoever stands behind a request: a user, or an anonymous visitor. Flags and memberships
give rights to who has confirmed the e-mail: anybody may register an address before its owner does.
"""

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from geoportal.accounts.models import Membership, User
from geoportal.core.errors import NotAllowed

Actor = User | AnonymousUser
EDITING_ROLES = (Membership.Role.HEAD, Membership.Role.OFFICER)


def require_user(actor: Actor) -> User:
    """The signed-in person; raises `NotAllowed` for a visitor."""
    if not isinstance(actor, User):
        raise NotAllowed(_("Sign in first."))
    return actor


def is_administrator(actor: Actor) -> bool:
    return actor.is_superuser and _holds_rights(actor)


def is_staff(actor: Actor) -> bool:
    """Works for the community: may see what is marked `staff`."""
    return (actor.is_staff or actor.is_superuser) and _holds_rights(actor)


def is_moderator(actor: Actor) -> bool:
    """Checks what residents send; administrators count as moderators."""
    if not isinstance(actor, User):
        return False
    return (actor.is_moderator or actor.is_superuser) and _holds_rights(actor)


def _holds_rights(actor: Actor) -> bool:
    """Whoever was given them is switched on and owns the e-mail.

    The addresses are read once for each request: the user lives as long.
    """
    if not isinstance(actor, User) or not actor.is_active:
        return False
    prefetch_related_objects([actor], "emailaddress_set")
    owned = actor.emailaddress_set.all()  # type: ignore[attr-defined]
    return any(each.verified and each.email == actor.email.lower() for each in owned)


def is_confirmed(actor: Actor) -> bool:
    """The person has proved that the e-mail is theirs: only then is published what they send."""
    if not isinstance(actor, User) or not actor.is_active:
        return False
    owned = EmailAddress.objects.filter(user_id=actor.pk, verified=True, email=actor.email.lower())
    return bool(owned.exists())


def list_memberships(user: User) -> list[Membership]:
    """In organisations that work, of who has confirmed the e-mail; others give no rights.

    Read once for each request, however many layers are asked about: the user lives as long.
    """
    prefetch_related_objects([user], "memberships__organisation")
    found = [each for each in user.memberships.all() if each.organisation.is_active]
    return found if found and _holds_rights(user) else []


def list_organisation_ids(actor: Actor) -> set[int]:
    """Organisations the actor belongs to, in any role."""
    if not isinstance(actor, User) or not actor.is_active:
        return set()
    return {membership.organisation_id for membership in list_memberships(actor)}


def membership_role(actor: Actor, organisation_id: int | None) -> str | None:
    """`head`, `officer` or `viewer`; `None` for who is not a member."""
    if not isinstance(actor, User) or not actor.is_active or organisation_id is None:
        return None
    for membership in list_memberships(actor):
        if membership.organisation_id == organisation_id:
            return membership.role
    return None


def can_edit_for(actor: Actor, organisation_id: int | None) -> bool:
    """May change what this organisation publishes; what belongs to nobody, administrators only."""
    return is_administrator(actor) or can_work_for(actor, organisation_id)


def can_work_for(actor: Actor, organisation_id: int | None) -> bool:
    """May act in the organisation's name: its head and officers. A viewer only sees.

    An administrator who is no member does not speak for an organisation.
    """
    return membership_role(actor, organisation_id) in EDITING_ROLES


def can_work_somewhere(actor: Actor) -> bool:
    """Head or officer of some organisation, or an administrator: there is a layer to write to."""
    if is_administrator(actor):
        return True
    return isinstance(actor, User) and any(
        membership.role in EDITING_ROLES for membership in list_memberships(actor)
    )


def list_editable_organisation_ids(actor: Actor) -> set[int]:
    """Organisations whose layers the actor edits, as head or officer."""
    if not isinstance(actor, User) or not actor.is_active:
        return set()
    return {one.organisation_id for one in list_memberships(actor) if one.role in EDITING_ROLES}


def can_see_cabinet(actor: Actor, organisation_id: int | None) -> bool:
    """May see the organisation's working place: its members and administrators."""
    if organisation_id is None:
        return False
    return is_administrator(actor) or membership_role(actor, organisation_id) is not None


def can_manage_members(actor: Actor, organisation_id: int | None) -> bool:
    """May invite, change roles and remove: its head and administrators."""
    if organisation_id is None:
        return False
    return (
        is_administrator(actor) or membership_role(actor, organisation_id) == Membership.Role.HEAD
    )
