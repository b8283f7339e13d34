"""Changes of one person's account."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from geoportal.accounts.letters import name_owner
from geoportal.accounts.models import Invitation, Membership, User
from geoportal.accounts.names import read_name
from geoportal.accounts.signals import account_deleted, email_confirmed
from geoportal.core.errors import Conflict, InvalidInput
from geoportal.messages.services import forget_addresses, forget_owners

# RFC 2606: no letter ever arrives there.
NOWHERE = "deleted.invalid"


@transaction.atomic
def confirm_email(user: User) -> None:
    """The e-mail is known to be the person's: a letter was followed, or an administrator knows.

    Packages above are told in the same transaction, the first time only.
    """
    if EmailAddress.objects.filter(user=user, email=user.email, verified=True).exists():
        return
    EmailAddress.objects.filter(email=user.email, verified=False).exclude(user=user).delete()
    EmailAddress.objects.filter(user=user, primary=True).update(primary=False)
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": True, "primary": True}
    )
    email_confirmed.send(sender=User, user=user)


@transaction.atomic
def change_profile(
    *, user: User, first_name: str, last_name: str, phone: str, language: str
) -> User:
    """What the person says of himself; the phone is shown to nobody on public pages."""
    if not first_name.strip():
        raise InvalidInput(_("Tell how to call you."), parameter="first_name")
    user.first_name = read_name(first_name, "first_name")
    user.last_name = read_name(last_name, "last_name")
    user.phone = phone.strip()
    user.save(update_fields=["first_name", "last_name", "phone"])
    return change_language(user=user, language=language)


def change_language(*, user: User, language: str) -> User:
    """The language of pages and letters."""
    if language not in User.Language.values:
        raise InvalidInput(_("There is no such language here."), parameter="language")
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])
    return user


def refuse_the_last_one(user: User) -> None:
    """Somebody else must be able to do what only this person can."""
    for membership in Membership.objects.filter(user=user, role=Membership.Role.HEAD):
        heads = Membership.objects.filter(
            organisation_id=membership.organisation_id, role=Membership.Role.HEAD
        )
        if not heads.exclude(user=user).exists():
            name = membership.organisation.name
            raise Conflict(
                _("You are the only head: %(organisation)s. Make somebody else its head first.")
                % {"organisation": name}
            )
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    if user.is_superuser and not others.exists():
        raise Conflict(_("You are the only administrator. Make somebody else one first."))


@transaction.atomic
def delete_account(user: User) -> None:
    """Take everything personal from the account; an empty row stays for those who refer to it.

    Packages above hear `account_deleted` first and let go of what is theirs. Every session of the
    person ends, because the password changes.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.deleted_at:
        return
    refuse_the_last_one(user)
    account_deleted.send(sender=User, user=user)
    addresses = [
        user.email,
        *EmailAddress.objects.filter(user=user).values_list("email", flat=True),
    ]
    Invitation.objects.filter(email__in=addresses).delete()
    forget_addresses(addresses)
    forget_owners([name_owner(user)])
    for model in (EmailAddress, SocialAccount, Authenticator, Membership):
        model.objects.filter(user=user).delete()
    user.groups.clear()
    user.user_permissions.clear()
    user.email = f"deleted-{user.pk}@{NOWHERE}"
    user.first_name = user.last_name = user.phone = ""
    user.is_active = user.is_staff = user.is_superuser = user.is_moderator = False
    user.last_login = None
    user.deleted_at = timezone.now()
    user.set_unusable_password()
    user.save()
