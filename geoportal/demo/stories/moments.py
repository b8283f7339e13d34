"""When stories happen, counted from the day of seeding, and always before it.

A file says days and hours as they would ideally be. What falls on a day off, or at night, moves
back to the nearest time when offices work or people are awake; what came before it moves back as
well, so that the order stays and every story has come to its end by the moment of seeding.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from geoportal.demo.stories.telling import OF_OFFICES, Act, Anchor, Story
from geoportal.problems.categories.working_days import KYIV, ONE_DAY, kyiv_day

OFFICE_FROM, OFFICE_TO = 8, 17
AWAKE_FROM, AWAKE_TO = 7, 23
JUST_NOW: Final = timedelta(minutes=20)
A_STEP: Final = timedelta(minutes=2)
# A closed problem is archived after 25 days; some more, for a reopening and days off.
ROOM_BEFORE_ARCHIVE_DAYS: Final = 32
IsWorked = Callable[[date], bool]


@dataclass(frozen=True)
class Told:
    """A step of a story with its moment."""

    at: datetime
    story: Story
    act: Act


def date_stories(stories: Iterable[Story], now: datetime, is_worked: IsWorked) -> list[Told]:
    """Every step of the stories that are told in this month, in the order of time."""
    today = kyiv_day(now)
    told = [story for story in stories if not story.months or today.month in story.months]
    days = find_days(told, today)
    steps = [
        step for story in told for step in _date_story(story, days[story.code], now, is_worked)
    ]
    return sorted(steps, key=lambda step: (step.at, step.story.code))


def find_days(stories: Sequence[Story], today: date) -> Mapping[str, date]:
    """The day of each report, by code. Raises `KeyError` for a neighbour that is not told."""
    days = {
        story.code: _find_day(story.anchor, story.acts[-1].after, today)
        for story in stories
        if not story.anchor.beside
    }
    beside = {
        story.code: days[story.anchor.beside] + timedelta(days=story.anchor.after)
        for story in stories
        if story.anchor.beside
    }
    return days | beside


def _find_day(anchor: Anchor, length_days: int, today: date) -> date:
    if anchor.on is None:
        return today - timedelta(days=anchor.days_ago or 0)
    last = today - timedelta(days=length_days + ROOM_BEFORE_ARCHIVE_DAYS)
    month, day = anchor.on
    year = last.year if (month, day) <= (last.month, last.day) else last.year - 1
    return date(year - anchor.years, month, day)


def _date_story(story: Story, day: date, now: datetime, is_worked: IsWorked) -> list[Told]:
    """From the last step to the first: none is later than it may be, or than what follows it."""
    found: list[Told] = []
    latest = now - JUST_NOW
    for act in reversed(story.acts):
        ideal = datetime.combine(day + timedelta(days=act.after), act.at, tzinfo=KYIV)
        moment = min(ideal, latest.astimezone(KYIV))
        at = _in_office(moment, is_worked) if act.verb in OF_OFFICES else _awake(moment)
        found.append(Told(at, story, act))
        latest = at - A_STEP
    return found


def _in_office(moment: datetime, is_worked: IsWorked) -> datetime:
    """The moment itself when offices work, else the last hour or the same one of a day before."""
    if is_worked(moment.date()) and OFFICE_FROM <= moment.hour < OFFICE_TO:
        return moment
    day = moment.date()
    if not is_worked(day) or moment.hour < OFFICE_FROM:
        day -= ONE_DAY
    while not is_worked(day):
        day -= ONE_DAY
    within = OFFICE_FROM <= moment.hour < OFFICE_TO
    return datetime.combine(
        day, moment.timetz().replace(hour=moment.hour if within else OFFICE_TO - 1)
    )


def _awake(moment: datetime) -> datetime:
    """The moment itself by day, else the last hour of the evening before."""
    if AWAKE_FROM <= moment.hour < AWAKE_TO:
        return moment
    day = moment.date() if moment.hour >= AWAKE_TO else moment.date() - ONE_DAY
    return datetime.combine(day, moment.timetz().replace(hour=AWAKE_TO - 1))
