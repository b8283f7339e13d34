"""Invented people of the stories: residents who report, officers who answer. None can sign in."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from geoportal.accounts.models import Membership, Organisation, User
from geoportal.demo.accounts import ACCOUNTS, DOMAIN

MODERATOR = "moderator"


@dataclass(frozen=True)
class Person:
    """`organisation`: the slug of the one whose officer it is, or empty."""

    name: str
    first_name: str
    last_name: str
    confirmed: bool = True
    organisation: str = ""

    @property
    def email(self) -> str:
        return f"{self.name}@{DOMAIN}"


@dataclass(frozen=True)
class People:
    """Everyone who acts: `by_name` as stories name them, `officers` by their organisations."""

    by_name: Mapping[str, User]
    officers: Mapping[str, User]

    @property
    def moderator(self) -> User:
        return self.by_name[MODERATOR]


def read_people(path: Path) -> list[Person]:
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["person"]
    return [Person(**entry) for entry in entries]


@transaction.atomic
def write_people(people: list[Person]) -> People:
    """Everyone in the database; organisations and the printed accounts stand by then."""
    accounts = {each.email: each.name for each in ACCOUNTS}
    named = accounts | {person.email: person.name for person in people}
    standing = set(User.objects.filter(email__in=named).values_list("email", flat=True))
    new = [person for person in people if person.email not in standing]
    User.objects.bulk_create(
        User(
            email=person.email,
            first_name=person.first_name,
            last_name=person.last_name,
            password=make_password(None),
        )
        for person in new
    )
    users = {named[user.email]: user for user in User.objects.filter(email__in=named)}
    EmailAddress.objects.bulk_create(
        EmailAddress(
            user=users[person.name], email=person.email, verified=person.confirmed, primary=True
        )
        for person in new
    )
    organisations = {each.slug: each for each in Organisation.objects.all()}
    Membership.objects.bulk_create(
        Membership(
            user=users[person.name],
            organisation=organisations[person.organisation],
            role=Membership.Role.OFFICER,
        )
        for person in new
        if person.organisation
    )
    working = {person.organisation: person.name for person in people if person.organisation}
    working |= {
        account.organisation: account.name
        for account in ACCOUNTS
        if account.role == Membership.Role.OFFICER and not account.is_staff
    }
    return People(users, {slug: users[name] for slug, name in working.items()})
