"""Nobody sees in a cabinet more than its organisation may: lists, counts, files, pages, maps.

What may be seen is computed here once more, from the tables and in plain Python, with no word of
`geoportal.problems.access`.
"""

import csv
import io
import json
import re
from collections.abc import Callable
from itertools import count, product

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from geoportal.accounts.models import Organisation, User
from geoportal.problems.history.projection import deferred_projection
from geoportal.problems.models import Assignment, Oversight, Problem, ProblemTerritory
from tests.geoportal.cabinets.conftest import Sign, Town, add_member, write_user
from tests.thoroughness import THOROUGH

pytestmark = pytest.mark.slow

PUBLISHED = {"open", "accepted", "closed", "archived"}
ROW = re.compile(r'<tr data-number="(\d+)"')


def compute_tabs(organisation: Organisation, role: str = "officer") -> dict[str, set[int]]:
    """Numbers that each tab of the organisation may hold; a viewer has what is public only."""
    problems = [
        each for each in Problem.objects.all() if each.is_public or role in ("head", "officer")
    ]
    assignments = list(Assignment.objects.filter(organisation=organisation))
    holds = {each.problem_id: each for each in assignments if each.ended_at is None}
    ever = {each.problem_id for each in assignments}
    watched = {
        (each.territory_layer_id, each.territory_key)
        for each in Oversight.objects.filter(organisation=organisation)
    }
    inside = {
        each.problem_id
        for each in ProblemTerritory.objects.all()
        if (each.layer_id, each.key) in watched
    }
    tabs: dict[str, set[int]] = {
        name: set() for name in ("to-accept", "in-work", "waiting", "overdue", "closed", "all")
    }
    if watched:
        tabs["territory"] = set()
    for problem in problems:
        if problem.state not in PUBLISHED:
            continue
        held = holds.get(problem.pk)
        if problem.is_public and problem.pk in inside:
            tabs["territory"].add(problem.pk)
            tabs["all"].add(problem.pk)
        if held or (problem.is_public and problem.pk in ever):
            tabs["all"].add(problem.pk)
        if held is None:
            continue
        if problem.state in ("closed", "archived"):
            tabs["closed"].add(problem.pk)
        elif problem.asked_at:
            tabs["waiting"].add(problem.pk)
        else:
            tabs["in-work" if held.accepted_at else "to-accept"].add(problem.pk)
            if problem.due_at and problem.due_at <= timezone.now():
                tabs["overdue"].add(problem.pk)
    return tabs


def read_table(client: Client, slug: str, tab: str) -> set[int]:
    page = client.get(f"/cabinet/{slug}/", {"tab": tab})
    assert page.status_code == 200
    return {int(number) for number in ROW.findall(page.content.decode())}


def read_map(client: Client, slug: str, tab: str) -> set[int]:
    features = client.get(f"/cabinet/{slug}/problems.geojson", {"tab": tab}).json()["features"]
    return {each["properties"]["number"] for each in features if "number" in each["properties"]}


def read_geojson(client: Client, slug: str, tab: str) -> set[int]:
    body = client.get(f"/cabinet/{slug}/export.geojson", {"tab": tab}).content
    return {int(each["id"]) for each in json.loads(body)["features"]}


def read_csv(client: Client, slug: str, tab: str) -> set[int]:
    text = client.get(f"/cabinet/{slug}/export.csv", {"tab": tab}).content.decode()
    return {int(row[0]) for row in list(csv.reader(io.StringIO(text)))[1:]}


def read_excel_csv(client: Client, slug: str, tab: str) -> set[int]:
    body = client.get(f"/cabinet/{slug}/export.csv", {"tab": tab, "excel": "1"}).content
    rows = csv.reader(io.StringIO(body.decode("utf-8-sig")), delimiter=";")
    return {int(row[0]) for row in list(rows)[1:]}


def read_xlsx(client: Client, slug: str, tab: str) -> set[int]:
    body = client.get(f"/cabinet/{slug}/export.xlsx", {"tab": tab}).content
    rows = load_workbook(io.BytesIO(body)).active.iter_rows(min_row=2, values_only=True)
    return {int(row[0]) for row in rows}


def list_people(town: Town, sign_in: Sign, slug: str) -> list[tuple[str, Client]]:
    """A browser of each role of the organisation."""
    organisation = town.organisations[slug]
    people = [("officer", town.officers[slug])]
    people += [(role, add_member(organisation, role)) for role in ("head", "viewer")]
    return [(role, sign_in(user)) for role, user in people]


Reader = Callable[[Client, str, str], set[int]]
READERS: tuple[Reader, ...] = (
    read_table, read_map, read_geojson, read_csv, read_excel_csv, read_xlsx,
)  # fmt: skip


def test_every_kind_of_organisation_is_among_those_tested(busy_town):
    assert set(Organisation.objects.values_list("kind", flat=True)) == set(Organisation.Kind.values)


def test_expectations_are_not_empty_by_mistake(busy_town):
    found = {slug: compute_tabs(each) for slug, each in busy_town.organisations.items()}
    assert found["clean"]["to-accept"]
    assert found["clean"]["in-work"]
    assert found["clean"]["closed"]
    assert found["starosta"]["territory"]
    assert found["police"]["to-accept"]
    assert found["police"]["territory"] != found["deputy"]["territory"]
    assert found["gas"]["to-accept"]
    assert found["party"]["all"] == set()


def test_lists_maps_files_and_counts_hold_exactly_what_may_be_seen(busy_town: Town, sign_in: Sign):
    read = set()
    turn, heads = count(), count()
    for slug, organisation in busy_town.organisations.items():
        for role, client in list_people(busy_town, sign_in, slug):
            tabs = compute_tabs(organisation, role)
            page = client.get(f"/cabinet/{slug}/").content.decode()
            counts = dict(re.findall(r'data-tab="([a-z-]+)">(\d+)<', page))
            assert counts == {tab: str(len(found)) for tab, found in tabs.items()}, (slug, role)
            # A head sees what an officer sees: as below.
            asked = sorted(tabs)[next(heads) % 3 :: 3] if role == "head" and not THOROUGH else tabs
            for tab in asked:
                expected = tabs[tab]
                for reader in choose_readers(next(turn)):
                    assert reader(client, slug, tab) == expected, (slug, role, tab, reader.__name__)
                    read |= {(reader, role), (reader, tab), (role, tab)}
    names = {"to-accept", "in-work", "waiting", "overdue", "closed", "all", "territory"}
    roles = {"officer", "head", "viewer"}
    assert read == {*product(READERS, roles | names), *product(roles, names)}


def choose_readers(turn: int) -> tuple[Reader, ...]:
    """The page each time, and in turn one of the others; all of them when tests are thorough."""
    table, *others = READERS
    return READERS if THOROUGH else (table, others[turn % len(others)])


def test_pages_open_exactly_where_the_list_has_them_and_notes_where_it_is_held(
    busy_town: Town, sign_in: Sign
):
    numbers = list(Problem.objects.values_list("pk", flat=True))
    noted = set(Problem.objects.filter(history__action="note").values_list("pk", flat=True))
    assert noted
    turn, read = count(), set()
    for slug, organisation in busy_town.organisations.items():
        holds = set(
            Assignment.objects.filter(organisation=organisation, ended_at__isnull=True).values_list(
                "problem", flat=True
            )
        )
        for role, client in list_people(busy_town, sign_in, slug):
            seen = compute_tabs(organisation, role)["all"]
            # A head sees what an officer sees: a part is asked for, unless tests are thorough.
            for number in numbers[:: 4 if role == "head" and not THOROUGH else 1]:
                answer = client.get(f"/cabinet/{slug}/{number}/")
                expected = 200 if number in seen else 404
                assert answer.status_code == expected, (slug, role, number)
                if THOROUGH or next(turn) % 3 == 0:
                    places = client.get(f"/cabinet/{slug}/{number}/places.geojson")
                    assert places.status_code == expected, (slug, role, number)
                    read |= {(role, expected), slug}
                shown = f"НОТАТКА-{number}-" in answer.content.decode()
                may = number in noted and number in holds and number in seen
                assert shown == may, (slug, role, number)
    roles = {"officer", "head", "viewer"}
    assert read == {*product(roles, {200, 404}), *busy_town.organisations}


def test_contacts_of_a_caller_are_for_those_who_work_on_it(busy_town: Town, sign_in: Sign):
    called = Problem.objects.get(contact_name="Марія Таємна")
    for slug, organisation in busy_town.organisations.items():
        holds = called.assignments.filter(organisation=organisation, ended_at=None).exists()
        for role, client in list_people(busy_town, sign_in, slug):
            page = client.get(f"/cabinet/{slug}/{called.pk}/").content.decode()
            assert ("380671112233" in page) == (holds and role != "viewer"), (slug, role)


def test_files_have_no_reporter_no_contacts_and_no_notes(busy_town: Town, sign_in: Sign):
    client = sign_in(busy_town.officers["clean"])
    for extension in ("csv", "geojson"):
        text = client.get(f"/cabinet/clean/export.{extension}?tab=all").content.decode()
        assert "Зі слів мешканки" in text
        for secret in ("Марія Таємна", "380671112233", "НОТАТКА", "@example.org"):
            assert secret not in text


def test_words_of_another_organisations_problem_are_not_found_by_search(
    busy_town: Town, sign_in: Sign
):
    client = sign_in(busy_town.officers["party"])
    for words in ("Приватна", "Сміття", ""):
        assert read_map(client, "party", "all") == set()
        page = client.get("/cabinet/party/", {"tab": "all", "q": words})
        assert not ROW.findall(page.content.decode())


def test_a_private_problem_that_was_forwarded_is_gone_for_who_had_it(
    busy_town: Town, sign_in: Sign
):
    private = Problem.objects.get(title="Приватна передана")
    council = sign_in(busy_town.officers["council"])
    assert private.title not in council.get("/cabinet/council/?tab=all").content.decode()
    assert council.get(f"/cabinet/council/{private.pk}/").status_code == 404
    public = Problem.objects.get(title="Передано магазину")
    clean = sign_in(busy_town.officers["clean"])
    assert clean.get(f"/cabinet/clean/{public.pk}/").status_code == 200


PAGES = ("", "problems.geojson", "export.csv", "export.xlsx", "export.geojson", "templates/", "1/")


def test_a_cabinet_of_others_does_not_exist(
    busy_town: Town, sign_in: Sign, author: User, moderator: User
):
    strangers = [author, moderator, busy_town.officers["tidy"], write_user("gis", is_staff=True)]
    for path in PAGES:
        for user in strangers:
            assert sign_in(user).get(f"/cabinet/clean/{path}").status_code == 404
        assert Client().get(f"/cabinet/clean/{path}").status_code == 302


def test_a_cabinet_of_an_organisation_that_no_longer_works_is_closed(
    busy_town: Town, sign_in: Sign
):
    Organisation.objects.filter(slug="clean").update(is_active=False)
    assert sign_in(busy_town.officers["clean"]).get("/cabinet/clean/").status_code == 404


def test_an_administrator_looks_in_and_acts_in_nobodys_name(busy_town: Town, sign_in: Sign):
    user = User.objects.create_superuser("root@example.org", "correct horse")
    client = sign_in(user)
    expected = compute_tabs(busy_town.organisations["clean"])
    assert read_table(client, "clean", "to-accept") == expected["to-accept"]
    number = min(expected["to-accept"])
    assert "bulk-form" not in client.get("/cabinet/clean/?tab=to-accept").content.decode()
    client.post(f"/problems/{number}/actions/accept/", {"organisation": "clean"})
    assert Problem.objects.get(pk=number).state == "open"


def test_lists_cost_the_same_number_of_queries_for_one_problem_and_for_twenty(
    town: Town, make_problem: Callable[..., Problem], clean: Client
):
    paths = ("?tab=all", "problems.geojson?tab=all", "export.csv?tab=all")

    def count() -> list[int]:
        numbers = []
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                clean.get(f"/cabinet/clean/{path}")
            numbers.append(len(queries))
        return numbers

    make_problem("open")
    count()
    one = count()
    with deferred_projection():
        for _ in range(20):
            make_problem("open")
    assert count() == one
