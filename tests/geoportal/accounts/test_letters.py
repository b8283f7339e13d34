"""Letters wait for the mail server, and for the commit of what they tell of."""

import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from geoportal.accounts.letters import build_html, post_letter, split_paragraphs
from geoportal.accounts.models import Letter
from geoportal.accounts.tasks import PAUSES_S, send_letter

pytestmark = pytest.mark.django_db


class SilentServer(EmailBackend):
    def send_messages(self, messages):
        raise ConnectionRefusedError


class RefusingServer(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({})


@pytest.fixture
def queued(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def write() -> Letter:
    return post_letter(to="olia@example.org", subject="Тема", text="Слово.\n\nhttp://a.example/1")


def test_a_letter_is_sent_by_the_queue_not_by_the_page(queued):
    letter = write()
    assert mail.outbox == []
    (job,) = DBTaskResult.objects.all()
    assert job.args_kwargs == {"args": [letter.pk], "kwargs": {}}
    send_letter.func(letter.pk)
    assert mail.outbox[0].to == ["olia@example.org"]
    assert not Letter.objects.exists()


def test_what_was_undone_is_told_to_nobody(queued):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Letter.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_a_server_that_does_not_answer_is_asked_again_later(queued, settings):
    settings.EMAIL_BACKEND = f"{__name__}.SilentServer"
    letter = write()
    send_letter.func(letter.pk)
    assert Letter.objects.exists()
    later = DBTaskResult.objects.order_by("-enqueued_at").first()
    assert later.args_kwargs["args"] == [letter.pk, 1]
    assert later.run_after is not None


def test_after_the_last_attempt_the_letter_is_given_up(queued, settings):
    settings.EMAIL_BACKEND = f"{__name__}.SilentServer"
    letter = write()
    send_letter.func(letter.pk, len(PAUSES_S))
    assert not Letter.objects.exists()


def test_a_refused_address_is_not_asked_again(queued, settings):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingServer"
    letter = write()
    send_letter.func(letter.pk)
    assert not Letter.objects.exists()
    assert DBTaskResult.objects.count() == 1


def test_sending_twice_sends_once(queued):
    letter = write()
    send_letter.func(letter.pk)
    send_letter.func(letter.pk)
    assert len(mail.outbox) == 1


def test_an_address_alone_on_its_line_is_a_link_in_html():
    parts = split_paragraphs("Слово.\n\nhttps://a.example/x?y=1&z=2\n\nДва\nрядки.")
    assert [(bool(part.link), part.text or part.link) for part in parts] == [
        (False, "Слово."),
        (True, "https://a.example/x?y=1&z=2"),
        (False, "Два\nрядки."),
    ]


def test_what_people_write_is_not_html_in_letters():
    html = build_html("<b>", "Добрий день, <script>alert(1)</script>!")
    assert "<script" not in html
    assert "&lt;script&gt;" in html


def test_a_subject_is_one_line():
    letter = Letter.objects.filter(
        pk=post_letter(to="a@example.org", subject="один\nBcc: b@example.org", text="x").pk
    )
    assert not letter.exists()
    assert mail.outbox[0].subject == "один Bcc: b@example.org"
    assert mail.outbox[0].recipients() == ["a@example.org"]
