"""When people act: offices on working days, residents from morning to night, Kyiv time."""

from datetime import datetime, timedelta
from random import Random

from geoportal.problems.categories.working_days import KYIV

OFFICE_FROM, OFFICE_TO = 8, 17
AWAKE_FROM, AWAKE_TO = 7, 23
SATURDAY = 5


def in_office(moment: datetime, chance: Random) -> datetime:
    """The moment itself when offices work, else some time after they open next."""
    local = moment.astimezone(KYIV)
    if local.weekday() < SATURDAY and OFFICE_FROM <= local.hour < OFFICE_TO:
        return local
    day = local if local.hour < OFFICE_FROM else local + timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return _at(day, OFFICE_FROM, chance, 440)


def awake(moment: datetime, chance: Random) -> datetime:
    """The moment itself by day, else the next morning or the evening before midnight."""
    local = moment.astimezone(KYIV)
    if AWAKE_FROM <= local.hour < AWAKE_TO:
        return local
    day = local + timedelta(days=1) if local.hour >= AWAKE_TO else local
    return _at(day, AWAKE_FROM, chance, 300)


def _at(day: datetime, hour: int, chance: Random, within_minutes: int) -> datetime:
    opened = day.replace(hour=hour, minute=0, second=0, microsecond=0)
    return opened + timedelta(
        minutes=chance.randint(3, within_minutes), seconds=chance.randint(0, 59)
    )


def days(number: float) -> timedelta:
    return timedelta(days=number)
