"""What packages above hand to the outbox, and what a channel gets to send."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from geoportal.messages.models import Message

Payload = Mapping[str, "str | int | list[int] | None"]


@dataclass(frozen=True, kw_only=True)
class Content:
    """A message as it is read: one line of subject, plain text, the same as HTML."""

    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A message to post: with its content, or with the topic that writes it when it goes.

    The other fields are columns of `models.Message`.
    """

    address: str
    channel: str = "mail"
    content: Content | None = None
    topic: str = ""
    payload: Payload = field(default_factory=dict)
    language: str = ""
    owner: str = ""
    key: str = ""
    priority: int = Message.Priority.NEWS
    not_before: datetime | None = None


@dataclass(frozen=True)
class Addressee:
    """Whom to reach: a channel finds its addresses by the e-mail or by the owner."""

    email: str
    owner: str = ""
