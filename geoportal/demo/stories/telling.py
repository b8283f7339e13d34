"""A problem's story as its file tells it: who does what, so many days after the report."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Final

NAMESPACE: Final = uuid.UUID("6b0f3f5e-9d6b-5d0c-8f53-6b616c796e6f")


class Verb(StrEnum):
    """Services of `geoportal.problems`, in short."""

    REPORT = "report"
    ASK_REPORTER = "ask_reporter"
    PUBLISH = "publish"
    REJECT = "reject"
    RESTORE = "restore"
    MERGE = "merge"
    ASSIGN = "assign"
    ACCEPT = "accept"
    ASK = "ask"
    ANSWER = "answer"
    FORWARD = "forward"
    ANNOUNCE = "announce"
    NOTE = "note"
    CLOSE = "close"
    RATE = "rate"
    REOPEN = "reopen"
    JOIN = "join"


# What offices do, on working days in their hours; everything else residents do.
OF_OFFICES: Final = frozenset(Verb) - {
    Verb.REPORT, Verb.ANSWER, Verb.RATE, Verb.REOPEN, Verb.JOIN,
}  # fmt: skip


class Fate(StrEnum):
    """How a problem stands on the day of seeding; `late`: beyond its term."""

    UNCONFIRMED = "unconfirmed"
    MODERATION = "moderation"
    REJECTED = "rejected"
    OPEN = "open"
    OPEN_LATE = "open_late"
    ACCEPTED = "accepted"
    ACCEPTED_LATE = "accepted_late"
    CLOSED = "closed"
    ARCHIVED = "archived"


@dataclass(frozen=True, kw_only=True)
class Anchor:
    """The day of the report: one of three.

    `days_ago` counts back from the day of seeding. `on` is a day of the year (month, day), taken
    the last time when the whole story has room before the archive, or `years` earlier: what comes
    with a season keeps to it. `beside` names another story, `after`: so many days later than it.
    """

    days_ago: int | None = None
    on: tuple[int, int] | None = None
    years: int = 0
    beside: str = ""
    after: int = 0


@dataclass(frozen=True, kw_only=True)
class Act:
    """One step, `after` so many days since the day of the report, `at` by Kyiv's clock.

    `role`: of the organisation that accepts, by its assignment; `organisation`: a slug to give the
    problem to; `person`: who joins; `into`: the code of another story; `planned_after`: the
    promised day, in days since this step; `photo`: the name of a picture.
    """

    verb: Verb
    after: int
    at: time
    words: str = ""
    reason: str = ""
    role: str = ""
    organisation: str = ""
    planned_after: int | None = None
    rating: int | None = None
    person: str = ""
    into: str = ""
    photo: str = ""


@dataclass(frozen=True, kw_only=True)
class Caller:
    """Who rang the hotline."""

    name: str
    phone: str


@dataclass(frozen=True, kw_only=True)
class Story:
    """One report, in degrees (WGS 84), and its acts in the order of time, the report first.

    `months`: told only when the town is seeded in one of them; empty: always. Of `answers`, a text
    like «45 min before» is a moment before the report.
    """

    code: str
    ends: Fate
    category: str
    title: str
    text: str
    lon: float
    lat: float
    address: str
    person: str
    is_anonymous: bool
    source: str
    caller: Caller | None
    months: tuple[int, ...]
    answers: Mapping[str, object]
    anchor: Anchor
    acts: tuple[Act, ...]

    @property
    def request_id(self) -> uuid.UUID:
        """The same at every seeding, so that a problem is never made twice."""
        return uuid.uuid5(NAMESPACE, f"story/{self.code}")
