"""Terms of each step: the last instants, month ends, summer time and pauses."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoportal.problems.categories.deadlines import (
    Terms,
    acceptance_due,
    archive_at,
    measure_pause,
    moderation_due,
    moderation_limit,
    shift_by_pause,
    solution_due,
)
from geoportal.problems.categories.working_days import KYIV, WorkingCalendar, kyiv_day
from tests.geoportal.problems.test_working_days import CALENDARS, MOMENTS, WAR, kyiv

TERMS = Terms()
MONTH = Terms(solution_days=None)
PAUSES = st.timedeltas(timedelta(0), timedelta(days=60))


def test_friday_evening_is_moderated_by_the_end_of_monday_and_at_most_of_tuesday():
    created = kyiv(2026, 11, 20, 17, 0)
    assert moderation_due(WAR, created, TERMS) == kyiv(2026, 11, 24)
    assert moderation_limit(WAR, kyiv(2026, 11, 24), TERMS) == kyiv(2026, 11, 25)


def test_the_limit_of_moderation_moves_with_its_term_and_is_never_before_it():
    assert moderation_limit(WAR, kyiv(2026, 11, 21), TERMS) == kyiv(2026, 11, 24)
    slow = Terms(moderation_working_days=5)
    due = moderation_due(WAR, kyiv(2026, 11, 16, 9, 0), slow)
    assert moderation_limit(WAR, due, slow) == due == kyiv(2026, 11, 24)


def test_acceptance_is_due_by_the_end_of_the_third_working_day():
    assert acceptance_due(WAR, kyiv(2026, 11, 20, 9, 0), TERMS) == kyiv(2026, 11, 26)
    assert acceptance_due(WAR, kyiv(2026, 11, 16, 9, 0), TERMS) == kyiv(2026, 11, 20)


def test_category_may_have_its_own_terms():
    quick = Terms(acceptance_working_days=1, solution_days=3)
    published = kyiv(2026, 11, 16, 9, 0)
    assert acceptance_due(WAR, published, quick) == kyiv(2026, 11, 18)
    assert solution_due(WAR, published, quick) == kyiv(2026, 11, 20)


def test_negative_term_is_refused():
    with pytest.raises(ValueError, match="negative"):
        Terms(acceptance_working_days=-1)


@pytest.mark.parametrize(
    ("published", "due"),
    [
        (kyiv(2026, 11, 16, 9, 0), kyiv(2026, 12, 17)),  # 30 days: Wednesday, 16 December
        (kyiv(2026, 11, 19, 9, 0), kyiv(2026, 12, 22)),  # Saturday moves to Monday
        (kyiv(2026, 11, 20, 9, 0), kyiv(2026, 12, 22)),  # Sunday too
    ],
)
def test_thirty_days_end_on_a_working_day(published, due):
    assert solution_due(WAR, published, TERMS) == due


@pytest.mark.parametrize(
    ("published", "due"),
    [
        (kyiv(2026, 11, 16, 9, 0), kyiv(2026, 12, 17)),
        (kyiv(2027, 1, 29, 9, 0), kyiv(2027, 3, 2)),  # 28 February 2027 is a Sunday
        (kyiv(2028, 1, 31, 9, 0), kyiv(2028, 3, 1)),  # 29 February 2028, a Tuesday
        (kyiv(2026, 12, 31, 23, 59), kyiv(2027, 2, 2)),  # 31 January 2027 is a Sunday
        (kyiv(2026, 8, 31, 0, 1), kyiv(2026, 10, 1)),  # 30 September, a Wednesday
    ],
)
def test_month_ends_on_the_same_day_of_the_next_one_or_on_its_last(published, due):
    assert solution_due(WAR, published, MONTH) == due


def test_holiday_moves_the_last_day_only_in_time_of_peace():
    published = kyiv(2026, 7, 25, 9, 0)
    # 24 August 2026 is a Monday.
    assert solution_due(WAR, published, TERMS) == kyiv(2026, 8, 25)
    assert solution_due(WorkingCalendar(), published, TERMS) == kyiv(2026, 8, 26)


# The archive


def test_reopening_is_open_through_the_25th_day_and_not_on_the_26th():
    archived = archive_at(kyiv(2026, 6, 1, 14, 5), TERMS.archive_days)
    assert archived == kyiv(2026, 6, 27)
    assert kyiv(2026, 6, 26, 23, 59, 59) < archived


@pytest.mark.parametrize(
    ("closed", "archived"),
    [
        # The day is Kyiv's: late evening in Greenwich is the next day already.
        (datetime(2026, 6, 1, 20, 59, tzinfo=UTC), kyiv(2026, 6, 27)),
        (datetime(2026, 6, 1, 21, 1, tzinfo=UTC), kyiv(2026, 6, 28)),
        # Summer time ends among the days.
        (kyiv(2026, 10, 10, 23, 59), kyiv(2026, 11, 5)),
        (kyiv(2026, 10, 10, 0, 1), kyiv(2026, 11, 5)),
    ],
)
def test_archive_counts_days_of_kyiv(closed, archived):
    assert archive_at(closed, 25) == archived


def test_other_number_of_days_is_a_setting():
    assert archive_at(kyiv(2026, 6, 1, 12, 0), 20) == kyiv(2026, 6, 22)


# Pauses


def test_pause_moves_the_deadline_by_its_whole_days_to_the_end_of_a_working_day():
    due = kyiv(2026, 11, 20)  # the end of Thursday
    asked = kyiv(2026, 11, 17, 10, 0)
    assert shift_by_pause(due, asked, asked + timedelta(days=1), WAR) == kyiv(2026, 11, 21)
    answered_later = asked + timedelta(days=1, hours=23)
    assert shift_by_pause(due, asked, answered_later, WAR) == kyiv(2026, 11, 21)
    # Two days end on Saturday, so on Monday.
    assert shift_by_pause(due, asked, asked + timedelta(days=2), WAR) == kyiv(2026, 11, 24)


def test_a_question_answered_within_a_day_moves_nothing():
    due = kyiv(2026, 11, 20)
    asked = kyiv(2026, 11, 17, 23, 59)
    for length in (timedelta(minutes=1), timedelta(hours=23, minutes=59)):
        assert shift_by_pause(due, asked, asked + length, WAR) == due


def test_pause_of_whole_days_is_whole_days_when_clocks_change():
    due = kyiv(2026, 10, 22)
    asked, answered = kyiv(2026, 10, 20, 10, 0), kyiv(2026, 10, 27, 10, 0)
    assert shift_by_pause(due, asked, answered, WAR) == kyiv(2026, 10, 29)


def test_pause_in_the_repeated_hour_has_its_real_length():
    asked = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 3:30 of summer time
    answered = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 3:10 of winter time
    assert measure_pause(asked, answered) == timedelta(minutes=40)


def test_what_was_late_before_the_pause_stays_late():
    due = kyiv(2026, 11, 20)
    assert shift_by_pause(due, due, due + timedelta(days=5), WAR) == due


def test_no_pause_no_move():
    due, asked = kyiv(2026, 11, 20), kyiv(2026, 11, 18, 10, 0)
    assert shift_by_pause(due, asked, asked, WAR) == due
    assert shift_by_pause(due, asked, asked - timedelta(hours=1), WAR) == due


@given(calendar=CALENDARS, created=MOMENTS, length=PAUSES, longer=PAUSES, start=PAUSES)
def test_longer_pauses_never_bring_an_earlier_deadline(calendar, created, length, longer, start):
    due = acceptance_due(calendar, created, TERMS)
    asked = created + start
    short = shift_by_pause(due, asked, asked + length, calendar)
    long = shift_by_pause(due, asked, asked + length + longer, calendar)
    assert due <= short <= long
    if asked >= due:
        assert long == due


@given(calendar=CALENDARS, moment=MOMENTS, terms=st.sampled_from([TERMS, MONTH]), length=PAUSES)
def test_every_deadline_is_the_end_of_a_working_day_in_kyiv(calendar, moment, terms, length):
    dues = [
        moderation_due(calendar, moment, terms),
        moderation_limit(calendar, moderation_due(calendar, moment, terms), terms),
        acceptance_due(calendar, moment, terms),
        solution_due(calendar, moment, terms),
    ]
    dues.append(shift_by_pause(dues[-1], moment, moment + length, calendar))
    for due in dues:
        local = due.astimezone(KYIV)
        assert (local.hour, local.minute, local.second, local.microsecond) == (0, 0, 0, 0)
        assert calendar.is_working_day(kyiv_day(due) - timedelta(days=1))
        assert due > moment
    assert dues[0] <= dues[1]


@given(moment=MOMENTS, days=st.integers(0, 60))
def test_archive_is_a_midnight_that_depends_on_the_day_only(moment, days):
    archived = archive_at(moment, days)
    assert archived.timetz().replace(tzinfo=None) == datetime.min.time()
    assert kyiv_day(archived) - kyiv_day(moment) == timedelta(days=days + 1)


def test_terms_say_what_the_rules_of_the_portal_say():
    assert Terms() == Terms(1, 2, 3, 30, 25)
