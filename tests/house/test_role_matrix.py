"""Every URL × every role × every method: the status is what the table of roles says."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import get_resolver

from geoportal.accounts.models import Membership, Organisation, User
from geoportal.core.problem_details import CONTENT_TYPE, MACHINE_PREFIXES
from layers.models import Feature, Layer
from tests.conftest import write_staff
from tests.house import roles
from tests.house.reported import write_problems
from tests.house.roles import ROLES, Case, widen
from tests.house.roles_accounts import ACCOUNTS, ACCOUNTS_ANY_METHOD
from tests.house.roles_cabinets import CABINETS
from tests.house.roles_open311 import OPEN311, OPEN311_ANY_METHOD
from tests.house.roles_problems import PROBLEMS
from tests.house.test_documented import list_routes

ABOUT_PROBLEMS = PROBLEMS | CABINETS
MATRIX = roles.MATRIX | ACCOUNTS | OPEN311 | ABOUT_PROBLEMS
ANY_METHOD = roles.ANY_METHOD | ACCOUNTS_ANY_METHOD | OPEN311_ANY_METHOD
PASSWORD = "correct horse"
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
# DRF answers OPTIONS with a description of the view.
SAFE_EVERYWHERE = {"HEAD", "OPTIONS"}
Send = Callable[[str, Case], tuple[int, str]]


@pytest.fixture
def community(make_layer, plant) -> None:
    """The layers that the table speaks of."""
    trees = make_layer()
    plant(trees, "open")
    plant(trees, "hidden", visibility=Feature.Visibility.STAFF)
    for slug in ("closed", "club"):
        visibility = "staff" if slug == "closed" else "organisation"
        plant(make_layer(slug, visibility=visibility), "open")
    make_layer("nobody", organisation=None)


@pytest.fixture
def clients(community, council, resident, officer, administrator) -> dict[str, Client]:
    """A client for each role."""
    other = Organisation.objects.create(
        slug="other", kind=Organisation.Kind.MUNICIPAL_ENTERPRISE, name_uk="Чисте місто"
    )
    people = {"resident": resident, "officer": officer, "administrator": administrator}
    people["clerk"] = write_staff("clerk", is_staff=True)
    people["moderator"] = write_staff("moderator", is_moderator=True)
    for name, organisation, role in (
        ("neighbour", other, Membership.Role.OFFICER),
        ("viewer", council, Membership.Role.VIEWER),
        ("head", council, Membership.Role.HEAD),
    ):
        people[name] = write_staff(name)
        Membership.objects.create(user=people[name], organisation=organisation, role=role)
    found = {role: Client(raise_request_exception=False) for role in ROLES}
    for role, user in people.items():
        found[role].force_login(user)
    return found


@pytest.fixture
def problems(request, clients, council, resident, officer) -> None:
    """The problems that the table speaks of, where it does."""
    if request.node.callspec.params["pattern"] in ABOUT_PROBLEMS:
        moderator = User.objects.get(email="moderator@example.org")
        write_problems(resident, moderator, council, officer)


@pytest.fixture
def send(clients, problems) -> Send:
    """Send a request of the table as a role and undo what it did; the status and the type."""

    def ask(role: str, case: Case) -> tuple[int, str]:
        named = {"If-Match": case.if_match, "Accept": case.accept}
        headers = {name: value for name, value in named.items() if value}
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


def test_the_table_has_every_url():
    assert set(MATRIX) == set(list_routes(get_resolver()))


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", MATRIX)
def test_every_role_gets_what_the_table_says(pattern, send):
    wrong = [
        f"{role} {case.method} {case.path}: {got}, not {wanted}"
        for case in MATRIX[pattern]
        for role, wanted in zip(ROLES, widen(case.statuses), strict=True)
        if (got := send(role, case)[0]) != wanted
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", sorted(set(MATRIX) - ANY_METHOD))
def test_other_methods_are_refused(pattern, send):
    listed = {case.method for case in MATRIX[pattern]}
    path = next(case.path for case in MATRIX[pattern])
    wrong = []
    for method in METHODS:
        if method in listed or method in SAFE_EVERYWHERE:
            continue
        # Who may not write at all is refused for that reason first.
        allowed = {405, 403, 404} if pattern.startswith("/api/") else {405}
        for role in ("visitor", "officer", "administrator"):
            status, _ = send(role, Case(method, path, ()))
            if status not in allowed:
                wrong.append(f"{role} {method} {path}: {status}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
@pytest.mark.parametrize("pattern", MATRIX)
def test_machines_are_refused_in_one_shape(pattern, send):
    """RFC 9457 wherever a program asks, but for Open311, which has errors of its own."""
    if pattern.startswith("/open311/"):
        return
    cases = [case for case in MATRIX[pattern] if case.path.startswith(MACHINE_PREFIXES)]
    wrong = [
        f"{role} {case.method} {case.path}: {status} {kind}"
        for case in cases
        for role in ("visitor", "officer")
        for status, kind in [send(role, case)]
        if status >= 400 and kind != CONTENT_TYPE
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_an_inactive_account_is_a_visitor(clients, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert clients["officer"].get("/layers/closed/").status_code == 404
    assert Layer.objects.filter(slug="closed").exists()


ADD_IN_ADMINISTRATION = {"Theme", "User", "Organisation", "Group"}


@pytest.mark.django_db
def test_the_administration_is_for_administrators(clients):
    """Layers and changesets are made by services, so nobody adds them by a form."""
    for model in admin.site._registry:
        name = f"{model._meta.app_label}/{model._meta.model_name}"
        for role, client in clients.items():
            listed = client.get(f"/admin/{name}/").status_code
            added = client.get(f"/admin/{name}/add/").status_code
            if role == "administrator":
                assert listed == 200, name
                own = model.__name__ in ADD_IN_ADMINISTRATION
                assert added == (200 if own else 403) or not own, f"{name}: {added}"
            else:
                refused = 403 if role in ("clerk", "officer") else 302
                assert (listed, added) == (refused, refused), f"{role} {name}"
