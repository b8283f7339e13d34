"""Letters wait for the commit and for the mail server, each by itself."""

import smtplib

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from geoportal.accounts.services import delete_account
from geoportal.notifications.models import Letter
from geoportal.notifications.tasks import PAUSES_S, send_letter, tell_change
from geoportal.problems import services
from geoportal.problems.signals import silence
from tests.geoportal.notifications.conftest import run_jobs

AUTHOR, CLEAN = "author@example.org", "clean-officer@example.org"


class DeafServer(EmailBackend):
    """Does not answer when the letter is for the author."""

    def send_messages(self, messages):
        if any(AUTHOR in message.to for message in messages):
            raise ConnectionRefusedError
        return super().send_messages(messages)


class RefusingServer(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({})


@pytest.fixture
def publication(make_problem):
    """Of a problem that nobody was told of yet."""
    return make_problem("open").history.get(action="publish")


def list_waiting() -> list[DBTaskResult[..., None]]:
    return list(DBTaskResult.objects.order_by("-enqueued_at"))


def test_one_job_is_put_down_with_the_change(make_problem, moderator, queued):
    """In its transaction: a crash after the commit loses no letter."""
    problem = make_problem("moderation")
    DBTaskResult.objects.all().delete()
    services.publish_problem(actor=moderator, number=problem.pk)
    (job,) = list_waiting()
    change = problem.history.get(action="publish")
    assert (job.task_path.rsplit(".", 1)[-1], job.args_kwargs["args"]) == (
        "tell_change", [change.pk],
    )  # fmt: skip
    assert mail.outbox == []


@pytest.mark.django_db(transaction=True)
def test_what_was_undone_is_told_to_nobody(make_problem, moderator, queued):
    problem = make_problem("moderation")
    DBTaskResult.objects.all().delete()
    with transaction.atomic():
        services.publish_problem(actor=moderator, number=problem.pk)
        transaction.set_rollback(True)
    assert list_waiting() == []


def test_history_that_is_written_down_in_silence_is_told_to_nobody(tell, make_problem, moderator):
    problem = make_problem("moderation")

    def publish() -> None:
        with silence():
            services.publish_problem(actor=moderator, number=problem.pk)

    assert tell(publish) == {}


def test_letter_that_fails_does_not_hold_the_others(publication, queued, settings):
    settings.EMAIL_BACKEND = f"{__name__}.DeafServer"
    tell_change.func(publication.pk)
    run_jobs()
    assert CLEAN in {letter.to[0] for letter in mail.outbox}
    assert AUTHOR not in {letter.to[0] for letter in mail.outbox}
    (job,) = list_waiting()
    assert job not in DBTaskResult.objects.ready()
    assert job.args_kwargs["args"] == [Letter.objects.get(recipient=AUTHOR).pk, 1]


def test_letter_that_failed_is_sent_once_when_the_server_answers(publication, queued, settings):
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.DeafServer"
    tell_change.func(publication.pk)
    run_jobs()
    settings.EMAIL_BACKEND = backend
    mail.outbox.clear()
    letter = Letter.objects.get(recipient=AUTHOR)
    for attempt in (1, 2):
        send_letter.func(letter.pk, attempt)
    assert [each.to for each in mail.outbox] == [[AUTHOR]]
    letter.refresh_from_db()
    assert letter.sent_at is not None


def test_attempts_end_some_day(publication, queued, settings):
    settings.EMAIL_BACKEND = f"{__name__}.DeafServer"
    letter = Letter.objects.create(
        change=publication, recipient=AUTHOR, kind="author", user=publication.problem.reporter
    )
    send_letter.func(letter.pk, len(PAUSES_S))
    assert list_waiting() == []
    letter.refresh_from_db()
    assert letter.sent_at is None


def test_refused_address_is_not_tried_again(publication, queued, settings):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingServer"
    tell_change.func(publication.pk)
    run_jobs()
    assert list_waiting() == []
    assert not Letter.objects.filter(sent_at__isnull=False).exists()


def test_letter_to_who_left_meanwhile_is_not_sent(publication, queued):
    tell_change.func(publication.pk)
    delete_account(publication.problem.reporter)
    run_jobs()
    assert {letter.to[0] for letter in mail.outbox} == {CLEAN, "council-officer@example.org"}


def test_failed_database_job_tells_nobody_twice(publication, queued):
    """The job may be run anew after a crash: addresses that have a letter get no other."""
    for _ in range(2):
        tell_change.func(publication.pk)
    run_jobs()
    addresses = [letter.to[0] for letter in mail.outbox]
    assert len(addresses) == len(set(addresses)) == Letter.objects.count()
