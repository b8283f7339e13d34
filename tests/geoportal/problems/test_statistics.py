"""Every number of the statistics equals a plain recount, and the list that it leads to."""

import random
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from statistics import mean, median

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.http import QueryDict
from django.utils import timezone

from geoportal.problems import services
from geoportal.problems.access import list_public_problems
from geoportal.problems.categories.working_days import KYIV
from geoportal.problems.history.projection import deferred_projection
from geoportal.problems.lists.counting import count_problems
from geoportal.problems.lists.filters import ProblemFilter, parse_filter
from geoportal.problems.lists.statistics import (
    Line,
    list_all,
    list_by_category,
    list_by_month,
    list_by_organisation,
    list_by_territory,
)
from geoportal.problems.models import Problem, ProblemTerritory
from tests.geoportal.problems.conftest import NORTH_WEST, SOUTH_EAST, SOUTH_WEST, Crew, Town
from tests.standing import standing_world

NOBODY = AnonymousUser()
STATES = ("open", "accepted", "closed", "archived")
DAY_S = 86400


def is_not_due(problem: Problem) -> bool:
    """For the archive."""
    assert problem.archive_at is not None
    return problem.archive_at > timezone.now()


@standing_world
def standing_history(standing_crew: Crew) -> Town:
    """Thirty problems of all states, places and ages; some overdue, rated, joined, hidden."""
    dice = random.Random(20261120)
    author, moderator = standing_crew.author, standing_crew.moderator
    make_problem = standing_crew.write_problem
    kinds = (("rubbish", NORTH_WEST, "clean"), ("rubbish", SOUTH_WEST, "tidy"),
             ("pothole", SOUTH_EAST, "roads"))  # fmt: skip
    with deferred_projection():
        made = []
        for _ in range(30):
            category, place, worker = dice.choice(kinds)
            at = timezone.now() - timedelta(days=dice.randrange(1, 400), hours=dice.randrange(24))
            state = dice.choice((*STATES, "closed", "moderation", "rejected"))
            made.append(make_problem(state, at=at, worker=worker, category=category, place=place))
        for problem in made:
            if problem.state == "closed" and is_not_due(problem):
                services.rate_result(
                    actor=author, number=problem.pk, rating=dice.randrange(1, 6), words=""
                )
        first, second = make_problem(), make_problem()
        services.merge_problem(actor=moderator, number=second.pk, into=first.pk)
        make_problem(category="abuse", worker="council")
        make_problem(category="stray")
    # Rows of the past closed with random delays, as if done by hand in the database.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE problems_problem DISABLE TRIGGER USER")
        for problem in Problem.objects.filter(state__in=["accepted", "closed", "archived"]):
            assert problem.published_at is not None
            accepted = problem.published_at + timedelta(seconds=dice.randrange(5 * DAY_S))
            closed = accepted + timedelta(seconds=dice.randrange(30 * DAY_S))
            Problem.objects.filter(pk=problem.pk).update(
                accepted_at=accepted,
                closed_at=closed if problem.closed_at else None,
                rating=dice.choice([None, 1, 3, 5]) if problem.closed_at else None,
            )
        cursor.execute("ALTER TABLE problems_problem ENABLE TRIGGER USER")
    return standing_crew.town


@pytest.fixture
def history(standing_history: Town) -> Town:
    return standing_history


def measure_days(start: datetime | None, end: datetime | None) -> float:
    assert start is not None
    assert end is not None
    return (end - start).total_seconds() / DAY_S


def recount(problems: Sequence[Problem]) -> dict[str, object]:
    """The same numbers without SQL."""
    now = timezone.now()
    to_acceptance = [
        measure_days(each.published_at, each.accepted_at) for each in problems if each.accepted_at
    ]
    to_closing = [
        measure_days(each.published_at, each.closed_at)
        for each in problems
        if each.closed_at and each.resolution in ("solved", "not_solvable")
    ]
    ratings = [each.rating for each in problems if each.rating]
    return {
        "total": len(problems),
        "states": {state: sum(each.state == state for each in problems) for state in STATES},
        "overdue": sum(
            each.due_at is not None
            and each.due_at <= (each.asked_at or now)
            and each.state in ("open", "accepted")
            for each in problems
        ),
        "days_to_acceptance": median(to_acceptance) if to_acceptance else None,
        "days_to_closing": median(to_closing) if to_closing else None,
        "rating": mean(ratings) if ratings else None,
        "rated": len(ratings),
    }


def check(line: Line, problems: Sequence[Problem]) -> None:
    for name, expected in recount(problems).items():
        found = getattr(line, name)
        if isinstance(expected, float):
            assert found == pytest.approx(expected), name
        else:
            assert found == expected, name


def list_shown() -> list[Problem]:
    return list(list_public_problems().select_related("category__parent", "organisation"))


def follow(query: str) -> set[int]:
    """What the list shows under the link of a number."""
    chosen = parse_filter(QueryDict(query), NOBODY)
    return set(chosen.apply(list_public_problems()).values_list("pk", flat=True))


def test_all_together_equals_a_recount(history):
    check(list_all(count_problems(ProblemFilter())), list_shown())


def test_by_organisation_equals_a_recount(history):
    lines = list_by_organisation(count_problems(ProblemFilter()))
    shown = list_shown()
    assert sum(line.total for line in lines) == len(shown)
    for line in lines:
        slug = line.chosen.organisation if line.chosen else None
        same = [p for p in shown if (p.organisation.slug if p.organisation else None) == slug]
        check(line, same)


def test_by_category_groups_hold_their_categories(history):
    lines = list_by_category(count_problems(ProblemFilter()))
    shown = list_shown()
    for line in lines:
        codes = {line.chosen.category}
        check(
            line,
            [p for p in shown if {p.category.code, p.category.parent.code} & codes],
        )
    assert sum(line.total for line in lines if line.depth == 0) == len(shown)
    assert "abuse" not in {line.chosen.category for line in lines}


def test_by_territory_equals_a_recount(history):
    lines = list_by_territory(count_problems(ProblemFilter(), history.districts))
    shown = {problem.pk: problem for problem in list_shown()}
    assert {line.title for line in lines} == {"West", "East"}
    for line in lines:
        inside = line.chosen.territory.key
        same = [
            problem
            for problem in shown.values()
            if ProblemTerritory.objects.filter(
                problem=problem.pk, layer=history.districts, key=inside
            ).exists()
        ]
        check(line, same)


def test_by_month_every_month_has_a_line(history):
    lines = list_by_month(count_problems(ProblemFilter()))
    shown = list_shown()
    months = [(line.chosen.since.year, line.chosen.since.month) for line in lines]
    assert months == sorted(set(months))
    assert len(months) == (months[-1][0] - months[0][0]) * 12 + months[-1][1] - months[0][1] + 1
    for line, month in zip(lines, months, strict=True):
        moments = [(p, p.published_at.astimezone(KYIV)) for p in shown]
        check(line, [p for p, moment in moments if (moment.year, moment.month) == month])


def test_every_number_leads_to_as_many_problems(history):
    tables = [
        [list_all(count_problems(ProblemFilter()))],
        list_by_organisation(count_problems(ProblemFilter())),
        list_by_category(count_problems(ProblemFilter())),
        list_by_territory(count_problems(ProblemFilter(), history.districts)),
        list_by_month(count_problems(ProblemFilter())),
    ]
    for line in (line for table in tables for line in table):
        if line.query is None:
            continue
        assert len(follow(line.query)) == line.total
        assert len(follow(line.overdue_query)) == line.overdue
        for _state, count, query in line.list_states():
            assert len(follow(query)) == count


def test_a_filter_narrows_every_table(history):
    chosen = parse_filter(QueryDict("organisation=clean&from=2026-01-01"), NOBODY)
    problems = list(chosen.apply(list_public_problems()).select_related("category__parent"))
    check(list_all(count_problems(chosen)), problems)
    assert [line.title for line in list_by_organisation(count_problems(chosen))] == ["КП «clean»"]
    assert sum(line.total for line in list_by_month(count_problems(chosen))) == len(problems)
    for line in list_by_month(count_problems(chosen)) + list_by_category(count_problems(chosen)):
        assert len(follow(line.query)) == line.total


def test_a_month_cut_by_the_period_leads_to_its_days_only(make_problem):
    at = datetime(2026, 5, 10, 12, tzinfo=KYIV)
    make_problem(at=at)
    make_problem(at=at + timedelta(days=10))
    chosen = ProblemFilter(since=date(2026, 5, 5), until=date(2026, 5, 15))
    (line,) = list_by_month(count_problems(chosen))
    assert line.total == 1
    assert line.query == "from=2026-05-05&to=2026-05-15"


def test_nothing_published_gives_empty_tables(town):
    assert list_all(count_problems(ProblemFilter())).total == 0
    assert list_all(count_problems(ProblemFilter())).days_to_closing is None
    assert list_by_month(count_problems(ProblemFilter())) == []
    assert list_by_organisation(count_problems(ProblemFilter())) == []
