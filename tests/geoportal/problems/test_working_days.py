"""Working days by the law, by hand and under martial law; counting in them by Kyiv's calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.problems.categories.public_holidays import find_transfers, list_holidays
from geoportal.problems.categories.working_days import KYIV, WorkingCalendar, end_of_day, kyiv_day
from tests.geoportal.problems.independent_holidays import SUSPENDED, WEEKDAYS_OFF

WAR_SINCE = date(2022, 3, 24)
PEACE = WorkingCalendar()
WAR = WorkingCalendar(martial_law=((WAR_SINCE, None),))

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
MOMENTS = st.datetimes(
    datetime(2020, 1, 1),  # noqa: DTZ001 - the strategy adds the zone
    datetime(2040, 12, 31),  # noqa: DTZ001
    timezones=st.sampled_from([KYIV, UTC]),
)
PERIODS = st.tuples(DAYS, st.none() | st.integers(0, 2000)).map(
    lambda given: (given[0], None if given[1] is None else given[0] + timedelta(days=given[1]))
)
CALENDARS = st.builds(
    WorkingCalendar,
    exceptions=st.dictionaries(DAYS, st.booleans(), max_size=20),
    martial_law=st.lists(PERIODS, max_size=2).map(tuple),
)


def kyiv(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=KYIV)  # type: ignore[misc]


# What the law says


def read_days(year: int, text: str) -> set[date]:
    return {date(year, int(day[:2]), int(day[2:])) for day in text.split()}


@pytest.mark.parametrize("year", WEEKDAYS_OFF)
def test_days_off_of_peace_are_those_of_an_independent_list(year):
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(366))
    weekdays = {day for day in days if day.year == year and day.weekday() < 5}
    free = {day for day in weekdays if not PEACE.is_working_day(day)}
    assert free == read_days(year, WEEKDAYS_OFF[year])


@pytest.mark.parametrize("year", SUSPENDED)
def test_suspended_holidays_are_those_of_an_independent_list(year):
    assert list_holidays(year) == read_days(year, SUSPENDED[year])


def test_holidays_of_2024_are_the_eleven_of_the_law():
    assert sorted(list_holidays(2024)) == [
        date(2024, month, day)
        for month, day in (
            (1, 1), (3, 8), (5, 1), (5, 5), (5, 8), (6, 23), (6, 28), (7, 15), (8, 24), (10, 1),
            (12, 25),
        )
    ]  # fmt: skip


def test_holiday_at_a_weekend_moves_to_the_next_working_day():
    # 24 August 2024 is a Saturday.
    assert not PEACE.is_working_day(date(2024, 8, 26))
    assert PEACE.is_working_day(date(2024, 8, 27))


def test_holidays_on_saturday_and_sunday_move_to_two_days():
    # 1 May 2021 is a Saturday, Easter the Sunday after it.
    assert sorted(day for day in find_transfers(2021) if day.month == 5) == [
        date(2021, 5, 3),
        date(2021, 5, 4),
        date(2021, 5, 10),
    ]


# Martial law


def test_independence_day_is_worked_under_martial_law():
    assert WAR.is_working_day(date(2026, 8, 24))
    assert not PEACE.is_working_day(date(2026, 8, 24))


def test_first_monday_of_2023_is_worked_because_nothing_is_transferred():
    assert WAR.is_working_day(date(2023, 1, 2))
    assert not PEACE.is_working_day(date(2023, 1, 2))


def test_day_moved_by_the_cabinet_is_an_exception():
    moved = {date(2022, 3, 7): False, date(2022, 3, 12): True}
    calendar = WorkingCalendar(exceptions=moved, martial_law=((WAR_SINCE, None),))
    assert not calendar.is_working_day(date(2022, 3, 7))
    assert not calendar.is_working_day(date(2022, 3, 8))
    assert calendar.is_working_day(date(2022, 3, 12))
    assert WAR.is_working_day(date(2022, 3, 7))


def test_weekends_stay_free_under_martial_law():
    assert not WAR.is_working_day(date(2026, 11, 21))
    assert not WAR.is_working_day(date(2026, 11, 22))


def test_holidays_return_on_the_day_after_the_last_day_of_martial_law():
    calendar = WorkingCalendar(martial_law=((WAR_SINCE, date(2027, 8, 23)),))
    assert calendar.is_working_day(date(2027, 6, 28))
    assert not calendar.is_working_day(date(2027, 8, 24))


def test_weekend_holiday_of_the_last_day_of_martial_law_is_not_transferred():
    # 24 August 2030 is a Saturday.
    ended = WorkingCalendar(martial_law=((WAR_SINCE, date(2030, 8, 24)),))
    day_before = WorkingCalendar(martial_law=((WAR_SINCE, date(2030, 8, 23)),))
    assert ended.is_working_day(date(2030, 8, 26))
    assert not day_before.is_working_day(date(2030, 8, 26))


# Exceptions


def test_exception_is_stronger_than_every_rule():
    calendar = WorkingCalendar(
        exceptions={date(2026, 11, 21): True, date(2026, 11, 24): False},
        martial_law=((WAR_SINCE, None),),
    )
    assert calendar.is_working_day(date(2026, 11, 21))
    assert not calendar.is_working_day(date(2026, 11, 24))


# Counting


@pytest.mark.parametrize(
    ("moment", "days", "overdue_from"),
    [
        (kyiv(2026, 11, 20, 17, 0), 1, kyiv(2026, 11, 24)),  # Friday: by the end of Monday
        (kyiv(2026, 11, 21, 12, 0), 1, kyiv(2026, 11, 24)),  # Saturday: the same
        (kyiv(2026, 11, 22, 23, 59), 1, kyiv(2026, 11, 24)),  # Sunday at night: the same
        (kyiv(2026, 11, 23, 0, 1), 1, kyiv(2026, 11, 25)),  # two minutes later: Tuesday
        (kyiv(2026, 11, 19, 23, 59), 1, kyiv(2026, 11, 21)),  # Thursday: by the end of Friday
        (kyiv(2026, 11, 20, 17, 0), 3, kyiv(2026, 11, 26)),
        (kyiv(2026, 11, 20, 17, 0), 0, kyiv(2026, 11, 21)),
        (kyiv(2026, 11, 21, 17, 0), 0, kyiv(2026, 11, 24)),
    ],
)
def test_days_are_counted_from_the_kyiv_day_of_the_moment(moment, days, overdue_from):
    assert WAR.add_working_days(moment, days) == overdue_from


def test_moment_of_another_zone_belongs_to_its_day_in_kyiv():
    # 22:30 of Thursday in Greenwich is half past midnight of Friday in Kyiv.
    moment = datetime(2026, 11, 19, 22, 30, tzinfo=UTC)
    assert WAR.add_working_days(moment, 1) == kyiv(2026, 11, 24)


@pytest.mark.parametrize(
    ("moment", "due_utc"),
    [
        # Summer time begins on Sunday, 29 March 2026, and ends on Sunday, 25 October 2026.
        (kyiv(2026, 3, 27, 12, 0), datetime(2026, 3, 30, 21, 0, tzinfo=UTC)),
        (kyiv(2026, 3, 26, 12, 0), datetime(2026, 3, 27, 22, 0, tzinfo=UTC)),
        (kyiv(2026, 10, 23, 12, 0), datetime(2026, 10, 26, 22, 0, tzinfo=UTC)),
        (kyiv(2026, 10, 22, 12, 0), datetime(2026, 10, 23, 21, 0, tzinfo=UTC)),
    ],
)
def test_day_ends_at_kyiv_midnight_in_summer_and_in_winter(moment, due_utc):
    assert WAR.add_working_days(moment, 1) == due_utc


def test_naive_moment_and_negative_count_are_refused():
    with pytest.raises(ValueError, match="time zone"):
        PEACE.add_working_days(datetime(2026, 11, 20), 1)  # noqa: DTZ001
    with pytest.raises(ValueError, match="forwards"):
        PEACE.add_working_days(kyiv(2026, 11, 20), -1)


@given(calendar=CALENDARS, moment=MOMENTS, days=st.integers(1, 30))
def test_count_is_the_inverse_of_adding(calendar, moment, days):
    due = calendar.add_working_days(moment, days)
    last = kyiv_day(due) - timedelta(days=1)
    assert calendar.is_working_day(last)
    assert due == end_of_day(last)
    assert calendar.count_working_days(kyiv_day(moment), last) == days


@given(calendar=CALENDARS, moment=MOMENTS, one=st.integers(0, 15), more=st.integers(0, 15))
def test_longer_terms_never_end_earlier(calendar, moment, one, more):
    assert calendar.add_working_days(moment, one) <= calendar.add_working_days(moment, one + more)
    assert moment < calendar.add_working_days(moment, one)


@given(calendar=CALENDARS, a=DAYS, b=DAYS, c=DAYS)
def test_counts_of_neighbouring_spans_add_up(calendar, a, b, c):
    first, middle, last = sorted((a, b, c))
    whole = calendar.count_working_days(first, last)
    parts = (calendar.count_working_days(first, middle), calendar.count_working_days(middle, last))
    assert whole == sum(parts)
    assert calendar.count_working_days(last, first) == 0


@given(calendar=CALENDARS, day=DAYS)
def test_next_working_day_skips_none(calendar, day):
    following = calendar.next_working_day(day)
    assert following > day
    assert calendar.is_working_day(following)
    assert calendar.count_working_days(day, following) == 1
    assert calendar.working_day_from(following) == following


# The version


def test_version_tells_calendars_apart_and_knows_no_order():
    days = {date(2026, 11, 21): True, date(2026, 11, 24): False}
    turned = dict(reversed(list(days.items())))
    assert WorkingCalendar(days).version == WorkingCalendar(turned).version
    others = [
        PEACE,
        WAR,
        WorkingCalendar(martial_law=((WAR_SINCE, date(2027, 1, 1)),)),
        WorkingCalendar(days),
        WorkingCalendar(days | {date(2026, 11, 24): True}),
    ]
    assert len({calendar.version for calendar in others}) == len(others)
    assert all(len(calendar.version) == 12 for calendar in others)
