"""Lists of problems cost the same number of queries for one row of each kind and for twenty."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from geoportal.accounts.models import Organisation, User
from geoportal.problems import services
from geoportal.problems.history.projection import deferred_projection
from geoportal.problems.models import Problem
from tests.conftest import write_staff
from tests.house.reported import confirm, report, write_categories, write_picture
from tests.house.test_query_counts import count_queries

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PUBLIC = (
    "/problems/",
    "/problems/?q=сміття&sort=votes",
    "/problems/?state=open&category=waste&organisation=council",
    "/problems/feed.atom",
    "/problems/statistics/",
    "/problems/statistics/organisations.csv",
    "/problems/tiles/8/149/86.mvt",
    "/api/v1/problems/in-view/?bbox=30,50,31,51",
    "/api/v1/problems/similar/?lon=30.51&lat=50.41&category=rubbish",
    "/api/v1/locate/?lon=30.51&lat=50.41",
    "/open311/v2/requests.json",
    "/open311/v2/services.json",
    "/organisations/council/",
)
LISTS = {
    "visitor": PUBLIC,
    "resident": ("/problems/", "/problems/mine/", "/problems/?mine=1"),
    "officer": (
        "/cabinet/council/",
        "/cabinet/council/?tab=in-work",
        "/cabinet/council/?tab=all",
        "/cabinet/council/problems.geojson",
        "/cabinet/council/export.csv",
        "/problems/",
    ),
    "moderator": (
        "/moderation/",
        "/moderation/dispatch/",
        "/moderation/rejected/",
        "/moderation/all/",
        "/moderation/media/",
        "/moderation/borders/",
        "/problems/",
    ),
}
Add = Callable[[], list[Problem]]


@pytest.fixture
def moderator(db: None) -> User:
    return write_staff("moderator", is_moderator=True)


@pytest.fixture
def add(council: Organisation, officer: User, resident: User, moderator: User) -> Add:
    """One problem in each state, with photos and words."""
    categories = write_categories(council)
    confirm(resident)
    who = {"actor": officer, "organisation": council}

    def make() -> list[Problem]:
        at = timezone.now() - timedelta(hours=1)
        waiting, rejected, shown, taken, done, nobodys = (
            report(resident, categories["rubbish"], at) for _ in range(6)
        )
        services.reject_problem(
            actor=moderator, number=rejected.pk, reason="slander", words="Образа."
        )
        for problem in (shown, taken, done, nobodys):
            write_picture(resident, problem.pk)
            services.publish_problem(actor=moderator, number=problem.pk)
        for problem in (taken, done):
            services.accept_problem(**who, number=problem.pk)
        services.close_problem(**who, number=done.pk, resolution="solved", words="Вивезли.")
        nobodys.assignments.all().delete()
        Problem.objects.filter(pk=nobodys.pk).update(organisation=None)
        return [waiting, rejected, shown, taken, done, nobodys]

    return make


@pytest.fixture
def clients(resident: User, officer: User, moderator: User) -> dict[str, Client]:
    people = {"resident": resident, "officer": officer, "moderator": moderator}
    clients = {role: Client() for role in ("visitor", *people)}
    for role, user in people.items():
        clients[role].force_login(user)
    return clients


def test_lists_of_problems(add: Add, clients: dict[str, Client], subtests) -> None:
    add()
    cases = [(role, url) for role, urls in LISTS.items() for url in urls]
    cache.clear()
    one = {case: count_queries(clients[case[0]], case[1]) for case in cases}
    with deferred_projection():
        for _ in range(19):
            add()
    for role, url in cases:
        with subtests.test(url=url, role=role):
            assert count_queries(clients[role], url) == one[role, url]


def test_a_long_life_costs_as_much_as_a_short_one(
    add: Add, clients: dict[str, Client], council: Organisation, officer: User, subtests
) -> None:
    number = add()[3].pk
    pages = {
        "visitor": f"/problems/{number}/",
        "officer": f"/cabinet/council/{number}/",
        "moderator": f"/moderation/{number}/",
    }
    one = {role: count_queries(clients[role], url) for role, url in pages.items()}
    for turn in range(20):
        services.add_note(actor=officer, organisation=council, number=number, words=f"№ {turn}")
        write_picture(officer, number)
    for role, url in pages.items():
        with subtests.test(url=url, role=role):
            assert count_queries(clients[role], url) == one[role]
