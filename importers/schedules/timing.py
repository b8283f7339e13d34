"""When a schedule is due: by the calendar and the clock of the town."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from django.utils import timezone

from importers.models import Schedule

DAYS_LOOKED_AHEAD = 63
HOUR = timedelta(hours=1)
LONGEST_PAUSE = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Rhythm:
    """How often, and at which moment, in the zone of the town; `weekday`: 0 is Monday."""

    frequency: str
    at: time
    weekday: int = 0
    day: int = 1

    @classmethod
    def of(cls, schedule: Schedule) -> Self:
        return cls(
            frequency=schedule.frequency,
            at=schedule.at,
            weekday=schedule.weekday,
            day=schedule.day,
        )

    def find_next(self, after: datetime) -> datetime:
        """The first moment later than `after`. In the night when an hour is left out, what falls
        into it comes an hour later; when one comes twice, the first of them counts."""
        if self.frequency == Schedule.Frequency.HOURLY:
            moment = after.astimezone(UTC).replace(minute=self.at.minute, second=0, microsecond=0)
            return moment if moment > after else moment + HOUR
        zone = timezone.get_default_timezone()
        first = after.astimezone(zone).date()
        for days in range(DAYS_LOOKED_AHEAD):
            each = first + timedelta(days=days)
            moment = datetime.combine(each, self.at, zone).astimezone(UTC)
            if moment > after and self._falls_on(each):
                return moment
        raise ValueError(self.frequency)

    def _falls_on(self, each: date) -> bool:
        if self.frequency == Schedule.Frequency.WEEKLY:
            return each.weekday() == self.weekday
        if self.frequency == Schedule.Frequency.MONTHLY:
            _first, last = monthrange(each.year, each.month)
            return each.day == min(self.day, last)
        return True


def find_retry(rhythm: Rhythm, failures: int, now: datetime) -> datetime:
    """After so many failures in a row: ever later, at most by a week."""
    pause = min(HOUR * (2 ** min(failures - 1, 10) - 1), LONGEST_PAUSE)
    return rhythm.find_next(now + pause)
