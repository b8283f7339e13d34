"""One filter for lists, maps, statistics and exports: what it reads, refuses and lets through."""

from datetime import datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from geoportal.core.errors import InvalidInput
from geoportal.problems import services
from geoportal.problems.access import list_public_problems
from geoportal.problems.categories.working_days import KYIV
from geoportal.problems.lists.filters import ProblemFilter, parse_filter
from geoportal.problems.models import Category, Problem
from tests.geoportal.problems.conftest import SOUTH_EAST, SOUTH_WEST, Crew
from tests.standing import standing_world

NOBODY = AnonymousUser()


def find(query: str, actor=NOBODY) -> set[int]:
    chosen = parse_filter(QueryDict(query), actor)
    return set(chosen.apply(list_public_problems()).values_list("pk", flat=True))


@standing_world
def standing_three(standing_crew: Crew) -> dict[str, Problem]:
    """Rubbish in the north-west and the south-west, a pothole in the south-east."""
    make_problem = standing_crew.write_problem
    return {
        "north": make_problem(title="Купа сміття", address="вулиця Садова, 3"),
        "south": make_problem(place=SOUTH_WEST, title="Повні баки", address="вулиця Лісова, 8"),
        "pothole": make_problem(
            place=SOUTH_EAST, category="pothole", title="Яма на дорозі", address="Садова, 17"
        ),
    }


@pytest.fixture
def three(standing_three: dict[str, Problem]) -> dict[str, Problem]:
    return standing_three


def pick(three, *names: str) -> set[int]:
    return {three[name].pk for name in names}


def test_an_empty_filter_lets_everything_through(three):
    assert find("") == pick(three, "north", "south", "pothole")
    assert not ProblemFilter()


def test_words_are_found_in_titles_and_addresses_in_any_case(three):
    assert find("q=ЯМА") == pick(three, "pothole")
    assert find("q=садова") == pick(three, "north", "pothole")
    assert find("q=садова+сміття") == pick(three, "north")
    assert find("q=садова+баки") == set()


def test_words_are_found_in_any_form_and_by_the_words_of_the_category(three):
    pothole = Category.objects.get(code="pothole")
    pothole.keywords = ["вибоїна", "асфальт"]
    pothole.save()
    for words in ("вибоїни", "асфальту", "вибоїна садова", "яма", "дорогами", "вул. Садова 17"):
        assert find(f"q={words}") == pick(three, "pothole"), words
    assert find("q=лісовою") == pick(three, "south")
    assert find("q=Садова 1") == set()
    assert find("q=вибоїна лісова") == set()


def test_a_number_is_found_with_and_without_its_sign(three):
    number = three["south"].pk
    assert number in find(f"q={number}")
    assert find(f"q=№ {number}") >= {number}
    assert number not in find("q=99999999999999999999")


def test_signs_of_sql_patterns_are_letters(three):
    assert find("q=%25") == set()
    assert find("q=_____") == set()


def test_a_group_holds_its_categories(three):
    assert find("category=waste") == pick(three, "north", "south")
    assert find("category=rubbish") == pick(three, "north", "south")
    assert find("category=roads") == pick(three, "pothole")


def test_states_are_joined(three, make_problem):
    closed = make_problem("closed")
    assert find("state=closed") == {closed.pk}
    assert find("state=closed&state=open") == {closed.pk, *pick(three, "north", "south", "pothole")}


def test_the_executor_is_found_by_its_slug(three):
    assert find("organisation=clean") == pick(three, "north")
    assert find("organisation=roads") == pick(three, "pothole")
    assert find("organisation=starosta") == set()


def test_a_territory_is_found_by_layer_and_key(three):
    assert find("territory=districts:west") == pick(three, "north", "south")
    assert find("territory=districts:east") == pick(three, "pothole")
    assert find("territory=service_areas_waste:north") == pick(three, "north")
    assert find("territory=districts:nowhere") == set()


def test_days_are_those_of_kyiv_and_both_included(make_problem):
    published = datetime(2026, 6, 1, 0, 30, tzinfo=KYIV)  # 21:30 of 31 May by UTC
    problem = make_problem(at=published - timedelta(hours=1))
    assert Problem.objects.get(pk=problem.pk).published_at == published
    assert find("from=2026-06-01&to=2026-06-01") == {problem.pk}
    assert find("from=2026-06-02") == set()
    assert find("to=2026-05-31") == set()


def test_overdue_is_what_was_late_before_the_author_was_asked(town, make_problem):
    long_ago = timezone.now() - timedelta(days=60)
    late = make_problem(at=long_ago)
    asked, asked_late = (make_problem("accepted", at=long_ago) for _ in range(2))
    for problem, moment in ((asked, asked.accepted_at), (asked_late, timezone.now())):
        services.ask_author(
            actor=town.officers["clean"],
            organisation=town.organisations["clean"],
            number=problem.pk,
            words="Де саме?",
            at=moment,
        )
    make_problem("closed", at=long_ago)
    make_problem()
    assert find("overdue=1") == {late.pk, asked_late.pk}


def test_mine_are_those_of_who_looks(three, author, moderator):
    assert find("mine=1", author) == pick(three, "north", "south", "pothole")
    assert find("mine=1", moderator) == set()


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("state=closde", "state"),
        ("category=nothing", "category"),
        ("organisation=nobody", "organisation"),
        ("territory=districts", "territory"),
        ("territory=nothing:west", "territory"),
        ("from=yesterday", "from"),
        ("to=2026-13-01", "to"),
        ("to=0001-01-01", "to"),
        ("from=2026-02-02&to=2026-02-01", "to"),
        ("mine=1", "mine"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field(town, query, field):
    with pytest.raises(InvalidInput) as refusal:
        parse_filter(QueryDict(query), NOBODY)
    assert list(refusal.value.extra["errors"]) == [field]


def test_a_territory_of_a_hidden_layer_is_not_there(three, town):
    town.districts.visibility = "staff"
    town.districts.save()
    with pytest.raises(InvalidInput):
        find("territory=districts:west")


def test_the_canonical_query_gives_the_same_filter(three, author):
    query = QueryDict(
        "mine=on&to=2026-12-31&state=closed&state=open&q= яма  велика &category=roads"
        "&organisation=roads&from=2026-01-01&territory=districts:east&overdue=true&page=7"
    )
    chosen = parse_filter(query, author)
    assert parse_filter(QueryDict(chosen.as_query()), author) == chosen
    assert chosen.as_query().startswith("q=")
    assert "page" not in chosen.as_query()


@given(
    text=st.text(max_size=40),
    name=st.sampled_from(["q", "state", "category", "organisation", "from", "territory"]),
)
def test_whatever_is_typed_is_read_or_refused(django_db_blocker, django_db_setup, text, name):
    fields = QueryDict(mutable=True)
    fields[name] = text
    with django_db_blocker.unblock():
        try:
            chosen = parse_filter(fields, NOBODY)
        except InvalidInput:
            return
        list(chosen.apply(list_public_problems())[:1])


def test_search_by_words_uses_the_indexes_of_both_columns(three):
    found = parse_filter(QueryDict("q=садова"), NOBODY).apply(Problem.objects.all())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
        plan = found.order_by().explain()
    assert "problems_title_words" in plan
    assert "problems_address_words" in plan
