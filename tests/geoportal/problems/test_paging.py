"""Pages by the place of the last row: complete, without doubles, whatever comes in meanwhile."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from geoportal.core.errors import InvalidInput
from geoportal.problems.access import list_public_problems
from geoportal.problems.lists.cards import with_cards
from geoportal.problems.lists.paging import ORDERS, Sort, get_page, list_in_order, write_cursor
from geoportal.problems.models import Problem
from tests.geoportal.problems.conftest import Crew
from tests.standing import standing_world


@standing_world
def standing_many(standing_crew: Crew) -> list[Problem]:
    """Seven open problems; several of one moment and with the same number of voices."""
    moment = timezone.now() - timedelta(days=3)
    problems = [
        standing_crew.write_problem(at=moment + timedelta(hours=place // 3)) for place in range(7)
    ]
    for place, problem in enumerate(problems):
        Problem.objects.filter(pk=problem.pk).update(votes=place % 2)
    return problems


@pytest.fixture
def many(standing_many: list[Problem]) -> list[Problem]:
    return standing_many


def walk(sort: Sort, size: int = 2, meanwhile=lambda: None) -> list[int]:
    """Numbers of all pages from the first to the last."""
    numbers: list[int] = []
    page = get_page(list_public_problems(), sort, size=size)
    while True:
        numbers += [problem.pk for problem in page.rows]
        if page.after is None:
            return numbers
        meanwhile()
        page = get_page(list_public_problems(), sort, after=page.after, size=size)


def list_whole(sort: Sort) -> list[int]:
    order = ORDERS[sort]
    sign = "-" if order.is_falling else ""
    found = list_in_order(list_public_problems(), sort)
    return list(found.order_by(f"{sign}{order.column}", f"{sign}pk").values_list("pk", flat=True))


@pytest.mark.parametrize("sort", list(Sort))
def test_pages_together_are_the_whole_list_in_its_order(many, sort):
    assert len(many) == len(list_whole(sort))
    for size in (1, 2, 3, 7, 20):
        assert walk(sort, size) == list_whole(sort)


@pytest.mark.parametrize("sort", list(Sort))
def test_the_way_back_shows_the_same_rows(many, sort):
    first = get_page(list_public_problems(), sort, size=3)
    second = get_page(list_public_problems(), sort, after=first.after, size=3)
    back = get_page(list_public_problems(), sort, before=second.before, size=3)
    assert back.rows == first.rows
    assert (first.before, back.before) == (None, None)
    assert back.after == first.after


@pytest.mark.parametrize("sort", list(Sort))
def test_new_problems_neither_repeat_nor_hide_a_row(many, make_problem, sort):
    before = set(list_whole(sort))
    seen = walk(sort, 2, meanwhile=make_problem)
    assert len(seen) == len(set(seen))
    assert before <= set(seen)


def test_orders_of_waiting_show_only_what_waits(many, make_problem):
    accepted, closed = make_problem("accepted"), make_problem("closed")
    assert accepted.pk not in walk(Sort.WAITING)
    assert accepted.pk in walk(Sort.DEADLINE)
    assert closed.pk not in walk(Sort.DEADLINE)
    assert closed.pk in walk(Sort.NEWEST)


@pytest.mark.parametrize(
    "cursor", ["", "x", "!!!", "W10", "WyJuZXdlc3QiLCJ4IiwxXQ", "WyJ2b3RlcyIsMSwxXQ", "e30", "Ж"]
)
def test_a_cursor_that_is_not_ours_is_refused(many, cursor):
    if not cursor:
        assert get_page(list_public_problems(), Sort.NEWEST, after="").rows
        return
    with pytest.raises(InvalidInput):
        get_page(list_public_problems(), Sort.NEWEST, after=cursor)


def test_a_cursor_of_another_order_is_refused(many):
    cursor = write_cursor(many[0], Sort.VOTES)
    with pytest.raises(InvalidInput):
        get_page(list_public_problems(), Sort.NEWEST, after=cursor)


@pytest.mark.parametrize("size", [1, 20])
def test_a_page_costs_three_queries_however_long_it_is(
    make_problem, django_assert_num_queries, size
):
    for _ in range(size):
        make_problem()
    with django_assert_num_queries(3):
        page = get_page(with_cards(list_public_problems()), Sort.NEWEST)
        for problem in page.rows:
            assert (problem.category.parent.code, problem.organisation.slug) == ("waste", "clean")
            assert problem.shown_pictures == []


@pytest.mark.parametrize(
    ("sort", "index"),
    [
        (Sort.NEWEST, "problems_published"),
        (Sort.VOTES, "problems_by_votes"),
        (Sort.DEADLINE, "problems_by_deadline"),
    ],
)
def test_a_page_is_read_along_the_index_of_its_order(many, sort, index):
    cursor = get_page(list_public_problems(), sort, size=3).after
    with connection.cursor() as settings:
        settings.execute("SET LOCAL enable_seqscan = off")
        settings.execute("SET LOCAL enable_sort = off")
        settings.execute("SET LOCAL enable_bitmapscan = off")
    with CapturedPlans() as plans:
        get_page(list_public_problems(), sort, after=cursor, size=3)
    assert index in plans.first
    conditions = [line for line in plans.first.splitlines() if "Index Cond" in line]
    assert any("ROW(" in line for line in conditions)


class CapturedPlans:
    """Explains the first query of a block."""

    first = ""

    def __enter__(self):
        self._wrapper = connection.execute_wrapper(self._explain)
        self._wrapper.__enter__()
        return self

    def __exit__(self, *error):
        self._wrapper.__exit__(*error)

    def _explain(self, execute, sql, params, many, context):
        if not self.first:
            with context["connection"].connection.cursor() as cursor:
                cursor.execute(f"EXPLAIN {sql}", params)
                self.first = "\n".join(row[0] for row in cursor.fetchall())
        return execute(sql, params, many, context)
