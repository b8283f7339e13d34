"""Invented people of the history: residents who report, officers who answer. None can sign in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db import transaction

from geoportal.accounts.models import Membership, Organisation, User
from geoportal.demo.accounts import ACCOUNTS
from geoportal.demo.community import DOMAIN
from geoportal.demo.organisations import (
    CARRIER,
    CITY_COUNCIL,
    CIVIL_PROTECTION,
    CULTURE,
    EDUCATION,
    GAS,
    GREEN_NGO,
    POLICE,
    POLICE_OFFICERS,
    POWER,
    SOCIAL,
    STAROSTAS,
    YARD_MANAGER,
    ZARICHNYI,
)
from geoportal.demo.people import invent_person

# fmt: off
RESIDENTS: tuple[tuple[str, str], ...] = (
    ("Ганна", "Білик"), ("Роман", "Шевчук"), ("Марія", "Остапчук"), ("Богдан", "Кушнір"),
    ("Світлана", "Марчук"), ("Тарас", "Вітрук"), ("Галина", "Паламарчук"), ("Ігор", "Бабій"),
    ("Любов", "Демчук"), ("Максим", "Пилипчук"), ("Юлія", "Стасюк"), ("Віктор", "Захарчук"),
    ("Катерина", "Мазур"), ("Степан", "Лавренюк"), ("Надія", "Приймак"), ("Олег", "Ярмолюк"),
    ("Вікторія", "Сидорук"), ("Микола", "Бойчук"), ("Лариса", "Гончарук"), ("Дмитро", "Ковтун"),
    ("Анна", "Федорчук"), ("Володимир", "Ничипорук"), ("Зоя", "Андрійчук"), ("Сергій", "Костюк"),
    ("Дарина", "Оліфер"), ("Євген", "Тимчук"), ("Валентина", "Баланюк"), ("Назар", "Грищук"),
    ("Софія", "Процюк"), ("Артем", "Лисюк"), ("Раїса", "Шпак"), ("Павло", "Дяченко"),
    ("Христина", "Козак"), ("Анатолій", "Рибак"), ("Інна", "Швець"), ("Олексій", "Самчук"),
    ("Мирослава", "Чорній"), ("Григорій", "Бурлака"), ("Поліна", "Зінчук"), ("Остап", "Верещук"),
)
UNCONFIRMED: tuple[tuple[str, str], ...] = (("Леся", "Кравець"), ("Станіслав", "Гуменюк"))
# Organisations whose officers are not among the accounts that are printed.
OTHERS = (CITY_COUNCIL, CULTURE, CIVIL_PROTECTION, EDUCATION, SOCIAL, POLICE, POWER, GAS, CARRIER,
          YARD_MANAGER, GREEN_NGO, ZARICHNYI, *STAROSTAS, *POLICE_OFFICERS)
# fmt: on


@dataclass(frozen=True)
class People:
    """Everyone who acts in the history; `officers` by the slug of their organisation."""

    residents: tuple[User, ...]
    unconfirmed: tuple[User, ...]
    account: User
    moderator: User
    officers: Mapping[str, User]


@dataclass(frozen=True)
class _Person:
    email: str
    first_name: str
    last_name: str


def _list_people(kind: str, names: tuple[tuple[str, str], ...]) -> list[_Person]:
    return [
        _Person(f"{kind}-{number:02d}@{DOMAIN}", *name)
        for number, name in enumerate(names, start=1)
    ]


def _list_officers() -> Iterator[tuple[str, _Person]]:
    for slug in OTHERS:
        last_name, first_name, _patronymic = invent_person(f"officer/{slug}").split()
        yield slug, _Person(f"staff-{slug}@{DOMAIN}", first_name, last_name)


@transaction.atomic
def write_people() -> People:
    """Everyone in the database; the printed accounts stand by then."""
    organisations = {each.slug: each for each in Organisation.objects.all()}
    officers = {}
    for slug, person in _list_officers():
        user = _write_person(person)
        Membership.objects.get_or_create(
            user=user,
            organisation=organisations[slug],
            defaults={"role": Membership.Role.OFFICER},
        )
        officers[slug] = user
    for account in ACCOUNTS:
        if account.role == Membership.Role.OFFICER and not account.is_staff:
            officers[account.organisation] = _get_account(account.name)
    return People(
        residents=tuple(_write_person(each) for each in _list_people("resident", RESIDENTS)),
        unconfirmed=(
            _get_account("unconfirmed"),
            *(
                _write_person(each, confirmed=False)
                for each in _list_people("unconfirmed", UNCONFIRMED)
            ),
        ),
        account=_get_account("resident"),
        moderator=_get_account("moderator"),
        officers=officers,
    )


def _get_account(name: str) -> User:
    return User.objects.get(email=f"{name}@{DOMAIN}")


def _write_person(person: _Person, *, confirmed: bool = True) -> User:
    user, is_new = User.objects.get_or_create(
        email=person.email,
        defaults={
            "first_name": person.first_name,
            "last_name": person.last_name,
            "password": make_password(None),
        },
    )
    if is_new:
        EmailAddress.objects.create(user=user, email=user.email, verified=confirmed, primary=True)
    return user
