"""After closing: opened again or rated, until the archive."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from geoportal.core.errors import Conflict, InvalidInput
from geoportal.problems import services
from geoportal.problems.forms.abilities import list_abilities
from geoportal.problems.models import Problem
from tests.geoportal.problems.test_life import find_feature

KYIV = ZoneInfo("Europe/Kyiv")
CLOSED_AT = datetime(2026, 6, 1, 23, 30, tzinfo=KYIV)


def close_at(make_problem, town, moment: datetime) -> Problem:
    problem = make_problem("accepted", at=moment - timedelta(days=3))
    return services.close_problem(
        actor=town.officers["clean"],
        organisation=town.organisations["clean"],
        number=problem.pk,
        resolution="solved",
        words="Вивезли.",
        at=moment,
    )


def test_reopening_works_to_the_last_minute_of_day_25(make_problem, town, author):
    problem = close_at(make_problem, town, CLOSED_AT)
    last = datetime(2026, 6, 26, 23, 59, 59, tzinfo=KYIV)
    services.reopen_problem(actor=author, number=problem.pk, words="Знову.", at=last)
    problem.refresh_from_db()
    assert (problem.state, problem.reopened, problem.closed_at) == ("open", 1, None)
    assert not problem.assignments.filter(accepted_at__isnull=False).exists()
    assert find_feature(problem).properties["status"] == "open"


def test_reopening_is_refused_on_day_26(make_problem, town, author):
    problem = close_at(make_problem, town, CLOSED_AT)
    first = datetime(2026, 6, 27, tzinfo=KYIV)
    with pytest.raises(Conflict):
        services.reopen_problem(actor=author, number=problem.pk, words="Знову.", at=first)
    assert services.archive_due(at=first - timedelta(seconds=1)) == 0
    assert services.archive_due(at=first) == 1


def test_reopening_needs_words(make_problem, author):
    problem = make_problem("closed")
    with pytest.raises(InvalidInput) as refused:
        services.reopen_problem(actor=author, number=problem.pk, words=" ")
    assert set(refused.value.extra["errors"]) == {"words"}


def test_a_result_is_rated_until_the_archive(make_problem, town, author):
    problem = close_at(make_problem, town, CLOSED_AT)
    rate = {"actor": author, "number": problem.pk, "rating": 5}
    assert problem.archive_at is not None
    services.rate_result(**rate, at=problem.archive_at - timedelta(seconds=1))
    with pytest.raises(Conflict):
        services.rate_result(**rate, at=problem.archive_at)
    assert not list_abilities(author, problem, problem.archive_at).may_rate
