"""The town of the tests of problems, and letters that a step of a problem sends."""

import re
from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from lxml import html

from geoportal.messages.delivery import deliver_due
from geoportal.messages.models import Message
from geoportal.notifications.models import Event
from geoportal.notifications.telling import tell as tell_event
from geoportal.problems import services
from tests.geoportal.problems.conftest import (  # noqa: F401
    author,
    make_problem,
    make_report,
    moderator,
    standing_town,
    town,
)

Letters = dict[str, EmailMultiAlternatives]
Tell = Callable[..., Letters]
SITE = "https://town.example"
LINK = re.compile(r"https?://[^\s<>]+")


@pytest.fixture(autouse=True)
def address_of_the_portal(settings: Any) -> None:
    settings.SITE_URL = SITE


@pytest.fixture
def tell(django_capture_on_commit_callbacks: Any) -> Tell:
    """Do something with a problem; the letters that it sent, by address."""

    def do(verb: str | Callable[..., object], **given: Any) -> Letters:
        mail.outbox.clear()
        service = getattr(services, verb) if isinstance(verb, str) else verb
        with django_capture_on_commit_callbacks(execute=True):
            service(**given)
        addresses = [address for letter in mail.outbox for address in letter.to]
        assert len(addresses) == len(set(addresses)), "somebody got two letters"
        return {letter.to[0]: letter for letter in mail.outbox}  # type: ignore[misc]

    return do


@pytest.fixture
def work(town: Any) -> Callable[..., dict[str, Any]]:
    """Who acts in the name of an organisation."""

    def as_officer(slug: str = "clean") -> dict[str, Any]:
        return {"organisation": town.organisations[slug], "actor": town.officers[slug]}

    return as_officer


@pytest.fixture
def queued(settings: Any) -> None:
    """Jobs wait in the table of the queue, as on a server."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


def run_jobs() -> None:
    """What the worker would do now."""
    while job := DBTaskResult.objects.ready().first():
        job.delete()
        job.task.func(*job.args_kwargs["args"], **job.args_kwargs["kwargs"])


def post(**details: Any) -> None:
    """Letters of one event of problems are written and wait in the outbox."""
    event = Event.objects.create(subject="problems", details=details, due_at=timezone.now())
    assert tell_event(event.pk)


def send_all() -> dict[str, str]:
    """Subject and text of what goes of that which waits, by address."""
    mail.outbox.clear()
    deliver_due()
    return {letter.to[0]: f"{letter.subject}\n{letter.body}" for letter in mail.outbox}


def list_kinds() -> dict[str, str]:
    """Why each address is told."""
    return {each.address: each.payload["kind"] for each in Message.objects.exclude(topic="")}


def read_text(letter: EmailMultiAlternatives) -> str:
    return str(letter.body)


def read_html(letter: EmailMultiAlternatives) -> str:
    """What a person sees of the HTML part."""
    ((content, kind),) = letter.alternatives
    assert kind == "text/html"
    tree = html.fromstring(str(content))
    for style in tree.xpath("//style"):
        style.drop_tree()
    return " ".join(tree.text_content().split())


def list_links(letter: EmailMultiAlternatives) -> list[str]:
    """Addresses of the plain part; the HTML part has the same."""
    plain = LINK.findall(read_text(letter))
    ((content, _kind),) = letter.alternatives
    tree = html.fromstring(str(content))
    hrefs = [str(each) for each in tree.xpath("//a/@href")]
    assert set(plain) - set(map(str, tree.xpath("//img/@src"))) <= set(hrefs)
    return hrefs


def as_sent(letter: EmailMultiAlternatives) -> EmailMessage:
    """The message with its headers as a mail server gets it."""
    return letter.message()  # type: ignore[return-value]
