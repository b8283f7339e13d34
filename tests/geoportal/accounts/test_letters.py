"""Letters of accounts leave by the outbox, before any news, and leave nothing behind."""

import pytest
from django.core import mail
from django.db import transaction
from django.utils import translation
from django_tasks_db.models import DBTaskResult

from geoportal.accounts.letters import build_html, post_letter, post_template, split_paragraphs
from geoportal.accounts.services import delete_account
from geoportal.messages.delivery import deliver_due
from geoportal.messages.models import Message

pytestmark = pytest.mark.django_db


@pytest.fixture
def queued(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


def write() -> Message:
    post_letter(to="olia@example.org", subject="Тема", text="Слово.\n\nhttp://a.example/1")
    return Message.objects.get()


def test_a_letter_is_sent_by_the_queue_not_by_the_page(queued):
    letter = write()
    assert mail.outbox == []
    (job,) = DBTaskResult.objects.all()
    assert job.task_path.endswith(".deliver_messages")
    assert letter.priority == Message.Priority.AWAITED
    deliver_due()
    assert mail.outbox[0].to == ["olia@example.org"]
    assert "http://a.example/1" in mail.outbox[0].body


def test_its_words_are_not_kept_when_it_has_gone():
    letter = write()
    assert (letter.state, letter.text, letter.html, letter.headers) == ("sent", "", "", {})


def test_what_was_undone_is_told_to_nobody(queued):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_nothing_is_kept_of_who_leaves_at_an_earlier_address_too(queued, resident):
    """Letters that went to an address which the person has changed since are theirs as well."""
    with translation.override("en"):
        post_template(
            to="earlier@example.org", template="account/email/email_changed", language="en",
            reader=resident,
        )  # fmt: skip
    post_letter(to=resident.email, subject="s", text="t")
    post_letter(to="other@example.org", subject="s", text="t")
    delete_account(resident)
    assert list(Message.objects.values_list("address", flat=True)) == ["other@example.org"]


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
    post_letter(to="a@example.org", subject="один\nBcc: b@example.org", text="x")
    assert mail.outbox[0].subject == "один Bcc: b@example.org"
    assert mail.outbox[0].recipients() == ["a@example.org"]
