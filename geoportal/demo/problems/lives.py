"""The acts of one problem, from its report to where it stands now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from geoportal.demo.problems.acts import Act, Fate, Verb
from geoportal.demo.problems.categories.every import BY_CODE
from geoportal.demo.problems.moments import awake, days, in_office
from geoportal.demo.problems.stories import phrases
from geoportal.demo.problems.stories.describing import Tale
from geoportal.demo.problems.stories.every import talk_about
from geoportal.problems.categories.deadlines import Terms
from geoportal.problems.workflow import Resolution, RoutingRole

REOPENING_DAYS = 20
MINUTE = timedelta(minutes=1)
EXECUTOR, CONTROLLER, REVIEWER = RoutingRole.EXECUTOR, RoutingRole.CONTROLLER, RoutingRole.REVIEWER


@dataclass(frozen=True)
class Pace:
    """Days from the report to each step; `solved` is from publication."""

    published: float
    accepted: float
    solved: float


def get_acceptance_days(code: str) -> int:
    """Working days of the category, or of the community."""
    return BY_CODE[code].acceptance_working_days or Terms().acceptance_working_days


def get_solution_days(code: str) -> int:
    return BY_CODE[code].solution_days or 30


class Life:
    """Acts one after another; none before the one it follows from, none in the future."""

    def __init__(self, tale: Tale, created_at: datetime, now: datetime, chance: Random) -> None:
        self.tale, self.talk = tale, talk_about(tale.code)
        self.now, self.chance = now, chance
        self.acts: list[Act] = []
        self.active: tuple[datetime, datetime] | None = None
        self._last = created_at
        self.ended = False

    def act(self, verb: Verb, at: datetime, **given: object) -> bool:
        """Adds an act unless it, or one before it, would be in the future; whether it did."""
        moment = max(at, self._last + MINUTE * self.chance.randint(2, 9))
        if self.ended or moment >= self.now:
            self.ended = True
            return False
        self.acts.append(Act(at=moment, verb=verb, **given))  # type: ignore[arg-type]
        self._last = moment
        return True

    def after(self, number: float) -> datetime:
        """Office time so many days after the last act."""
        return in_office(self._last + days(number), self.chance)

    def report(self, picture: str) -> None:
        self.acts.append(Act(at=self._last, verb=Verb.REPORT, picture=picture))

    def publish(self, published: float) -> bool:
        done = self.act(
            Verb.PUBLISH,
            self.after(published),
            words=self.chance.choice(phrases.PUBLISHED_WORDS),
        )
        if done:
            self.active = (self._last, self.now)
        return done

    def dispatch(self) -> None:
        """Somebody is found for what nobody answers for."""
        if slug := phrases.DISPATCHED.get(self.tale.code):
            self.act(Verb.ASSIGN, self.after(self.chance.uniform(0.1, 1.5)), organisation=slug)

    def accept(self, later: float, role: str = EXECUTOR) -> bool:
        words = {
            EXECUTOR: self.talk.accepted, CONTROLLER: phrases.CONTROL, REVIEWER: phrases.REVIEW,
        }[RoutingRole(role)]  # fmt: skip
        return self.act(Verb.ACCEPT, self.after(later), role=role, words=self.chance.choice(words))

    def ask(self, *, answered: bool) -> None:
        question, answer = self.chance.choice(self.talk.asked)
        if self.act(Verb.ASK, self.after(self.chance.uniform(0.1, 1)), words=question) and answered:
            self.act(
                Verb.ANSWER,
                awake(self._last + days(self.chance.uniform(0.05, 2)), self.chance),
                words=answer,
            )

    def note(self) -> None:
        self.act(
            Verb.NOTE, self.after(self.chance.uniform(0.1, 1)),
            words=self.chance.choice(self.talk.notes),
        )  # fmt: skip

    def forward(self) -> None:
        """To another organisation, which takes it."""
        group = BY_CODE[self.tale.code].parent
        if group in phrases.FORWARDS and self.tale.code not in phrases.DISPATCHED:
            slug, words = phrases.FORWARDS[group]
            at = self.after(self.chance.uniform(0.3, 1.5))
            if self.act(Verb.FORWARD, at, organisation=slug, words=words):
                self.accept(self.chance.uniform(0.3, 1.5))

    def announce(self, for_days: float) -> None:
        at = self.after(self.chance.uniform(0.5, 3))
        planned = (at + days(max(3.0, for_days))).date()
        self.act(Verb.ANNOUNCE, at, planned_on=planned, words=self.chance.choice(self.talk.planned))

    def close(self, later: float, *, solved: bool) -> bool:
        words = self.chance.choice(self.tale.solved if solved else self.tale.unsolved)
        with_picture = solved and self.tale.scene and self.chance.random() < 0.17
        done = self.act(
            Verb.CLOSE,
            self.after(later),
            words=f"{words} {self.chance.choice(phrases.THANKS)}".strip(),
            reason=Resolution.SOLVED if solved else Resolution.NOT_SOLVABLE,
            picture="after" if with_picture else "",
        )
        if done and self.active and self.active[1] == self.now:
            self.active = (self.active[0], self._last)
        return done

    def rate(self, *, solved: bool) -> None:
        weights = (5, 6, 14, 34, 41) if solved else (30, 30, 25, 10, 5)
        rating = self.chance.choices((1, 2, 3, 4, 5), weights)[0]
        self.act(
            Verb.RATE,
            awake(self._last + days(self.chance.uniform(0.2, 6)), self.chance),
            rating=rating,
            is_confirmed=rating > 1,
            words=self.chance.choice(phrases.RATINGS[rating]),
        )

    def reopen(self) -> bool:
        later = self.chance.uniform(0.5, REOPENING_DAYS / 2)
        return self.act(
            Verb.REOPEN,
            awake(self._last + days(later), self.chance),
            words=self.chance.choice(self.talk.reopened),
            picture=self.tale.scene if self.chance.random() < 0.4 else "",
        )


def choose_pace(fate: Fate, code: str, chance: Random) -> tuple[float, Pace]:
    """(days between the report and now, the pace that leads to this fate)."""
    acceptance, term = get_acceptance_days(code), get_solution_days(code)
    published = chance.uniform(0.03, 0.6)
    accepted = chance.uniform(0.1, 0.75) * acceptance
    solved = min(term * 2.0, 110.0, max(0.4, term * chance.lognormvariate(-0.9, 0.6)))
    match fate:
        case Fate.UNCONFIRMED:
            age = chance.uniform(0.3, 9)
        case Fate.MODERATION:
            age = chance.uniform(0.02, 0.8)
        case Fate.OPEN:
            age = published + chance.uniform(0.08, 0.8) * acceptance
        case Fate.OPEN_LATE:
            age = published + acceptance + chance.uniform(3.5, 16)
        case Fate.ACCEPTED:
            age = published + accepted + chance.uniform(0.1, 0.75) * min(term, 100)
        case Fate.ACCEPTED_LATE:
            age = published + min(term, 120) + chance.uniform(4, 22)
        case Fate.CLOSED:
            age = published + accepted + solved + chance.uniform(0.6, 22.5)
        case Fate.REJECTED:
            age = chance.uniform(2, 420)
        case Fate.ARCHIVED:
            # More and more people know the portal, so more is reported lately.
            age = 31 + 1.25 * solved + 640 * chance.random() ** 1.35
    return age, Pace(published, accepted, solved)
