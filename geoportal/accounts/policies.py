"""Every "may this actor…" of the geoportal, by who the actor is; layers and others ask here.

An actor is whoever stands behind a request: a user, or an anonymous visitor.
"""

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
    return actor.is_active and actor.is_superuser


def is_staff(actor: Actor) -> bool:
    """Works for the community: may see what is marked `staff`."""
    return actor.is_active and (actor.is_staff or actor.is_superuser)


def list_memberships(user: User) -> list[Membership]:
    """Read once for each request, however many layers are asked about: the user lives as long."""
    prefetch_related_objects([user], "memberships")
    return list(user.memberships.all())


def list_organisation_ids(actor: Actor) -> set[int]:
    """Organisations the actor belongs to, in any role."""
    if not isinstance(actor, User) or not actor.is_active:
        return set()
    return {membership.organisation_id for membership in list_memberships(actor)}


def can_edit_for(actor: Actor, organisation_id: int | None) -> bool:
    """May change what this organisation publishes; what belongs to nobody, administrators only."""
    if is_administrator(actor):
        return True
    if not isinstance(actor, User) or not actor.is_active or organisation_id is None:
        return False
    return any(
        membership.organisation_id == organisation_id and membership.role in EDITING_ROLES
        for membership in list_memberships(actor)
    )
