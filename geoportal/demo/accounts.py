"""Accounts to try every role with; they exist only where the demo is switched on."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import Membership, Organisation, User

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

DOMAIN = "kalynobrid.example"  # RFC 2606 keeps .example free
PASSWORD = "kalynobrid-2026"  # noqa: S105 - printed for everyone who tries the demo
Role = Membership.Role


@dataclass(frozen=True)
class DemoAccount:
    """One account; `organisation` is a slug or empty. `is_confirmed`: proved its e-mail."""

    name: str
    first_name: str
    last_name: str
    about: "StrOrPromise"
    organisation: str = ""
    role: str = ""
    is_staff: bool = False
    is_superuser: bool = False
    is_moderator: bool = False
    is_confirmed: bool = True

    @property
    def email(self) -> str:
        return f"{self.name}@{DOMAIN}"


# Slug and name of an enterprise; first and last names of its head and of an officer.
# fmt: off
ENTERPRISES: tuple[tuple[str, str, tuple[str, str], tuple[str, str]], ...] = (
    ("central-hospital", "КНП «Калинобрідська центральна лікарня»",
     ("Іван", "Ткачук"), ("Наталія", "Гнатюк")),
    ("clean-town", "КП «Чисте місто»", ("Андрій", "Гайдук"), ("Ірина", "Бондарчук")),
    ("water-utility", "КП «Калинобрідводоканал»", ("Юрій", "Мельник"), ("Василь", "Сорока")),
    ("city-light", "КП «Калинобрідміськсвітло»", ("Людмила", "Панасюк"), ("Іван", "Гайдук")),
    ("improvement", "КП «Калинобрідблагоустрій»", ("Михайло", "Дудник"), ("Людмила", "Левчук")),
    ("road-works", "КП «Калинобрідшляхбуд»", ("Тетяна", "Бондарчук"), ("Олена", "Романюк")),
    ("heating", "КП «Калинобрідтеплокомуненерго»",
     ("Василь", "Бондарчук"), ("Людмила", "Олійник")),
    ("housing", "КП «Калинобріджитлосервіс»", ("Іван", "Бондарчук"), ("Андрій", "Ковальчук")),
)
# fmt: on


def _list_enterprise_accounts() -> Iterator[DemoAccount]:
    """The head and an officer of every municipal enterprise."""
    for slug, name, head, officer in ENTERPRISES:
        about = format_lazy(_("head of {name}"), name=name)
        yield DemoAccount(f"{slug}-head", *head, about, slug, Role.HEAD)
        about = format_lazy(_("officer of {name}"), name=name)
        yield DemoAccount(f"{slug}-officer", *officer, about, slug, Role.OFFICER)


ACCOUNTS: tuple[DemoAccount, ...] = (
    DemoAccount("admin", "Олена", "Кравчук", _("administrator: everything"), is_staff=True,
                is_superuser=True),
    DemoAccount("moderator", "Оксана", "Левчук", _("moderator: checks and publishes reports"),
                "city-council", Role.VIEWER, is_moderator=True),
    DemoAccount("gis", "Андрій", "Мельник", _("GIS officer of the city council: edits its layers"),
                "city-council", Role.OFFICER, is_staff=True),
    DemoAccount("viewer", "Петро", "Савчук", _("viewer in the city council: sees, does not edit"),
                "city-council", Role.VIEWER),
    DemoAccount("resident", "Наталія", "Гнатюк", _("resident")),
    DemoAccount("unconfirmed", "Юрій", "Дудник", _("resident who has not confirmed the e-mail"),
                is_confirmed=False),
    *_list_enterprise_accounts(),
    DemoAccount("starosta", "Ірина", "Ковальчук",
                _("starosta: all that happens in the Luhomyr okruh"),
                "starosta-luhomyr", Role.HEAD),
    DemoAccount("deputy", "Людмила", "Поліщук",
                _("deputy: all that happens in electoral district No. 1"), "deputy-1", Role.HEAD),
    DemoAccount("police", "Іван", "Панасюк",
                _("community police officer: all that happens in precinct No. 1"),
                "police-officer-centre", Role.HEAD),
)  # fmt: skip


def find_account(name: str) -> User | None:
    """The user of a demo account; `None` where there are no demo accounts."""
    return User.objects.filter(email=f"{name}@{DOMAIN}").first() if settings.DEMO else None


@transaction.atomic
def write_accounts() -> int:
    """Make the accounts, or bring them back to what is printed; returns how many there are."""
    if not settings.DEMO:
        return 0
    password = make_password(PASSWORD)  # once: it takes a third of a second
    for account in ACCOUNTS:
        user, _created = User.objects.get_or_create(email=account.email)
        user.first_name, user.last_name = account.first_name, account.last_name
        user.is_staff, user.is_superuser = account.is_staff, account.is_superuser
        user.is_moderator = account.is_moderator
        user.is_active = True
        user.password = password
        user.save()
        EmailAddress.objects.update_or_create(
            user=user,
            email=account.email,
            defaults={"verified": account.is_confirmed, "primary": True},
        )
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
    found = list(User.objects.filter(email__in=emails, is_active=True))
    # Accounts that were written together share one hash, which is slow to check.
    known = {
        password: check_password(PASSWORD, password) for password in {u.password for u in found}
    }
    return [user for user in found if known[user.password]]


def close_accounts() -> int:
    """Take their passwords and their rights; returns how many were open."""
    accounts = list_open_accounts()
    for user in accounts:
        user.set_unusable_password()
        user.is_active = user.is_staff = user.is_superuser = user.is_moderator = False
        user.save()
    return len(accounts)
