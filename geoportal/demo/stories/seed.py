"""The stories of the invented community, lived through once."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.utils import timezone, translation

from geoportal.accounts.models import Organisation
from geoportal.demo.stories.moments import date_stories
from geoportal.demo.stories.people import read_people, write_people
from geoportal.demo.stories.photos import Album
from geoportal.demo.stories.play import Player
from geoportal.demo.stories.reading import read_stories
from geoportal.demo.stories.telling import Fate, Story
from geoportal.problems.categories.terms import one_calendar
from geoportal.problems.history.projection import deferred_projection
from geoportal.problems.models import Problem
from geoportal.problems.signals import silence


def seed_stories(folder: Path, *, count: int | None = None, now: datetime | None = None) -> int:
    """Live all stories of the folder, or about `count` of them, up to now; how many there were.

    The community and the demo accounts stand by then. Where one of its problems stands already,
    none is written again. All or nothing; nobody gets a letter.
    """
    now = now or timezone.now()
    stories = choose_stories(read_stories(folder / "problems"), count)
    ids = [story.request_id for story in stories]
    if Problem.objects.filter(client_request_id__in=ids).exists():
        return 0
    people = write_people(read_people(folder / "people.toml"))
    organisations = {each.slug: each for each in Organisation.objects.all()}
    player = Player(people, organisations, Album(folder / "photos"))
    with (
        one_calendar() as calendar,
        silence(),
        translation.override("uk"),
        deferred_projection(),
        _whole(),
    ):
        steps = date_stories(stories, now, calendar.is_working_day)
        player.play(steps, now)
    return len({told.story.code for told in steps})


def choose_stories(stories: Sequence[Story], count: int | None) -> list[Story]:
    """The first ones of every end, in the proportion of all, none without its neighbour."""
    if count is None or count >= len(stories):
        return list(stories)
    by_end: dict[Fate, list[Story]] = defaultdict(list)
    for story in stories:
        if not story.anchor.beside:
            by_end[story.ends].append(story)
    chosen = [
        story
        for told in by_end.values()
        for story in told[: max(1, round(len(told) * count / len(stories)))]
    ]
    codes = {story.code for story in chosen}
    return [story for story in stories if story.code in codes or story.anchor.beside in codes]


@contextmanager
def _whole() -> Iterator[None]:
    """Without points to return to: a quarter of all statements, and nothing is kept by halves."""
    connection.features.uses_savepoints = False
    try:
        yield
    finally:
        del connection.features.uses_savepoints
