"""Open or closed, and until when, by the community's clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opening_hours import validate

from layers.hours.state import find_open_state
from layers.hours.words import find_opening_hours

KYIV = ZoneInfo("Europe/Kyiv")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=KYIV)


# 23 November 2026 is a Monday.
CASES = (
    ("Пн-Пт 08:00-17:00", "2026-11-23T09:00", True, "2026-11-23T17:00"),
    ("Пн-Пт 08:00-17:00", "2026-11-23T17:00", False, "2026-11-24T08:00"),
    ("Пн-Пт 08:00-17:00", "2026-11-27T18:00", False, "2026-11-30T08:00"),
    ("Пн-Пт 8-17, обід 12-13", "2026-11-23T12:30", False, "2026-11-23T13:00"),
    ("щодня 18:00-02:00", "2026-11-24T01:59", True, "2026-11-24T02:00"),
    ("щодня 18:00-02:00", "2026-11-24T02:00", False, "2026-11-24T18:00"),
    ("Сб 20-04", "2026-11-29T03:00", True, "2026-11-29T04:00"),
    ("цілодобово", "2026-11-23T03:00", True, None),
    ("щодня 9-18, неділя вихідний", "2026-11-29T12:00", False, "2026-11-30T09:00"),
    # The night when clocks go back, and the one when they go forward.
    ("щодня 00:00-06:00", "2026-10-25T02:30", True, "2026-10-25T06:00"),
    ("щодня 08:00-20:00", "2026-03-29T02:00", False, "2026-03-29T08:00"),
    ("Mo-Fr 08:00-18:00; PH off", "2026-08-24T12:00", True, "2026-08-24T18:00"),
)


def test_state_and_its_next_change():
    for words, moment, is_open, change in CASES:
        found = find_open_state(words, at(moment))
        assert found is not None, words
        assert found.is_open is is_open, (words, moment)
        assert found.changes_at == (at(change) if change else None), (words, moment)


def test_the_clock_is_the_communitys_wherever_one_asks_from():
    moment = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)  # 08:30 in Kyiv
    found = find_open_state("Пн-Пт 08:00-17:00", moment)
    assert found is not None
    assert found.is_open


def test_holidays_are_working_days_unless_the_setting_names_a_country(settings):
    noon = at("2026-08-24T12:00")  # Independence Day, a Monday
    settings.HOLIDAYS_COUNTRY = "UA"
    found = find_open_state("Mo-Fr 08:00-18:00; PH off", noon)
    assert found is not None
    assert not found.is_open


@pytest.mark.parametrize("words", ["У години роботи закладу", "8:00-17:00", "08:00-20:00", "Mo-"])
def test_what_is_not_understood_has_no_state(words):
    assert find_open_state(words) is None


PARTS = ("пн", "-", "нд", "9", "18:00", ",", "обід", "вихідний", "щодня", "крім", "до", "(", ")",
         ";", "24/7", "і", "\n")  # fmt: skip


@given(st.lists(st.sampled_from(PARTS), max_size=12))
def test_any_mixture_of_words_is_read_or_left(parts):
    """What the words come to is always in OpenStreetMap's form."""
    found = find_opening_hours(" ".join(parts))
    assert found is None or validate(found)
