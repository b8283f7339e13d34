"""Another subject is a module and a line, and so is another channel."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core import mail

from geoportal.accounts.models import User
from geoportal.messages import delivery
from geoportal.messages.channels.channel import Send
from geoportal.messages.drafts import Addressee, Content, Payload
from geoportal.messages.models import Message
from geoportal.notifications import content, notices, telling
from geoportal.notifications.events import announce
from geoportal.notifications.links import Subscription, build_stop_url
from geoportal.notifications.models import Event
from geoportal.notifications.notices import Following, Notice, Written, register_subject
from geoportal.notifications.services import set_preference
from geoportal.notifications.subjects import SUBJECTS
from tests.geoportal.notifications.conftest import SITE, read_html, read_text
from tests.geoportal.problems.conftest import write_user


class Comments:
    """What a subject of comments would say."""

    slug = "comments"
    channels: tuple[str, ...] = ("mail",)
    following: Following | None = None
    is_hidden = False

    def __init__(self, reader: User) -> None:
        self.reader = reader

    def list_notices(self, details: Payload) -> Iterable[Notice]:
        yield Notice(
            email=self.reader.email, kind="answered", about=str(details["comment"]),
            user=self.reader, details={"comment": details["comment"]},
        )  # fmt: skip

    def write(self, notice: Notice) -> Written | None:
        if self.is_hidden:
            return None
        return Written(
            subject=f"Comment {notice.details['comment']}",
            content=content.Content(heading="You were answered", quote="<b>", quoted="Олена"),
            reason="You wrote a comment.",
            stops=(("Stop these letters", "https://town.example/stop/"),),
        )


class Pigeons:
    """A way of sending that is not mail."""

    slug = "pigeon"

    def __init__(self) -> None:
        self.flown: list[tuple[str, str]] = []

    def list_addresses(self, addressee: Addressee) -> list[str]:
        return [f"roof of {addressee.owner}"]

    @contextmanager
    def connect(self) -> Iterator[Send]:
        yield self.fly

    def fly(self, message: Message, content: Content) -> None:
        self.flown.append((message.address, content.subject))


@pytest.fixture
def comments(db: None, monkeypatch: Any) -> Comments:
    subject = Comments(write_user("reader", language="en"))
    monkeypatch.setattr(notices, "_subjects", dict(notices._subjects))
    register_subject(subject)
    return subject


@pytest.fixture
def pigeons(monkeypatch: Any) -> Pigeons:
    channel = Pigeons()
    channels = {**delivery.CHANNELS, channel.slug: channel}
    for module in (delivery, telling):
        monkeypatch.setattr(module, "CHANNELS", channels)
    return channel


@pytest.fixture
def say(comments: Comments, django_capture_on_commit_callbacks: Any) -> Any:
    def do() -> None:
        with django_capture_on_commit_callbacks(execute=True):
            announce("comments", {"comment": 7})

    return do


def test_problems_are_the_first_subject():
    assert [each.slug for each in SUBJECTS] == ["problems", "schedules"]
    assert set(notices._subjects) == {"problems", "schedules"}


def test_another_subject_brings_its_readers_and_its_words(say, comments):
    say()
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["reader@example.org"], "Comment 7")
    for text in (read_text(letter), read_html(letter)):
        assert "You were answered" in text
        assert "<b>" in text
        assert "You wrote a comment." in text
    assert letter.extra_headers["List-Unsubscribe"] == "<https://town.example/stop/>"
    assert Event.objects.get().told_at is not None


def test_its_letters_are_looked_at_again_when_they_go(say, comments):
    comments.is_hidden = True
    say()
    assert mail.outbox == []
    assert Message.objects.get().state == "withdrawn"


def test_who_wants_no_letters_by_then_gets_none_of_any_subject(say, comments):
    set_preference(user=comments.reader, wants_mail=False)
    say()
    assert mail.outbox == []


def test_another_channel_is_chosen_by_the_subject(say, comments, pigeons):
    comments.channels = ("mail", "pigeon")
    say()
    owner = f"user:{comments.reader.pk}"
    assert pigeons.flown == [(f"roof of {owner}", "Comment 7")]
    assert len(mail.outbox) == 1
    assert set(Message.objects.values_list("channel", "state")) == {
        ("mail", "sent"), ("pigeon", "sent"),
    }  # fmt: skip


class OneThread:
    """Who reads one thread of comments."""

    silent: set[tuple[int, int]]

    def __init__(self) -> None:
        self.silent = set()

    def name(self, number: int) -> str:
        return f"the thread {number}"

    def find_path(self, number: int) -> str:
        return f"/threads/{number}/"

    def is_wanted(self, user_id: int, number: int) -> bool:
        return (user_id, number) not in self.silent

    def set_wish(self, user_id: int, number: int, *, wants_mail: bool) -> None:
        (self.silent.discard if wants_mail else self.silent.add)((user_id, number))


def test_letters_about_one_thing_of_another_subject_are_stopped_by_their_link(comments, client):
    comments.following = OneThread()
    one = Subscription(comments.reader.pk, 7, "comments")
    path = build_stop_url(one).removeprefix(SITE)
    client.cookies["django_language"] = "en"
    assert "You get letters about the thread 7." in client.get(path).content.decode()
    page = client.post(path, {"wish": "stop"}).content.decode()
    assert "You get no letters about the thread 7." in page
    assert 'href="/threads/7/"' in page
    assert comments.following.silent == {(comments.reader.pk, 7)}


def test_a_link_of_a_subject_that_is_not_there_any_more_stops_nothing(db, client):
    path = build_stop_url(Subscription(1, 7, "weather")).removeprefix(SITE)
    assert client.get(path).status_code == 404
    reader = write_user("reader")
    path = build_stop_url(Subscription(reader.pk, 7, "weather")).removeprefix(SITE)
    assert client.post(path).status_code == 404
