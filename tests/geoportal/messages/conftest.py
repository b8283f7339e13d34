"""Messages that wait as on a server, and mail servers that behave in every way."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from geoportal.messages import topics
from geoportal.messages.drafts import Content, Draft
from geoportal.messages.models import Message
from geoportal.messages.services import post_messages

OLIA = "olia@example.org"
HELLO = Content(subject="Тема", text="Слово\n", html="<p>Слово</p>")
Post = Callable[..., Message]


class Server(EmailBackend):
    """Takes letters, unless `errors` has something for the address or `is_down`."""

    errors: dict[str, Exception] = {}
    is_down = False
    refuses: Exception | None = None
    opened = 0

    def open(self) -> bool:
        if Server.is_down:
            raise ConnectionRefusedError
        if Server.refuses is not None:
            raise Server.refuses
        Server.opened += 1
        return True

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            if error := Server.errors.get(message.to[0]):
                raise error
        return super().send_messages(messages)


@pytest.fixture(autouse=True)
def server(settings: Any) -> type[Server]:
    """Jobs wait in the table of the queue, and mail goes to the server of the test."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    settings.EMAIL_BACKEND = f"{__name__}.Server"
    Server.errors, Server.is_down, Server.refuses, Server.opened = {}, False, None, 0
    return Server


@pytest.fixture(autouse=True)
def own_topics() -> Iterator[None]:
    kept = dict(topics._writers)
    yield
    topics._writers.clear()
    topics._writers.update(kept)


@pytest.fixture
def post(db: None) -> Post:
    def put(address: str = OLIA, **given: Any) -> Message:
        if "topic" not in given:
            given.setdefault("content", HELLO)
        post_messages([Draft(address=address, **given)])
        return Message.objects.filter(address=address).latest("pk")

    return put


def list_sent() -> list[str]:
    return [letter.to[0] for letter in mail.outbox]
