"""The town of the problems' tests, with people of every role who look into cabinets."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.test import Client
from django.utils import timezone

from geoportal.accounts.models import Membership, Organisation, User
from geoportal.problems import services
from geoportal.problems.history.projection import deferred_projection
from geoportal.problems.models import Oversight, Problem
from geoportal.problems.services.reporting import Contact, Report
from tests.geoportal.problems.conftest import (  # noqa: F401
    NORTH_WEST,
    SOUTH_EAST,
    SOUTH_WEST,
    Crew,
    Town,
    author,
    make_problem,
    make_report,
    moderator,
    standing_crew,
    standing_town,
    town,
    write_user,
)
from tests.standing import standing_world

Sign = Callable[[User], Client]


@pytest.fixture
def sign_in() -> Sign:
    """A client of this person."""

    def sign(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return sign


@pytest.fixture
def desk(moderator: User, sign_in: Sign) -> Client:
    """The moderator's browser."""
    return sign_in(moderator)


@pytest.fixture
def clean(town: Town, sign_in: Sign) -> Client:
    """The browser of the officer of `clean`."""
    return sign_in(town.officers["clean"])


def add_member(organisation: Organisation, role: str) -> User:
    user = write_user(f"{organisation.slug}-{role}")
    Membership.objects.create(user=user, organisation=organisation, role=role)
    return user


# One organisation of each kind that the town does not have yet, and what it watches.
OTHERS = (
    ("deputy", Organisation.Kind.DEPUTY, "east"),
    ("police", Organisation.Kind.POLICE_OFFICER, "west"),
    ("committee", Organisation.Kind.SELF_ORGANISATION, "east"),
    ("shop", Organisation.Kind.COMMERCIAL, ""),
    ("green", Organisation.Kind.ASSOCIATION, ""),
    ("party", Organisation.Kind.PARTY, ""),
    ("gas", Organisation.Kind.STATE_EXECUTIVE, ""),
    ("herald", Organisation.Kind.MEDIA, ""),
)


@standing_world
def standing_busy_town(standing_crew: Crew) -> Town:
    """Every kind of organisation, and problems in every state, forwarded, private, noted."""
    town = standing_crew.town
    for slug, kind, watched in OTHERS:
        town.organisations[slug] = Organisation.objects.create(
            slug=slug, kind=kind, name_uk=f"«{slug}»"
        )
        town.officers[slug] = add_member(town.organisations[slug], "officer")
        if watched:
            Oversight.objects.create(
                organisation=town.organisations[slug],
                territory_layer=town.districts,
                territory_key=watched,
            )
    with deferred_projection():
        _write_problems(town, standing_crew.write_problem, standing_crew.moderator)
    return town


@pytest.fixture
def busy_town(standing_busy_town: Town) -> Town:
    return standing_busy_town


def _write_problems(
    town: Town,
    make_problem: Callable[..., Problem],
    moderator: User,
) -> None:
    places = {"nw": NORTH_WEST, "sw": SOUTH_WEST, "se": SOUTH_EAST}
    for state in ("moderation", "rejected", "open", "accepted", "closed", "archived"):
        make_problem(state, title=f"Сміття, {state}")
    for name, place in places.items():
        make_problem("open", place=place, title=f"Відкрита {name}")
        make_problem("open", place=place, category="pothole", title=f"Яма {name}")
        make_problem("open", place=place, category="stray", title=f"Собаки {name}")
    make_problem("open", category="abuse", title="Приватна скарга")
    _forward(town, make_problem("open", title="Передано магазину"), "clean", "shop")
    _forward(town, make_problem("open", category="abuse", title="Приватна передана"),
             "council", "gas")  # fmt: skip
    _give(town, make_problem("open", category="stray", title="Для газети"), moderator, "herald")
    _give(
        town, make_problem("open", place=SOUTH_EAST, title="Для дільничного"), moderator, "police"
    )
    _call(town, moderator)
    for number, slug in Problem.objects.filter(state="open").values_list(
        "pk", "organisation__slug"
    ):
        if slug:
            services.add_note(
                actor=town.officers[slug],
                organisation=town.organisations[slug],
                number=number,
                words=f"НОТАТКА-{number}-{slug}",
            )


def _forward(town: Town, problem: Problem, source: str, target: str) -> None:
    services.forward_problem(
        actor=town.officers[source],
        organisation=town.organisations[source],
        number=problem.pk,
        to=town.organisations[target],
        words="Це ваше.",
    )


def _give(town: Town, problem: Problem, moderator: User, slug: str) -> None:
    services.assign_organisation(
        actor=moderator, number=problem.pk, organisation=town.organisations[slug], role="reviewer"
    )


def _call(town: Town, moderator: User) -> None:
    """A report that staff wrote down for a caller."""
    report = Report(
        category=town.categories["rubbish"],
        lon=NORTH_WEST[0],
        lat=NORTH_WEST[1],
        title="Зі слів мешканки",
        description="Не вивозять.",
    )
    contact = Contact(name="Марія Таємна", phone="+380671112233")
    problem = services.report_problem(actor=moderator, report=report, contact=contact)
    services.publish_problem(actor=moderator, number=problem.pk)


def act(client: Client, problem: Problem, action: str, **fields: Any) -> Any:
    """What a form of the page sends."""
    return client.post(f"/problems/{problem.pk}/actions/{action}/", fields)


def move_to(problem: Problem, place: tuple[float, float]) -> None:
    """Put the pin elsewhere past the services: for what the services must notice."""
    Problem.objects.filter(pk=problem.pk).update(geom=Point(*place, srid=4326))


def make_late(problem: Problem) -> None:
    Problem.objects.filter(pk=problem.pk).update(due_at=timezone.now())
