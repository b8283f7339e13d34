"""Who writes messages when they go: packages above register here, the outbox calls them back."""

from collections.abc import Callable

from geoportal.messages.drafts import Content
from geoportal.messages.models import Message

# In the language that is active; `None`: by now this address should not be told.
Writer = Callable[[Message], Content | None]
_writers: dict[str, Writer] = {}


def register_topic(topic: str, writer: Writer) -> None:
    """Called by `ready` of an application."""
    _writers[topic] = writer


def write_content(message: Message) -> Content | None:
    """What goes now. Raises `KeyError` for a topic that nobody has registered."""
    if message.topic:
        return _writers[message.topic](message)
    return Content(
        subject=message.subject,
        text=message.text,
        html=message.html,
        headers=message.headers,
    )
