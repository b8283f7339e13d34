"""What every subject of notices can do, and what it hands over."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from geoportal.accounts.models import Organisation, User
from geoportal.messages.drafts import Payload
from geoportal.notifications.content import Content


@dataclass(frozen=True, kw_only=True)
class Notice:
    """One address, and why it is told; it is written when it goes, of what stands then.

    `about`: the address is told of it once, whatever the reasons. `details`: what the subject
    needs to find it again. `owner`: whose address it is, where that is neither a `user`.
    """

    email: str
    kind: str
    about: str
    user: User | None = None
    organisation: Organisation | None = None
    owner: str = ""
    details: Payload = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Written:
    """A notice in words. `reason`: why the reader gets it; `stops`: words and addresses of the ways
    to stop such letters, the narrowest first."""

    subject: str
    content: Content
    reason: str
    stops: tuple[tuple[str, str], ...] = ()


class Following(Protocol):
    """How letters about one thing of a subject are stopped, and come again."""

    def name(self, number: int) -> str:
        """«the problem No. 5», as the words after «letters about»."""

    def find_path(self, number: int) -> str:
        """Of its page."""

    def is_wanted(self, user_id: int, number: int) -> bool:
        """Letters about it come."""

    def set_wish(self, user_id: int, number: int, *, wants_mail: bool) -> None:
        """Nothing for who does not follow it."""


class Subject(Protocol):
    """Something that people are told of. `channels`: slugs of those that its notices go by.

    `following` is `None` where letters are stopped all together only.
    """

    slug: str
    channels: tuple[str, ...]
    following: Following | None

    def list_notices(self, details: Payload) -> Iterable[Notice]:
        """Whom an event of this subject concerns; in the transaction that posts to them."""

    def write(self, notice: Notice) -> Written | None:
        """In the active language; `None`: this reader should not be told any more."""


_subjects: dict[str, Subject] = {}


def register_subject(subject: Subject) -> None:
    _subjects[subject.slug] = subject


def get_subject(slug: str) -> Subject:
    """Raises `KeyError` for what is no subject."""
    return _subjects[slug]


def find_following(slug: str) -> Following | None:
    subject = _subjects.get(slug)
    return subject.following if subject is not None else None
