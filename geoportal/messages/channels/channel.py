"""What every way of sending can do."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from geoportal.messages.drafts import Addressee, Content
from geoportal.messages.models import Message

# Gives one message away; raises `Refused`, `Postponed` or `Unavailable`.
Send = Callable[[Message, Content], None]


class Channel(Protocol):
    """`slug` stands in `Message.channel`."""

    slug: str

    def list_addresses(self, addressee: Addressee) -> list[str]:
        """Where this channel reaches somebody; empty when it does not."""

    def connect(self) -> AbstractContextManager[Send]:
        """Kept open for one turn of the worker."""
