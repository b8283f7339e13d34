"""The community that the tables of roles speak of, and a request of a table as somebody."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client

from geoportal.accounts.models import Membership, Organisation, User
from geoportal.core.http.problem_details import CONTENT_TYPE, MACHINE_PREFIXES
from geoportal.problems.models import Attachment
from importers.models import Import
from importers.states import Origin, State
from layers.models import Feature, Layer
from tests.conftest import plant_tree, write_council, write_layer, write_officer, write_staff
from tests.house.reported import PICTURE_BYTES, write_problems
from tests.house.roles import ROLES, Case, widen
from tests.standing import standing_world

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
# DRF answers OPTIONS with a description of the view.
SAFE_EVERYWHERE = {"HEAD", "OPTIONS"}
Send = Callable[[str, Case], tuple[int, str]]


@dataclass
class Community:
    """People and the keys of their sessions by role; a visitor has neither."""

    council: Organisation
    people: dict[str, User]
    sessions: dict[str, str]


@standing_world
def standing_community() -> Community:
    council = write_council()
    trees = write_layer(council)
    plant_tree(trees, "open")
    plant_tree(trees, "hidden", visibility=Feature.Visibility.STAFF)
    for slug in ("closed", "club"):
        visibility = "staff" if slug == "closed" else "organisation"
        plant_tree(write_layer(council, slug, visibility=visibility), "open")
    write_layer(council, "nobody", organisation=None)
    people = write_people(council)
    write_import(trees, people["officer"])
    return Community(council, people, {role: sign_in(user) for role, user in people.items()})


def write_import(layer: Layer, author: User) -> None:
    """An import that waits for answers; its number is in the table."""
    Import.objects.create(
        pk=1, author=author, layer=layer, slug=layer.slug, name="trees.csv", origin=Origin.API
    )
    Import.objects.filter(pk=1).update(state=State.ASKING)


def write_people(council: Organisation) -> dict[str, User]:
    other = Organisation.objects.create(
        slug="other", kind=Organisation.Kind.MUNICIPAL_ENTERPRISE, name_uk="Чисте місто"
    )
    people = {
        "resident": User.objects.create_user("resident@example.org", "correct horse"),
        "officer": write_officer(council),
        "administrator": User.objects.create_superuser("admin@example.org", "correct horse"),
        "clerk": write_staff("clerk", is_staff=True),
        "moderator": write_staff("moderator", is_moderator=True),
    }
    for name, organisation, role in (
        ("neighbour", other, Membership.Role.OFFICER),
        ("viewer", council, Membership.Role.VIEWER),
        ("head", council, Membership.Role.HEAD),
    ):
        people[name] = write_staff(name)
        Membership.objects.create(user=people[name], organisation=organisation, role=role)
    return people


def sign_in(user: User) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


@standing_world
def standing_problems(standing_community: Community) -> None:
    people = standing_community.people
    write_problems(
        people["resident"], people["moderator"], standing_community.council, people["officer"]
    )


@pytest.fixture
def problems(standing_problems: None) -> None:
    """The problems that a table speaks of; each test has their photos in a folder of its own."""
    for attachment in Attachment.objects.all():
        for file in (attachment.file, attachment.thumbnail):
            default_storage.save(file.name, ContentFile(PICTURE_BYTES))


@pytest.fixture
def clients(standing_community: Community) -> dict[str, Client]:
    """A client for each role."""
    found = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, key in standing_community.sessions.items():
        found[role].cookies[settings.SESSION_COOKIE_NAME] = key
    return found


@pytest.fixture
def send(clients: dict[str, Client]) -> Send:
    """Send a request of the table as a role and undo what it did; the status and the type."""

    def ask(role: str, case: Case) -> tuple[int, str]:
        named = {"If-Match": case.if_match, "Accept": case.accept}
        headers = {name: value for name, value in named.items() if value} | dict(case.headers)
        form = case.method == "POST" and not case.path.startswith("/api/")
        given = {"data": case.body or {}} if form else {
            "data": case.body or "", "content_type": "application/json"
        }  # fmt: skip
        if case.method in ("GET", "HEAD", "OPTIONS"):
            given = {}
        with transaction.atomic():
            response = getattr(clients[role], case.method.lower())(
                case.path, headers=headers, **given
            )
            if response.streaming:
                b"".join(response.streaming_content)
            transaction.set_rollback(True)
        return response.status_code, response.headers.get("Content-Type", "")

    return ask


def find_wrong_answers(cases: Iterable[Case], send: Send) -> list[str]:
    """What differs from the table for some role, or is refused to a program in another shape.

    Programs are refused as RFC 9457 says, but for Open311, which has errors of its own.
    """
    wrong = []
    for case in cases:
        for role, wanted in zip(ROLES, widen(case.statuses), strict=True):
            got, kind = send(role, case)
            if got != wanted:
                wrong.append(f"{role} {case.method} {case.path}: {got}, not {wanted}")
            if got >= 400 and is_for_programs(case.path) and kind != CONTENT_TYPE:
                wrong.append(f"{role} {case.method} {case.path}: {got} {kind}")
    return wrong


def is_for_programs(path: str) -> bool:
    return path.startswith(MACHINE_PREFIXES) and not path.startswith("/open311/")


def find_taken_methods(pattern: str, cases: list[Case], send: Send) -> list[str]:
    """Methods that the table does not name, and that are not refused."""
    listed = {case.method for case in cases}
    # Who may not write at all is refused for that reason first.
    allowed = {405, 403, 404} if pattern.startswith("/api/") else {405}
    return [
        f"{role} {method} {cases[0].path}: {status}"
        for method in METHODS
        if method not in listed and method not in SAFE_EVERYWHERE
        for role in ("visitor", "officer", "administrator")
        if (status := send(role, Case(method, cases[0].path, ()))[0]) not in allowed
    ]
