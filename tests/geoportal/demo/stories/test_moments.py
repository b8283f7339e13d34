"""Whatever the day of seeding, stories have come to their ends, in order, in time and in season."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest

from geoportal.demo.stories.moments import A_STEP, JUST_NOW, Told, date_stories
from geoportal.demo.stories.telling import OF_OFFICES, Fate, Story, Verb
from geoportal.packs.extending import Pack
from geoportal.problems.categories.deadlines import (
    Terms,
    acceptance_due,
    archive_at,
    solution_due,
)
from geoportal.problems.categories.working_days import KYIV, WorkingCalendar
from tests.thoroughness import THOROUGH

AT_WAR = WorkingCalendar(martial_law=((date(2022, 3, 24), None),))
AT_PEACE = WorkingCalendar()
HOURS = (13.1, 6.5, 0.2, 9.4, 23.5)
EVERY_DAYS = 1 if THOROUGH else 37
DAYS = range(0, 730, EVERY_DAYS)
SNOW = {"road-snow": {10, 11, 12, 1, 2, 3, 4}, "green-grass": {4, 5, 6, 7, 8, 9, 10}}


def by_story(steps: list[Told]) -> dict[str, list[Told]]:
    found: dict[str, list[Told]] = {}
    for told in steps:
        found.setdefault(told.story.code, []).append(told)
    return found


def read_terms(pack: Pack) -> Mapping[str, Terms]:
    categories = pack.by_code("categories")

    def find(code: str, key: str) -> int | None:
        own = categories[code]
        above = categories.get(own.text("parent"))
        value = own.values.get(key, above.values.get(key) if above else None)
        return int(str(value)) if value is not None else None

    return {
        code: Terms(
            acceptance_working_days=find(code, "acceptance_working_days") or 3,
            solution_days=find(code, "solution_days"),
        )
        for code in categories
    }


def is_as_told(steps: list[Told], terms: Terms, now: datetime) -> bool:
    """The state of a problem is on the side of its deadline that its story says."""
    moments = {told.act.verb: told.at for told in steps}
    published = moments.get(Verb.PUBLISH, now)
    match steps[0].story.ends:
        case Fate.OPEN:
            return acceptance_due(AT_WAR, published, terms) > now
        case Fate.OPEN_LATE:
            return acceptance_due(AT_WAR, published, terms) <= now
        case Fate.ACCEPTED:
            return solution_due(AT_WAR, published, terms) > now
        case Fate.ACCEPTED_LATE:
            return solution_due(AT_WAR, published, terms) <= now
        case Fate.CLOSED if Verb.MERGE not in moments:
            return archive_at(moments[Verb.CLOSE], terms.archive_days) > now
        case Fate.ARCHIVED:
            return archive_at(moments[Verb.CLOSE], terms.archive_days) < now - timedelta(days=1)
    return True


@pytest.mark.parametrize("day", DAYS)
def test_on_every_day_of_seeding_stories_end_as_they_say(stories, pack, day):
    terms = read_terms(pack)
    hours = HOURS[day // EVERY_DAYS % len(HOURS)]
    now = datetime(2026, 1, 1, tzinfo=KYIV) + timedelta(days=day, hours=hours)
    told = by_story(date_stories(stories, now, AT_WAR.is_working_day))
    assert 400 <= len(told) <= 430
    assert {steps[0].story.ends for steps in told.values()} == set(Fate)
    for code, steps in told.items():
        assert [told.act for told in steps] == list(steps[0].story.acts), code
        for first, second in pairwise(steps):
            assert second.at - first.at >= A_STEP, code
        assert steps[-1].at <= now - JUST_NOW, code
        assert is_as_told(steps, terms[steps[0].story.category], now), code
        if joined := [each for each in steps if each.act.verb == Verb.MERGE]:
            target = told[joined[0].act.into]
            ends = [each.at for each in target if each.act.verb == Verb.CLOSE] or [now]
            published = next(each.at for each in target if each.act.verb == Verb.PUBLISH)
            assert published < joined[0].at < ends[0], code


@pytest.mark.parametrize("calendar", [AT_WAR, AT_PEACE], ids=["war", "peace"])
def test_offices_act_when_they_work_and_people_when_they_are_awake(stories, calendar):
    now = datetime(2027, 1, 3, 3, tzinfo=KYIV)
    for told in date_stories(stories, now, calendar.is_working_day):
        if told.act.verb in OF_OFFICES:
            assert calendar.is_working_day(told.at.date())
            assert 8 <= told.at.hour < 17, told
        else:
            assert 7 <= told.at.hour < 23, told


def test_moments_are_the_same_for_the_same_day_and_in_order(stories):
    now = datetime(2026, 11, 20, 13, 5, tzinfo=UTC)
    steps = date_stories(stories, now, AT_WAR.is_working_day)
    assert steps == date_stories(list(reversed(stories)), now, AT_WAR.is_working_day)
    assert [told.at for told in steps] == sorted(told.at for told in steps)


def test_snow_falls_in_winter_and_grass_grows_in_summer_whenever_the_town_is_seeded(stories):
    for month in range(1, 13):
        now = datetime(2026, month, 15, 12, tzinfo=KYIV)
        for told in date_stories(stories, now, AT_WAR.is_working_day):
            story: Story = told.story
            if told.act.verb == Verb.REPORT and story.category in SNOW:
                assert told.at.month in SNOW[story.category] or story.ends == Fate.REJECTED, story
