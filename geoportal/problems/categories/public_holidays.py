"""Holidays of article 73 of the Labour Code of Ukraine, as it stood in each year since 1999.

Easter and Trinity are those of the Julian paschalia, which all Orthodox churches of Ukraine keep.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Final

from dateutil.easter import EASTER_ORTHODOX, easter

TRINITY_AFTER_EASTER_DAYS: Final = 49
SATURDAY: Final = 5


@dataclass(frozen=True)
class FixedHoliday:
    """A day of the year that was a holiday in the years `since` to `until`, both included."""

    month: int
    day: int
    since: int = 1
    until: int = 9999


FIXED: Final = (
    FixedHoliday(1, 1),
    FixedHoliday(1, 7, until=2023),
    FixedHoliday(3, 8),
    FixedHoliday(5, 1),
    FixedHoliday(5, 2, until=2017),
    FixedHoliday(5, 8, since=2024),
    FixedHoliday(5, 9, until=2023),
    FixedHoliday(6, 28, since=1997),
    FixedHoliday(7, 15, since=2024),
    FixedHoliday(7, 28, since=2022, until=2023),
    FixedHoliday(8, 24, since=1992),
    FixedHoliday(10, 1, since=2023),
    FixedHoliday(10, 14, since=2015, until=2022),
    FixedHoliday(11, 7, until=1999),
    FixedHoliday(11, 8, until=1999),
    FixedHoliday(12, 25, since=2017),
)


@cache
def list_holidays(year: int) -> frozenset[date]:
    """Dates of article 73 in one year, wherever in the week they fall."""
    fixed = {
        date(year, holiday.month, holiday.day)
        for holiday in FIXED
        if holiday.since <= year <= holiday.until
    }
    sunday: date = easter(year, EASTER_ORTHODOX)
    return frozenset(fixed | {sunday, sunday + timedelta(days=TRINITY_AFTER_EASTER_DAYS)})


@cache
def find_transfers(year: int) -> Mapping[date, date]:
    """Days off that stand in for holidays at a weekend (article 67), each with its holiday.

    A holiday that falls on a Saturday or a Sunday moves to the next day that is neither at a
    weekend, nor a holiday, nor taken by an earlier one.
    """
    holidays = list_holidays(year)
    transfers: dict[date, date] = {}
    for holiday in sorted(day for day in holidays if day.weekday() >= SATURDAY):
        day = holiday + timedelta(days=1)
        while day.weekday() >= SATURDAY or day in holidays or day in transfers:
            day += timedelta(days=1)
        transfers[day] = holiday
    return transfers
