"""Two years of problems: plausible, varied, and the same in every run."""

from collections import Counter
from datetime import UTC, datetime

import pytest
import shapely

from geoportal.demo.problems.acts import Fate, Verb
from geoportal.demo.problems.stories.every import TALES
from geoportal.demo.problems.timeline import list_acts, plan_problems
from geoportal.demo.town.territories import build_territories
from geoportal.problems.categories.working_days import KYIV

NOW = datetime(2026, 11, 20, 13, 5, tzinfo=UTC)
OFFICE = {Verb.PUBLISH, Verb.REJECT, Verb.ACCEPT, Verb.ASK, Verb.CLOSE, Verb.FORWARD, Verb.MERGE}


@pytest.fixture(scope="module")
def planned():
    return plan_problems(NOW)


def test_about_four_hundred_problems_of_two_years_end_in_every_way(planned):
    fates = Counter(problem.fate for problem in planned)
    assert 380 <= len(planned) <= 410
    assert set(fates) == set(Fate)
    assert fates[Fate.ARCHIVED] >= 150
    assert fates[Fate.UNCONFIRMED] == 4
    assert fates[Fate.MODERATION] == 8
    assert (NOW - planned[0].created_at).days > 500
    joined = [act for problem in planned for act in problem.acts if act.verb == Verb.MERGE]
    assert len(joined) == 8


def test_no_two_are_alike(planned):
    assert len({problem.title for problem in planned}) == len(planned)
    assert len({problem.description for problem in planned}) == len(planned)
    assert len({problem.request_id for problem in planned}) == len(planned)


def test_the_plan_is_the_same_for_the_same_moment(planned):
    assert plan_problems(NOW) == planned


def test_acts_of_a_problem_follow_one_another_and_none_is_in_the_future(planned):
    for problem in planned:
        moments = [act.at for act in problem.acts]
        assert moments == sorted(moments)
        assert problem.acts[0].verb == Verb.REPORT
        assert moments[-1] < NOW
    assert list_acts(planned) == sorted(list_acts(planned), key=lambda pair: pair[1].at)


def test_offices_act_on_working_days_in_working_hours(planned):
    for _, act in list_acts(planned):
        local = act.at.astimezone(KYIV)
        if act.verb in OFFICE:
            assert local.weekday() < 5
            assert 8 <= local.hour < 18, act


def test_snow_falls_in_winter_and_grass_grows_in_summer(planned):
    months = {tale.code: tale.months for tale in TALES}
    strange = [
        problem
        for problem in planned
        if problem.fate not in (Fate.REJECTED, Fate.CLOSED)
        and problem.created_at.astimezone(KYIV).month not in months[problem.category]
    ]
    # A problem may be reported a few days before the month that was chosen for it.
    assert len(strange) <= 8


def test_places_are_in_the_community_and_some_are_near_a_border(planned):
    areas = build_territories()
    assert all(areas.boundary.covers(problem.site.point) for problem in planned)
    precincts = shapely.union_all([area.boundary for area in areas.police.values()])
    near = [problem for problem in planned if precincts.distance(problem.site.point) < 15]
    assert len(near) >= 12
    villages = [problem for problem in planned if not problem.site.in_town]
    assert 0.1 < len(villages) / len(planned) < 0.4


def test_few_problems_have_many_voices(planned):
    voices = sorted(sum(act.verb == Verb.JOIN for act in problem.acts) for problem in planned)
    assert voices[len(voices) // 2] == 0
    assert voices[-1] >= 15


def test_a_smaller_plan_has_every_fate_too():
    fates = {problem.fate for problem in plan_problems(NOW, 40)}
    assert fates == set(Fate)
