"""A problem's life as it will be told to the services: who does what when."""

import uuid
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from geoportal.demo.problems.sites import Site

NAMESPACE = uuid.UUID("6b0f3f5e-9d6b-5d0c-8f53-6b616c796e6f")
# Instead of the number of a resident: the accounts that are printed.
ACCOUNT, UNCONFIRMED = -1, -2


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


class Fate(StrEnum):
    """How a problem stands in the end; `late`: beyond its term."""

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
class Act:
    """One step. `role`: of the organisation that acts, by its assignment; `organisation`: a slug
    to give the problem to; `resident`: who joins; `into`: the ordinal of another problem.
    """

    at: datetime
    verb: Verb
    words: str = ""
    reason: str = ""
    role: str = ""
    organisation: str = ""
    planned_on: date | None = None
    rating: int | None = None
    is_confirmed: bool = True
    resident: int = 0
    into: int = 0
    picture: str = ""


@dataclass(frozen=True, kw_only=True)
class PlannedProblem:
    """One report and its acts in the order of time, the report first."""

    ordinal: int
    category: str
    scene: str
    title: str
    description: str
    answers: dict[str, object]
    site: Site
    author: int
    is_anonymous: bool
    source: str
    fate: Fate
    acts: tuple[Act, ...] = field(default_factory=tuple)

    @property
    def request_id(self) -> uuid.UUID:
        """The same in every run, so that a problem is never made twice."""
        return uuid.uuid5(NAMESPACE, f"problem/{self.ordinal}")

    @property
    def created_at(self) -> datetime:
        return self.acts[0].at
