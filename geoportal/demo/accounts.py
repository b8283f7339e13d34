"""Accounts to try every role with; they exist only where the demo is switched on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import Membership, Organisation, User
from geoportal.demo.community import DOMAIN
from geoportal.demo.organisations import CITY_COUNCIL, CLEAN_TOWN

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

PASSWORD = "kalynobrid-2026"  # noqa: S105 - printed for everyone who tries the demo
Role = Membership.Role


@dataclass(frozen=True)
class DemoAccount:
    """One account; `organisation` is a slug or empty."""

    name: str
    first_name: str
    last_name: str
    about: "StrOrPromise"
    organisation: str = ""
    role: str = ""
    is_staff: bool = False
    is_superuser: bool = False

    @property
    def email(self) -> str:
        return f"{self.name}@{DOMAIN}"


ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount("admin", "Олена", "Кравчук", _("administrator: everything"), is_staff=True,
                is_superuser=True),
    DemoAccount("gis", "Андрій", "Мельник", _("GIS officer of the city council: edits its layers"),
                CITY_COUNCIL, Role.OFFICER, is_staff=True),
    DemoAccount("clean-town-officer", "Ірина", "Бондарчук",
                _("officer of the municipal enterprise for waste"), CLEAN_TOWN, Role.OFFICER),
    DemoAccount("viewer", "Петро", "Савчук", _("viewer in the city council: sees, does not edit"),
                CITY_COUNCIL, Role.VIEWER),
    DemoAccount("resident", "Наталія", "Гнатюк", _("resident")),
)  # fmt: skip


def find_account(name: str) -> User | None:
    """The user of a demo account; `None` where there are no demo accounts."""
    return User.objects.filter(email=f"{name}@{DOMAIN}").first() if settings.DEMO else None


@transaction.atomic
def write_accounts() -> int:
    """Make the accounts, or bring them back to what is printed; returns how many there are."""
    if not settings.DEMO:
        return 0
    for account in ACCOUNTS:
        user, _created = User.objects.get_or_create(email=account.email)
        user.first_name, user.last_name = account.first_name, account.last_name
        user.is_staff, user.is_superuser = account.is_staff, account.is_superuser
        user.is_active = True
        user.set_password(PASSWORD)
        user.save()
        if account.organisation:
            Membership.objects.update_or_create(
                user=user,
                organisation=Organisation.objects.get(slug=account.organisation),
                defaults={"role": account.role},
            )
    return len(ACCOUNTS)


def list_open_accounts() -> list[User]:
    """Demo accounts that can sign in with the published password."""
    emails = [account.email for account in ACCOUNTS]
    found = User.objects.filter(email__in=emails, is_active=True)
    return [user for user in found if user.check_password(PASSWORD)]


def close_accounts() -> int:
    """Take their passwords and their rights; returns how many were open."""
    accounts = list_open_accounts()
    for user in accounts:
        user.set_unusable_password()
        user.is_active = user.is_staff = user.is_superuser = False
        user.save()
    return len(accounts)
