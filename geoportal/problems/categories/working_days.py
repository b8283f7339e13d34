"""Which days are worked in the community, and counting in them by Kyiv's calendar.

A working day is Monday to Friday and no holiday. Under martial law articles 67 and 73 of the Labour
Code do not apply (law 2136-IX, article 6): holidays are worked and nothing is transferred. A date
that the administrators have put down by hand is what they say, before every other rule.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from geoportal.problems.categories.public_holidays import SATURDAY, find_transfers, list_holidays

KYIV: Final = ZoneInfo("Europe/Kyiv")
ONE_DAY: Final = timedelta(days=1)
# Grows when the rules of this module or the table of holidays change.
RULES: Final = 1


def kyiv_day(moment: datetime) -> date:
    """The calendar day of an aware moment in Kyiv."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone belongs to no day of Kyiv")
    return moment.astimezone(KYIV).date()


def start_of_day(day: date) -> datetime:
    """Kyiv's midnight at the start of a day; clocks change at 3:00, so there is exactly one."""
    return datetime.combine(day, time.min, tzinfo=KYIV)


def end_of_day(day: date) -> datetime:
    """The first instant after a day: what is due by its end is overdue from here on."""
    return start_of_day(day + ONE_DAY)


@dataclass(frozen=True)
class WorkingCalendar:
    """`exceptions`: whether a date is worked; `martial_law`: first and last days, `None` for now.

    A period begins with the first day on which article 6 of law 2136-IX holds: 24 March 2022.
    """

    exceptions: Mapping[date, bool] = field(default_factory=dict)
    martial_law: tuple[tuple[date, date | None], ...] = ()

    def is_working_day(self, day: date) -> bool:
        if day in self.exceptions:
            return self.exceptions[day]
        if day.weekday() >= SATURDAY:
            return False
        return self.is_under_martial_law(day) or not self._is_holiday(day)

    def is_under_martial_law(self, day: date) -> bool:
        return any(
            first <= day and (last is None or day <= last) for first, last in self.martial_law
        )

    def _is_holiday(self, day: date) -> bool:
        """A weekday of article 73, or one that stands in for a holiday of the time of peace."""
        if day in list_holidays(day.year):
            return True
        holiday = find_transfers(day.year).get(day)
        return holiday is not None and not self.is_under_martial_law(holiday)

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return self.working_day_from(day + ONE_DAY)

    def working_day_from(self, day: date) -> date:
        """`day` itself when it is worked, else the first working day after it."""
        while not self.is_working_day(day):
            day += ONE_DAY
        return day

    def add_working_days(self, moment: datetime, days: int) -> datetime:
        """The end of the `days`-th working day after the Kyiv day of an aware moment.

        Answers the midnight after that day in Kyiv's time. The hour of the moment is of no
        matter. 0 days: by the end of the same day, or of the next working one.
        """
        if days < 0:
            raise ValueError("days are counted forwards")
        day = kyiv_day(moment)
        if days == 0:
            return end_of_day(self.working_day_from(day))
        for _ in range(days):
            day = self.next_working_day(day)
        return end_of_day(day)

    def count_working_days(self, after: date, until: date) -> int:
        """Working days later than `after` up to and including `until`; 0 when it is not later."""
        days = (until - after).days
        return sum(self.is_working_day(after + number * ONE_DAY) for number in range(1, days + 1))

    @cached_property
    def version(self) -> str:
        """Twelve hexadecimal digits of the content: stored beside a deadline that it has set."""
        exceptions = sorted(f"{day}={worked:d}" for day, worked in self.exceptions.items())
        periods = sorted(f"{first}/{last or ''}" for first, last in self.martial_law)
        content = "\n".join((str(RULES), *exceptions, "", *periods))
        return hashlib.sha256(content.encode()).hexdigest()[:12]
