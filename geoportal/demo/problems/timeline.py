"""Some two years of problems, told as acts; the same in every run for the same moment."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from geoportal.demo.problems.acts import ACCOUNT, UNCONFIRMED, Act, Fate, PlannedProblem, Verb
from geoportal.demo.problems.categories.every import BY_CODE
from geoportal.demo.problems.choosing import Chooser, Chosen
from geoportal.demo.problems.course import live
from geoportal.demo.problems.lives import Life, Pace, choose_pace
from geoportal.demo.problems.moments import awake, days
from geoportal.demo.problems.people import RESIDENTS
from geoportal.demo.problems.stories import phrases
from geoportal.demo.town.randomness import stream
from geoportal.problems.models import Problem

COUNT = 400
DUPLICATES = 8
NEAR_BORDER = 14
SHARES: dict[Fate, int] = {
    Fate.UNCONFIRMED: 4, Fate.MODERATION: 8, Fate.REJECTED: len(phrases.REFUSED), Fate.OPEN: 30,
    Fate.OPEN_LATE: 15, Fate.ACCEPTED: 58, Fate.ACCEPTED_LATE: 14, Fate.CLOSED: 52,
}  # fmt: skip
SEASON = {1: 1.6, 2: 1.3, 3: 1.6, 4: 1.4, 5: 1.1, 7: 0.9, 8: 0.8, 9: 0.8, 10: 0.8, 12: 1.5}
BUSY_MAX = 1.6
RETRIES = 40
REPORTS_WITH_PICTURE = 0.34
MOST_VOICES = 30
JUST_NOW = timedelta(minutes=20)
USUAL = "road-sidewalk"
# What must have happened for a fate to be reached.
REACHED = {
    Fate.REJECTED: Verb.REJECT, Fate.OPEN: Verb.PUBLISH, Fate.OPEN_LATE: Verb.PUBLISH,
    Fate.ACCEPTED: Verb.ACCEPT, Fate.ACCEPTED_LATE: Verb.ACCEPT, Fate.CLOSED: Verb.CLOSE,
    Fate.ARCHIVED: Verb.CLOSE,
}  # fmt: skip
# Fates of which the printed account of a resident has one each.
OF_THE_ACCOUNT = (Fate.MODERATION, Fate.REJECTED, Fate.OPEN, Fate.ACCEPTED, Fate.CLOSED,
                  Fate.ARCHIVED)  # fmt: skip


def plan_problems(now: datetime, count: int = COUNT) -> list[PlannedProblem]:
    """The problems in the order in which they were reported; fewer of each fate for fewer."""
    planner = _Planner(now)
    fates = _list_fates(count)
    planned = [planner.plan(fate, index) for index, fate in enumerate(fates)]
    planned += planner.plan_duplicates(planned, round(DUPLICATES * count / COUNT))
    return sorted(planned, key=lambda each: (each.created_at, each.ordinal))


def list_acts(planned: list[PlannedProblem]) -> list[tuple[PlannedProblem, Act]]:
    """Everything that happened, as it happened."""
    acts = [(problem, act) for problem in planned for act in problem.acts]
    return sorted(acts, key=lambda pair: (pair[1].at, pair[0].ordinal))


def _list_fates(count: int) -> list[Fate]:
    fates = [
        fate for fate, share in SHARES.items() for _ in range(max(1, round(share * count / COUNT)))
    ]
    archived = count - len(fates) - round(DUPLICATES * count / COUNT)
    return fates + [Fate.ARCHIVED] * max(1, archived)


class _Planner:
    """Plans one problem after another from one stream of chance."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.chance = stream("problems")
        self.chooser = Chooser(self.chance)
        self.of_fate: dict[Fate, int] = {}
        self.borders = 0
        self.chosen: dict[int, Chosen] = {}
        self.active: dict[int, tuple[datetime, datetime]] = {}
        self.ordinal = 0

    def plan(self, fate: Fate, index: int) -> PlannedProblem:
        number = self.of_fate[fate] = self.of_fate.get(fate, 0) + 1
        refused = None
        if fate == Fate.REJECTED:
            refused = phrases.REFUSED[(number - 1) % len(phrases.REFUSED)]
            chosen = self.chooser.choose_about(refused.category, refused.title, refused.text)
            age, pace = choose_pace(fate, chosen.tale.code, self.chance)
        else:
            chosen, age, pace = self._choose(fate, index)
        if fate == Fate.MODERATION and number == 2:  # one that the moderators forgot
            age = 5.0
        author, source = self._choose_author(fate, number)
        has_author = source != Problem.Source.CALL
        picture = chosen.tale.scene if self.chance.random() < REPORTS_WITH_PICTURE else ""
        for _ in range(RETRIES):
            created_at = min(awake(self.now - days(age), self.chance), self.now - JUST_NOW)
            life = Life(chosen.tale, created_at, self.now, self.chance)
            life.report(picture)
            if refused is not None:
                at = life.after(pace.published)
                life.act(Verb.REJECT, at, reason=refused.reason, words=refused.words)
            elif fate not in (Fate.UNCONFIRMED, Fate.MODERATION):
                live(life, fate, pace, number, has_author=has_author)
            if REACHED.get(fate, Verb.REPORT) in {act.verb for act in life.acts}:
                break
            age += 0.5  # offices were closed: it was reported earlier
        return self._finish(chosen, life, fate, author, source)

    def _choose(self, fate: Fate, index: int) -> tuple[Chosen, float, Pace]:
        """A story that fits the day on which it must have been reported, days ago; its pace."""
        near_border = fate in (Fate.MODERATION, Fate.OPEN, Fate.ACCEPTED, Fate.ARCHIVED)
        near_border = near_border and self.borders < NEAR_BORDER and index % 7 == 3
        self.borders += near_border
        for _ in range(RETRIES):
            month = self.now.month
            if fate == Fate.ARCHIVED:
                age, _pace = choose_pace(fate, USUAL, self.chance)
                month = (self.now - days(age)).month
                if self.chance.random() > SEASON.get(month, 1.0) / BUSY_MAX:
                    continue
            chosen = self.chooser.choose(month, near_border=near_border)
            months = chosen.story.months or chosen.tale.months
            for _ in range(RETRIES):
                age, pace = choose_pace(fate, chosen.tale.code, self.chance)
                reported = (self.now - days(age)).month
                if reported in months and (fate != Fate.ARCHIVED or reported == month):
                    return chosen, age, pace
        raise LookupError("no story fits")

    def _choose_author(self, fate: Fate, number: int) -> tuple[int, str]:
        if fate == Fate.UNCONFIRMED:
            return UNCONFIRMED - (number - 1) % 3, Problem.Source.WEB
        if fate in OF_THE_ACCOUNT and number == 1:
            return ACCOUNT, Problem.Source.WEB
        active = int(self.chance.expovariate(1 / 11)) % len(RESIDENTS)
        kind = self.chance.random()
        source = Problem.Source.CALL if kind < 0.08 else Problem.Source.WEB
        return active, Problem.Source.OPEN311 if kind > 0.95 else source

    def _finish(
        self, chosen: Chosen, life: Life, fate: Fate, author: int, source: str
    ) -> PlannedProblem:
        self.ordinal += 1
        ordinal = self.ordinal
        if life.active and BY_CODE[chosen.tale.code].is_public:
            self.chosen[ordinal], self.active[ordinal] = chosen, life.active
            life.acts += self._list_voices(life.active, author)
        return PlannedProblem(
            ordinal=ordinal,
            category=chosen.tale.code,
            scene=chosen.tale.scene,
            title=chosen.title,
            description=chosen.description,
            answers=_complete(chosen, life.acts[0].at, self.chance),
            site=chosen.site,
            author=author,
            is_anonymous=self.chance.random() < 0.7,
            source=source,
            fate=fate,
            acts=tuple(sorted(life.acts, key=lambda act: act.at)),
        )

    def _list_voices(self, active: tuple[datetime, datetime], author: int) -> Iterator[Act]:
        """Most problems have none, a few have dozens."""
        start, end = active
        count = min(int(self.chance.paretovariate(1.55)) - 1, MOST_VOICES)
        others = [number for number in range(len(RESIDENTS)) if number != author]
        for resident in self.chance.sample(others, count):
            at = awake(start + (end - start) * self.chance.random() ** 1.6, self.chance)
            if start < at < end - timedelta(minutes=5):
                yield Act(at=at, verb=Verb.JOIN, resident=resident)

    def plan_duplicates(self, planned: list[PlannedProblem], count: int) -> list[PlannedProblem]:
        """The same things reported again by others, and joined by the moderator."""
        found: list[PlannedProblem] = []
        for target in self.chance.sample(planned, len(planned)):
            if len(found) >= count:
                break
            chosen, active = self.chosen.get(target.ordinal), self.active.get(target.ordinal)
            if chosen is None or active is None or active[1] - active[0] < days(7):
                continue
            if made := self._plan_duplicate(target, chosen, active, published=len(found) % 2 == 1):
                found.append(made)
        return found

    def _plan_duplicate(
        self,
        target: PlannedProblem,
        chosen: Chosen,
        active: tuple[datetime, datetime],
        *,
        published: bool,
    ) -> PlannedProblem | None:
        created_at = awake(active[0] + days(self.chance.uniform(0.2, 2)), self.chance)
        again = self.chooser.choose_again(chosen)
        if again is None:
            return None
        author = (target.author + 5) % len(RESIDENTS)
        life = Life(again.tale, created_at, active[1], self.chance)
        life.report("")
        if published:
            life.publish(0.2)
            life.active = None
        words = "Це те саме, про що вже повідомили; приєднуємо, щоб відповідь отримали всі."
        if not life.act(Verb.MERGE, life.after(0.4), into=target.ordinal, words=words):
            return None
        fate = Fate.CLOSED if published else Fate.REJECTED
        return self._finish(again, life, fate, author, Problem.Source.WEB)


def _complete(chosen: Chosen, reported_at: datetime, chance: Random) -> dict[str, object]:
    """Answers of the story, and the hour where one is asked for."""
    answers: dict[str, object] = {
        code: list(value) if not isinstance(value, str) else value
        for code, value in chosen.story.answers.items()
    }
    asked = {question.code for question in BY_CODE[chosen.tale.code].questions}
    if "seen_at" in asked:
        seen = reported_at - timedelta(minutes=chance.randint(15, 600))
        answers["seen_at"] = seen.replace(second=0, microsecond=0).isoformat()
    return answers
