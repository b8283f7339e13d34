"""What is told of a change waits for the commit and for the mail server, and no crash loses it."""

import smtplib
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from geoportal.accounts.services import delete_account
from geoportal.messages.models import Message
from geoportal.messages.retry import MOST_ATTEMPTS
from geoportal.notifications.events import PATIENCE, purge_events, tell_leftovers
from geoportal.notifications.models import Event
from geoportal.notifications.subjects.problems.subject import ProblemSubject
from geoportal.notifications.telling import tell
from geoportal.problems import services
from geoportal.problems.management.commands import watch_deadlines
from geoportal.problems.signals import silence
from tests.geoportal.notifications.conftest import post, run_jobs, send_all
from tests.geoportal.problems.conftest import write_user

AUTHOR, CLEAN = "author@example.org", "clean-officer@example.org"


class DeafServer(EmailBackend):
    """Does not answer when the letter is for the author."""

    def send_messages(self, messages):
        if any(AUTHOR in message.to for message in messages):
            raise ConnectionRefusedError
        return super().send_messages(messages)


class RefusingServer(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPRecipientsRefused({AUTHOR: (550, b"no such user")})


@pytest.fixture
def publication(make_problem):
    """Of a problem that nobody was told of yet."""
    return make_problem("open").history.get(action="publish")


@pytest.fixture
def event(make_problem, moderator, queued):
    """Written down with the publication; its job is lost."""
    problem = make_problem("moderation")
    Event.objects.all().delete()
    services.publish_problem(actor=moderator, number=problem.pk)
    DBTaskResult.objects.all().delete()
    return Event.objects.get()


def list_waiting() -> list[DBTaskResult[..., None]]:
    return list(DBTaskResult.objects.order_by("-enqueued_at"))


def after(pause: timedelta) -> time_machine.travel:
    return time_machine.travel(timezone.now() + pause, tick=False)


def test_an_event_and_its_job_are_put_down_with_the_change(make_problem, moderator, queued):
    """In its transaction: a crash after the commit loses no letter."""
    problem = make_problem("moderation")
    DBTaskResult.objects.all().delete()
    Event.objects.all().delete()
    services.publish_problem(actor=moderator, number=problem.pk)
    (job,), event = list_waiting(), Event.objects.get()
    change = problem.history.get(action="publish")
    assert (event.subject, event.details) == ("problems", {"change": change.pk})
    assert (job.task_path.rsplit(".", 1)[-1], job.args_kwargs["args"]) == ("tell_event", [event.pk])
    assert mail.outbox == []


def test_new_borders_put_their_event_down_with_the_moves(make_problem, town, queued):
    """Nothing waits for the commit, after which a crash would lose it."""
    problem = make_problem("open")
    Event.objects.all().delete()
    rule = town.organisations["clean"].responsibilities.get()
    rule.organisation = town.organisations["roads"]
    rule.save()
    services.reassign_problems()
    change = problem.history.get(action="reroute")
    assert Event.objects.get().details == {"rerouted": [change.pk]}


@pytest.mark.django_db(transaction=True)
def test_what_was_undone_is_told_to_nobody(make_problem, moderator, queued):
    problem = make_problem("moderation")
    DBTaskResult.objects.all().delete()
    Event.objects.all().delete()
    with transaction.atomic():
        services.publish_problem(actor=moderator, number=problem.pk)
        transaction.set_rollback(True)
    assert list_waiting() == []
    assert not Event.objects.exists()


def test_history_that_is_written_down_in_silence_is_told_to_nobody(tell, make_problem, moderator):
    problem = make_problem("moderation")

    def publish() -> None:
        with silence():
            services.publish_problem(actor=moderator, number=problem.pk)

    assert tell(publish) == {}


def test_letter_that_fails_does_not_hold_the_others(publication, queued, settings):
    settings.EMAIL_BACKEND = f"{__name__}.DeafServer"
    post(change=publication.pk)
    run_jobs()
    assert CLEAN in {letter.to[0] for letter in mail.outbox}
    waiting = Message.objects.get(state="queued")
    assert (waiting.address, waiting.attempts) == (AUTHOR, 1)
    assert waiting.due_at > timezone.now()


def test_letter_that_failed_is_sent_once_when_the_server_answers(publication, queued, settings):
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = f"{__name__}.DeafServer"
    post(change=publication.pk)
    run_jobs()
    settings.EMAIL_BACKEND = backend
    with after(timedelta(minutes=2)):
        assert set(send_all()) == {AUTHOR}
        assert send_all() == {}
    assert Message.objects.get(address=AUTHOR).state == "sent"


def test_refused_address_is_not_tried_again(publication, queued, settings):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingServer"
    post(change=publication.pk)
    run_jobs()
    assert set(Message.objects.values_list("state", flat=True)) == {"failed"}


def test_letter_to_who_left_meanwhile_is_not_sent(publication, queued):
    post(change=publication.pk)
    delete_account(publication.problem.reporter)
    assert set(send_all()) == {CLEAN, "council-officer@example.org"}


def test_who_was_told_is_not_told_twice_by_another_event(publication, queued):
    for _ in range(2):
        post(change=publication.pk)
    run_jobs()
    addresses = [letter.to[0] for letter in mail.outbox]
    assert len(addresses) == len(set(addresses)) == Message.objects.count()


def test_twenty_followers_cost_as_many_statements_as_one(make_problem, queued, work):
    problem = make_problem("accepted")
    spent = []
    for number in (1, 19):
        for n in range(number):
            services.follow_problem(actor=write_user(f"f{number}-{n}"), number=problem.pk)
        promise = timezone.localdate() + timedelta(days=40 + number)
        services.announce_date(
            **work(), number=problem.pk, planned_on=promise, words="Чекаємо на матеріали."
        )
        event = Event.objects.latest("pk")
        with CaptureQueriesContext(connection) as statements:
            tell(event.pk)
        spent.append(len(statements))
    assert Message.objects.filter(payload__kind="follower").count() == 1 + 20
    assert spent[0] == spent[1]


def test_an_event_whose_job_is_lost_is_told_by_the_clock(event):
    assert tell_leftovers() == 0, "the job still has its time"
    with after(PATIENCE):
        done = watch_deadlines.watch()
        assert (done["told"], tell_leftovers()) == (1, 0)
        assert AUTHOR in send_all()


def test_a_job_that_comes_late_tells_nobody_twice(event):
    assert (tell(event.pk), tell(event.pk)) == (True, False)


def test_an_event_that_fails_halfway_has_told_nobody_and_is_told_later(event, monkeypatch):
    whole = ProblemSubject.list_notices

    def fail_halfway(subject, details):
        notices = iter(whole(subject, details))
        yield next(notices)
        raise KeyError("a fault of ours")

    monkeypatch.setattr(ProblemSubject, "list_notices", fail_halfway)
    with after(PATIENCE):
        assert tell_leftovers() == 0
        assert not Message.objects.exists()
        monkeypatch.undo()
        assert tell_leftovers() == 0, "not at once"
    with after(PATIENCE + timedelta(minutes=1)):
        assert tell_leftovers() == 1
    assert Message.objects.filter(address=AUTHOR).exists()


def test_an_event_that_never_can_be_told_stays_to_be_seen(event, monkeypatch):
    def fail(subject, details):
        raise KeyError("a fault of ours")

    monkeypatch.setattr(ProblemSubject, "list_notices", fail)
    Event.objects.update(attempts=MOST_ATTEMPTS - 1)
    with after(PATIENCE):
        assert tell_leftovers() == 0
    event.refresh_from_db()
    assert (event.told_at, event.due_at) == (None, None)


def test_a_database_that_fails_is_told_to_the_clock(event, monkeypatch):
    def fail(subject, details):
        raise DatabaseError

    monkeypatch.setattr(ProblemSubject, "list_notices", fail)
    with after(PATIENCE), pytest.raises(DatabaseError):
        tell_leftovers()


def test_events_are_kept_as_long_as_what_was_sent(event, settings):
    tell(event.pk)
    with after(timedelta(days=settings.MESSAGE_DAYS - 1)):
        assert purge_events() == 0
    with after(timedelta(days=settings.MESSAGE_DAYS, minutes=1)):
        assert purge_events() == 1


@pytest.mark.django_db(transaction=True)
def test_an_event_that_another_process_tells_at_this_moment_is_passed_over(event):
    from concurrent.futures import ThreadPoolExecutor

    def tell_elsewhere() -> bool:
        try:
            return tell(event.pk)
        finally:
            connection.close()

    with transaction.atomic():
        Event.objects.select_for_update().get(pk=event.pk)
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(tell_elsewhere).result(timeout=20) is False
    assert tell(event.pk) is True
