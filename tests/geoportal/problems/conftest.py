"""A small town for problems: a boundary, two districts, two waste areas, who answers for what."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.contrib.gis.geos import Polygon
from django.utils import timezone

from geoportal.accounts.models import Membership, Organisation, User
from geoportal.problems import services
from geoportal.problems.models import Category, Oversight, Problem, Responsibility
from geoportal.problems.services.reporting import Report
from layers.models import Layer
from layers.schema.specs import FieldSpec, LayerSpec
from layers.services import add_feature, create_layer
from tests.standing import standing_world

WEST, EAST, SOUTH, NORTH = 30.50, 30.54, 50.40, 50.42
MIDDLE_LON, MIDDLE_LAT = 30.52, 50.41
# In the west and the north; in the west and the south; outside.
NORTH_WEST, SOUTH_WEST, SOUTH_EAST = (30.51, 50.415), (30.51, 50.405), (30.53, 50.405)
OUTSIDE = (30.60, 50.415)


def write_territories(slug: str, areas: dict[str, tuple[float, float, float, float]]) -> Layer:
    """A territory layer of boxes (west, south, east, north) by key."""
    layer = create_layer(
        spec=LayerSpec(
            slug=slug,
            kind=Layer.Kind.TERRITORY,
            title_uk=slug,
            geometry_type=Layer.GeometryType.POLYGON,
            title_field="name",
            fields=(FieldSpec(name="name", title_uk="Назва"),),
        )
    )
    for key, box in areas.items():
        area = Polygon.from_bbox(box)
        area.srid = 4326
        add_feature(layer=layer, key=key, geom=area, values={"name": key.title()})
    return layer


def write_user(name: str, *, confirmed: bool = True, **values: Any) -> User:
    """A person; `confirmed`: the e-mail is theirs."""
    user = User.objects.create_user(f"{name}@example.org", "correct horse", **values)
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"verified": confirmed, "primary": True}
    )
    return user


def write_organisation(slug: str, kind: str = "municipal_enterprise") -> tuple[Organisation, User]:
    """An organisation and its officer."""
    organisation = Organisation.objects.create(slug=slug, kind=kind, name_uk=f"КП «{slug}»")
    officer = write_user(f"{slug}-officer")
    Membership.objects.create(user=officer, organisation=organisation, role=Membership.Role.OFFICER)
    return organisation, officer


@dataclass
class Town:
    """Everything a test of problems starts from; organisations and officers by slug."""

    districts: Layer
    waste_areas: Layer
    organisations: dict[str, Organisation] = field(default_factory=dict)
    officers: dict[str, User] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)


@standing_world
def standing_town() -> Town:
    """Rubbish in the north is for `clean`, in the south for `tidy`, potholes for `roads`; `council`
    controls all; a `starosta` watches the west; nobody answers for `stray`; `abuse` is private.
    """
    write_territories("boundary", {"town": (WEST, SOUTH, EAST, NORTH)})
    town = Town(
        districts=write_territories(
            "districts",
            {"west": (WEST, SOUTH, MIDDLE_LON, NORTH), "east": (MIDDLE_LON, SOUTH, EAST, NORTH)},
        ),
        waste_areas=write_territories(
            "service_areas_waste",
            {
                "north": (WEST, MIDDLE_LAT, EAST, NORTH),
                "south": (WEST, SOUTH, EAST, MIDDLE_LAT),
            },
        ),
    )
    kinds = {"council": "local_government", "starosta": "starosta"}
    for slug in ("clean", "tidy", "roads", "council", "starosta"):
        organisation, officer = write_organisation(slug, kinds.get(slug, "municipal_enterprise"))
        town.organisations[slug], town.officers[slug] = organisation, officer
    for code, parent in (
        ("waste", None), ("rubbish", "waste"), ("roads", None), ("pothole", "roads"),
        ("animals", None), ("stray", "animals"), ("safety", None), ("abuse", "safety"),
    ):  # fmt: skip
        town.categories[code] = Category.objects.create(
            code=code,
            parent=town.categories.get(parent or ""),
            title_uk=code.title(),
            is_public=code != "abuse",
        )
    give = Responsibility.objects.create
    for slug, key in (("clean", "north"), ("tidy", "south")):
        give(
            organisation=town.organisations[slug],
            category=town.categories["waste"],
            territory_layer=town.waste_areas,
            territory_key=key,
        )
    for slug, code in (("roads", "pothole"), ("council", "abuse")):
        give(organisation=town.organisations[slug], category=town.categories[code])
    for code in ("waste", "roads"):
        give(
            organisation=town.organisations["council"],
            category=town.categories[code],
            role="controller",
        )
    Oversight.objects.create(
        organisation=town.organisations["starosta"],
        territory_layer=town.districts,
        territory_key="west",
    )
    return town


@pytest.fixture
def town(standing_town: Town) -> Town:
    return standing_town


@dataclass
class Crew:
    """Who makes problems of worlds that have some."""

    town: Town
    author: User
    moderator: User

    def write_problem(self, state: str = "open", **given: Any) -> Problem:
        return write_problem(self.town, self.author, self.moderator, state, **given)


@standing_world
def standing_crew(standing_town: Town) -> Crew:
    return Crew(standing_town, write_author(), write_moderator())


def write_author() -> User:
    return write_user("author")


def write_moderator() -> User:
    return write_user("moderator", is_moderator=True)


def find_crew(request: pytest.FixtureRequest) -> Crew | None:
    """Of the world where problems stand, when the test asks for one."""
    if "standing_crew" not in request.fixturenames:
        return None
    crew: Crew = request.getfixturevalue("standing_crew")
    return crew


@pytest.fixture
def author(request: pytest.FixtureRequest, db: None) -> User:
    crew = find_crew(request)
    return crew.author if crew else write_author()


@pytest.fixture
def moderator(request: pytest.FixtureRequest, db: None) -> User:
    crew = find_crew(request)
    return crew.moderator if crew else write_moderator()


def build_report(
    town: Town,
    place: tuple[float, float] = NORTH_WEST,
    category: str = "rubbish",
    **given: Any,
) -> Report:
    values = {
        "title": "Купа сміття біля контейнера",
        "description": "Третій день не вивозять.",
        "category": town.categories[category],
        "lon": place[0],
        "lat": place[1],
    } | given
    return Report(**values)


def write_problem(
    town: Town,
    author: User,
    moderator: User,
    state: str = "open",
    *,
    by: User | None = None,
    at: datetime | None = None,
    worker: str = "clean",
    **report: Any,
) -> Problem:
    moment = at or timezone.now() - timedelta(days=40 if state == "archived" else 1)
    problem = services.report_problem(
        actor=by or author, report=build_report(town, **report), at=moment
    )
    number, path = problem.pk, ("moderation", "open", "accepted", "closed", "archived")
    if state == "unconfirmed":
        raise ValueError("report by somebody who has not confirmed")
    if state == "rejected":
        services.reject_problem(
            actor=moderator, number=number, reason="slander", words="Образа.",
            at=moment + timedelta(hours=1),
        )  # fmt: skip
        return Problem.objects.get(pk=number)
    who = {"organisation": town.organisations[worker], "actor": town.officers[worker]}
    steps: tuple[Callable[[datetime], object], ...] = (
        lambda at: services.publish_problem(actor=moderator, number=number, at=at),
        lambda at: services.accept_problem(**who, number=number, at=at),
        lambda at: services.close_problem(
            **who, number=number, resolution="solved", words="Вивезли.", at=at
        ),
        lambda at: services.archive_due(at=at + timedelta(days=27)),
    )
    for step in steps[: path.index(state)]:
        moment += timedelta(hours=1)
        step(moment)
    return Problem.objects.get(pk=number)


@pytest.fixture
def make_report(town: Town) -> Callable[..., Report]:
    """A report that may be sent; a bag of rubbish in the north-west unless told otherwise."""
    return partial(build_report, town)


@pytest.fixture
def make_problem(town: Town, author: User, moderator: User) -> Callable[..., Problem]:
    """A problem brought to a state by the services, each step an hour after the one before.

    `at` is the moment of the report; further words go into the report.
    """
    return partial(write_problem, town, author, moderator)
