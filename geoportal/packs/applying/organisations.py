"""Organisations, and letters that invite people into them."""

from django.db.models import ProtectedError, RestrictedError

from geoportal.accounts.models import Invitation, Membership, Organisation
from geoportal.accounts.services import send_invitation
from geoportal.core.errors import DomainError
from geoportal.packs.applying.run import Deed, Run, write_row


def apply_organisations(run: Run) -> None:
    standing = {each.slug: each for each in Organisation.objects.all()}
    for entry in run.pack.list("organisations"):
        slug = entry.text("slug")
        row = standing.get(slug) or Organisation()
        write_row(run, "organisations", slug, entry, row, entry.values)


def prune_organisations(run: Run) -> None:
    """One with members, or that others refer to, stays, switched off, as its history does."""
    if not run.prune:
        return
    for organisation in Organisation.objects.exclude(slug__in=run.pack.by_code("organisations")):
        if not _delete_unused(organisation):
            if not organisation.is_active:
                continue
            organisation.is_active = False
            organisation.save(update_fields=["is_active"])
        run.tell("organisations", organisation.slug, Deed.REMOVED)


def _delete_unused(organisation: Organisation) -> bool:
    """Whether it is gone. Its members would go with it unsaid, and no pack brings them back."""
    if organisation.memberships.exists():
        return False
    try:
        organisation.delete()
    except (ProtectedError, RestrictedError):
        return False
    return True


def apply_people(run: Run) -> None:
    """Who is a member, or was ever invited there, gets no letter."""
    organisations = {each.slug: each for each in Organisation.objects.all()}
    invited = {
        (email.lower(), slug)
        for rows in (
            Invitation.objects.values_list("email", "organisation__slug"),
            Membership.objects.values_list("user__email", "organisation__slug"),
        )
        for email, slug in rows
    }
    for entry in run.pack.list("people"):
        email, slug = entry.text("email").lower(), entry.text("organisation")
        organisation = organisations.get(slug)
        if organisation is None or (email, slug) in invited:
            continue
        try:
            send_invitation(
                organisation=organisation,
                email=email,
                role=entry.text("role", Membership.Role.OFFICER),
                build_link=run.build_link,
            )
        except DomainError as error:
            run.refuse(entry, error)
        else:
            run.tell("people", f"{email} · {slug}", Deed.MADE)
