"""Which story happens, and where: by season and category, no two alike."""

from collections import Counter
from dataclasses import dataclass
from random import Random

import shapely

from geoportal.demo.problems.finding import build_finder, share_town_and_villages
from geoportal.demo.problems.sites import TITLE_MAX_LENGTH, Site
from geoportal.demo.problems.stories.describing import Story, Tale
from geoportal.demo.problems.stories.every import TALES
from geoportal.demo.problems.stories.phrases import TAILS
from geoportal.demo.town.territories import build_territories

VILLAGE_SHARE = 0.22
TRIES = 60
NEAR_BORDER_M = 13.5
# Their executors differ from precinct to precinct.
BY_PRECINCTS = ("safety-noise", "safety-vandalism", "animals-walking", "transport-parking")


@dataclass(frozen=True)
class Chosen:
    """A story at its place, its words filled in."""

    tale: Tale
    story: Story
    site: Site
    title: str
    description: str


class Chooser:
    """Remembers what was told and where."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._sites: dict[str, list[Site]] = {}
        self._told: Counter[int] = Counter()
        self._titles: set[str] = set()
        self._texts: set[str] = set()
        self._by_code = {tale.code: tale for tale in TALES}

    def choose(self, month: int, *, near_border: bool = False) -> Chosen:
        """A story of the month, by a border while such places are left.

        Raises `LookupError` when every place is taken.
        """
        pool = [tale for tale in TALES if not near_border or tale.code in BY_PRECINCTS]
        for _ in range(TRIES):
            tale = self._chance.choices(pool, [_weigh(tale, month) for tale in pool])[0]
            chosen = self._tell(tale, month, near_border=near_border)
            if chosen is not None:
                return chosen
        if near_border:
            return self.choose(month)
        raise LookupError("no story is left for this month")

    def choose_about(self, code: str, title: str, text: str) -> Chosen:
        """Words of one's own about a category, at a place where such things happen."""
        tale = self._by_code[code]
        site = self._take(tale.sites[0])
        story = Story(title=title, text=text, answers=tale.stories[0].answers)
        return Chosen(tale, story, site, title.format(**site.slots()), text)

    def choose_again(self, chosen: Chosen) -> Chosen | None:
        """The same thing seen by another: another story of the tale at the same place."""
        slots = chosen.site.slots()
        for story in chosen.tale.stories:
            fits = chosen.site.kind in (story.sites or chosen.tale.sites)
            title = story.title.format(**slots)
            if fits and story is not chosen.story and title not in self._titles:
                self._titles.add(title)
                return Chosen(chosen.tale, story, chosen.site, title, self._describe(story, slots))
        return None

    def _tell(self, tale: Tale, month: int, *, near_border: bool) -> Chosen | None:
        fitting = [story for story in tale.stories if month in (story.months or tale.months)]
        if not fitting:
            return None
        least = min(self._told[id(story)] for story in fitting)
        story = self._chance.choice([s for s in fitting if self._told[id(s)] == least])
        kind = self._chance.choice(story.sites or tale.sites)
        try:
            site = self._take_at_border(kind) if near_border else self._take(kind)
        except LookupError:
            return None
        title = story.title.format(**site.slots())
        if title in self._titles or len(title) > TITLE_MAX_LENGTH:
            return None
        self._told[id(story)] += 1
        self._titles.add(title)
        return Chosen(tale, story, site, title, self._describe(story, site.slots()))

    def _describe(self, story: Story, slots: dict[str, str]) -> str:
        """The text, with an ending where it needs one to differ from all others."""
        text = story.text.format(**slots)
        tails = ["", *self._chance.sample(TAILS, len(TAILS))]
        for tail in tails:
            whole = f"{text} {tail}".strip()
            if whole not in self._texts:
                self._texts.add(whole)
                return whole
        return text

    def _take(self, kind: str) -> Site:
        if kind not in self._sites:
            found = share_town_and_villages(build_finder().find(kind), VILLAGE_SHARE)
            self._sites[kind] = list(reversed(found))
        return _pop(self._sites[kind])

    def _take_at_border(self, kind: str) -> Site:
        """A place of this kind by a border between precincts."""
        name = f"border/{kind}"
        if name not in self._sites:
            areas = build_territories()
            outer = areas.boundary.boundary.buffer(50)
            lines = [area.boundary.difference(outer) for area in areas.police.values()]
            borders = shapely.union_all(lines)
            shapely.prepare(borders)
            self._sites[name] = [
                site
                for site in build_finder().find(kind)
                if borders.dwithin(site.point, NEAR_BORDER_M)
            ]
        return _pop(self._sites[name])


def _weigh(tale: Tale, month: int) -> float:
    """What happens in a few months of the year happens more often in them."""
    return tale.weight * min(3.0, 12 / len(tale.months)) if month in tale.months else 0.1


def _pop(sites: list[Site]) -> Site:
    if not sites:
        raise LookupError("every place of this kind is taken")
    return sites.pop()
