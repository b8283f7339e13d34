"""What is due goes; what cannot go now goes later; what never can is seen."""

import smtplib
from datetime import timedelta
from functools import partial

import pytest
import time_machine
from django.core import mail
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone, translation
from django_tasks_db.models import DBTaskResult

from geoportal.messages import delivery, tasks
from geoportal.messages.channels.mail import LETTERS_PER_CONNECTION
from geoportal.messages.delivery import deliver_due
from geoportal.messages.drafts import Content, Draft
from geoportal.messages.leasing import LEASE, lease_message
from geoportal.messages.models import Message
from geoportal.messages.retry import MOST_ATTEMPTS, find_pause
from geoportal.messages.services import post_messages
from geoportal.messages.tasks import deliver_messages
from geoportal.messages.topics import register_topic
from tests.geoportal.messages.conftest import HELLO, OLIA, list_sent

pytestmark = pytest.mark.django_db
IVAN = "ivan@example.org"


def after(**pause: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**pause), tick=False)


def test_a_message_goes_as_it_was_written(post, settings):
    settings.DEFAULT_FROM_EMAIL = "Місто <misto@town.example>"
    message = post()
    assert deliver_due().sent == 1
    (letter,) = mail.outbox
    assert (letter.subject, letter.body, letter.from_email) == (
        "Тема", "Слово\n", "Місто <misto@town.example>",
    )  # fmt: skip
    assert [tuple(each) for each in letter.alternatives] == [("<p>Слово</p>", "text/html")]
    headers = letter.message()
    assert headers["Message-ID"] == f"<{message.uid}@town.example>"
    assert headers["Auto-Submitted"] == "auto-generated"
    message.refresh_from_db()
    assert (message.state, message.text, message.html) == ("sent", "", "")
    assert deliver_due().sent == 0


def test_posting_puts_down_one_job_for_all(db):
    post_messages(Draft(address=f"{n}@example.org", content=HELLO) for n in range(5))
    (job,) = DBTaskResult.objects.all()
    deliver_messages.func(*job.args_kwargs["args"])
    assert len(list_sent()) == 5


def test_nothing_posted_is_no_job(db):
    assert post_messages([]) == 0
    assert not DBTaskResult.objects.exists()


def test_any_number_is_posted_by_one_statement(db, django_assert_num_queries):
    drafts = [Draft(address=f"{n}@example.org", key="problems:1", topic="t") for n in range(500)]
    with django_assert_num_queries(4):  # a savepoint, the messages, the job
        assert post_messages(drafts) == 500
    assert post_messages(drafts[:5]) == 0
    assert DBTaskResult.objects.count() == 1
    assert len(set(Message.objects.values_list("uid", flat=True))) == 500


def test_whatever_letters_it_is_written_in(post):
    content = Content(
        subject="«Ґ» 🙂", text='рядок\n"лапки" \\', html="<p>ї</p>", headers={"X-A": "1"}
    )
    message = post("ї@приклад.укр", content=content, payload={"a": [1, 2], "b": None})
    assert (message.address, message.subject, message.text) == (
        "ї@приклад.укр", "«Ґ» 🙂", 'рядок\n"лапки" \\',
    )  # fmt: skip
    assert (message.headers, message.payload) == ({"X-A": "1"}, {"a": [1, 2], "b": None})


def test_an_address_is_told_of_one_thing_once(post):
    post(key="problems:1")
    post(key="problems:1")
    post(key="problems:2")
    post(IVAN, key="problems:1")
    deliver_due()
    assert sorted(list_sent()) == [IVAN, OLIA, OLIA]


def test_messages_without_a_key_are_all_sent(post):
    post()
    post()
    assert deliver_due().sent == 2


def test_what_somebody_waits_for_goes_before_news(post):
    post("news@example.org")
    post("reset@example.org", priority=Message.Priority.AWAITED)
    deliver_due()
    assert list_sent() == ["reset@example.org", "news@example.org"]


def test_a_message_for_later_waits(post):
    post(not_before=timezone.now() + timedelta(hours=1))
    assert deliver_due().sent == 0
    with after(hours=1):
        assert deliver_due().sent == 1


def test_pauses_grow_to_six_hours_and_end_after_three_days():
    found = [find_pause(attempts) for attempts in range(1, MOST_ATTEMPTS)]
    assert find_pause(MOST_ATTEMPTS) is None
    pauses = [pause for pause in found if pause is not None]
    assert len(pauses) == MOST_ATTEMPTS - 1
    minutes = [pause.total_seconds() / 60 for pause in pauses]
    assert minutes[:6] == [1, 4, 16, 64, 256, 360]
    assert minutes == sorted(minutes)
    assert max(minutes) == 360
    assert timedelta(days=2, hours=20) < sum(pauses, timedelta()) < timedelta(days=3, hours=1)
    assert find_pause(10_000) is None


def test_every_attempt_waits_longer_until_it_is_given_up(post, server):
    server.errors = {OLIA: smtplib.SMTPServerDisconnected("bye")}
    message, now = post(), timezone.now()
    for attempt in range(1, MOST_ATTEMPTS + 1):
        with time_machine.travel(now, tick=False):
            tally = deliver_due()
            assert deliver_due() == delivery.Tally(), "not before its time"
        message.refresh_from_db()
        assert message.attempts == attempt
        if attempt < MOST_ATTEMPTS:
            assert (message.state, tally.postponed) == ("queued", 1)
            assert message.due_at - now == find_pause(attempt)
            now = message.due_at
    assert (message.state, message.last_error) == ("failed", "SMTPServerDisconnected")
    with time_machine.travel(now + timedelta(days=30), tick=False):
        assert deliver_due() == delivery.Tally()


REFUSED = [
    (smtplib.SMTPRecipientsRefused({OLIA: (550, b"no olia@example.org here")}), "550"),
    (smtplib.SMTPDataError(554, b"spam"), "554"),
    (smtplib.SMTPNotSupportedError("no SMTPUTF8"), ""),
    (UnicodeEncodeError("ascii", "ї", 0, 1, "no"), ""),
]
POSTPONED = [
    (smtplib.SMTPRecipientsRefused({OLIA: (450, b"greylisted")}), "450"),
    (smtplib.SMTPRecipientsRefused({}), ""),
    (smtplib.SMTPDataError(451, b"later"), "451"),
    (smtplib.SMTPSenderRefused(550, b"who are you", "x"), "550"),
    (TimeoutError("slow"), ""),
]


def named(case: tuple[Exception, str]) -> str:
    return f"{type(case[0]).__name__} {case[1]}".strip()


@pytest.mark.parametrize("case", REFUSED, ids=named)
def test_what_is_refused_for_good_is_not_tried_again(post, server, case):
    server.errors = {OLIA: case[0]}
    message = post()
    post(IVAN)
    tally = deliver_due()
    assert (tally.sent, tally.failed) == (1, 1)
    message.refresh_from_db()
    assert (message.state, message.last_error) == ("failed", named(case))


@pytest.mark.parametrize("case", POSTPONED, ids=named)
def test_what_may_go_later_is_tried_again_and_holds_no_other(post, server, case):
    server.errors = {OLIA: case[0]}
    message = post()
    post(IVAN)
    tally = deliver_due()
    assert (tally.sent, tally.postponed) == (1, 1)
    message.refresh_from_db()
    assert (message.state, message.last_error) == ("queued", named(case))
    server.errors = {}
    with after(minutes=1):
        assert deliver_due().sent == 1
    assert list_sent() == [IVAN, OLIA]


def test_no_words_of_a_server_are_kept_or_logged(post, server, caplog):
    server.errors = {OLIA: smtplib.SMTPRecipientsRefused({OLIA: (550, b"no olia@example.org")})}
    message = post()
    deliver_due()
    message.refresh_from_db()
    assert "olia" not in message.last_error + caplog.text


def test_a_server_that_is_down_costs_no_attempt_and_all_go_as_soon_as_it_is_up(post, server):
    server.is_down = True
    for n in range(5):
        post(f"{n}@example.org")
    started = timezone.now()
    for minute in range(60):
        with time_machine.travel(started + timedelta(minutes=minute), tick=False):
            tally = deliver_due()
            assert (tally.sent, tally.postponed) == (0, 1), "one attempt to connect a turn"
    assert set(Message.objects.values_list("attempts", flat=True)) == {0}
    assert Message.objects.filter(last_error="ConnectionRefusedError").exists()
    server.is_down = False
    with after(hours=1):
        assert deliver_due().sent == 5


def test_a_password_that_the_server_refuses_is_no_fault_of_the_letter(post, server):
    server.refuses = smtplib.SMTPAuthenticationError(535, b"user misto@town.example unknown")
    message = post()
    assert deliver_due().postponed == 1
    message.refresh_from_db()
    assert (message.state, message.attempts) == ("queued", 0)
    assert message.last_error == "SMTPAuthenticationError 535"


def test_a_server_that_stays_away_for_three_days_is_not_waited_for(post, server):
    server.is_down = True
    message = post()
    with after(days=2, hours=23):
        assert deliver_due().postponed == 1
    with after(days=3):
        assert deliver_due().failed == 1
    message.refresh_from_db()
    assert (message.state, message.last_error) == ("failed", "ConnectionRefusedError")


@pytest.mark.parametrize("was_taken", [False, True], ids=["waits", "left by its worker"])
def test_what_nobody_could_send_in_three_days_is_not_sent_any_more(post, was_taken):
    """The worker was off: links in it work no longer, and news are none."""
    message = post()
    if was_taken:
        lease_message(["mail"])
    with after(days=3):
        assert deliver_due().failed == 1
    message.refresh_from_db()
    assert (list_sent(), message.state, message.last_error) == ([], "failed", "Expired")


def test_a_message_for_later_has_its_three_days_from_then_on(post, server):
    server.is_down = True
    post(not_before=timezone.now() + timedelta(days=10))
    with after(days=12):
        assert deliver_due().postponed == 1


def test_many_letters_share_a_connection_but_not_too_many(post, server):
    for n in range(LETTERS_PER_CONNECTION + 1):
        post(f"{n}@example.org")
    deliver_due()
    assert server.opened == 2


def test_a_turn_ends_in_time_and_another_job_goes_on(post, monkeypatch):
    for n in range(3):
        post(f"{n}@example.org")
    DBTaskResult.objects.all().delete()
    monkeypatch.setattr(tasks, "deliver_due", partial(deliver_due, 0.0))
    deliver_messages.func()
    assert len(list_sent()) == 1
    assert DBTaskResult.objects.count() == 1


def test_a_topic_writes_what_stands_when_it_goes(post):
    said = ["old"]

    def write(message):
        language = translation.get_language()
        return Content(subject=f"{said[0]} {message.payload['n']} {language}", text="x")

    register_topic("weather", write)
    post(topic="weather", payload={"n": 7}, language="en")
    said[0] = "new"
    deliver_due()
    assert mail.outbox[0].subject == "new 7 en"
    assert mail.outbox[0].alternatives == []


def test_what_a_topic_says_nothing_of_is_withdrawn(post):
    register_topic("weather", lambda message: None)
    message = post(topic="weather", payload={"n": 7})
    assert deliver_due().withdrawn == 1
    message.refresh_from_db()
    assert (message.state, message.payload, list_sent()) == ("withdrawn", {}, [])


def test_a_topic_that_fails_holds_up_no_other_message(post, caplog):
    def fail(message):
        raise LookupError("a fault of ours")

    register_topic("weather", fail)
    message = post(topic="weather")
    stranger = post("stranger@example.org", topic="nobody knows it")
    post(IVAN)
    tally = deliver_due()
    assert (tally.sent, tally.postponed) == (1, 2)
    for row, error in ((message, "LookupError"), (stranger, "KeyError")):
        row.refresh_from_db()
        assert (row.state, row.last_error) == ("queued", error)


def test_a_database_that_fails_ends_the_turn_and_the_lease_brings_the_message_back(post):
    def fail(message):
        raise DatabaseError

    register_topic("weather", fail)
    message = post(topic="weather")
    with pytest.raises(DatabaseError):
        deliver_due()
    message.refresh_from_db()
    assert message.state == "sending"
    with after(minutes=10), pytest.raises(DatabaseError):
        deliver_due()


def test_a_lease_is_for_one_and_ends(post):
    message, now = post(), timezone.now()
    assert lease_message(["mail"]) == message
    assert lease_message(["mail"]) is None
    with time_machine.travel(now + LEASE - timedelta(seconds=5), tick=False):
        assert lease_message(["mail"]) is None
    with time_machine.travel(now + LEASE + timedelta(seconds=5), tick=False):
        again = lease_message(["mail"])
    assert (again.pk, again.uid, again.attempts) == (message.pk, message.uid, 2)


def test_a_message_is_taken_and_read_by_one_statement(post, django_assert_num_queries):
    """So that none is looked for that went with its account in between."""
    message = post(payload={"a": [1]}, topic="weather")
    with django_assert_num_queries(1):
        taken = lease_message(["mail"])
    assert (taken, taken.payload, taken.attempts) == (message, {"a": [1]}, 1)


def test_a_message_that_kills_whoever_takes_it_is_given_up_some_day(post):
    message = post()
    Message.objects.update(
        state="sending", attempts=MOST_ATTEMPTS, due_at=timezone.now() - timedelta(hours=1)
    )
    assert deliver_due().failed == 1
    message.refresh_from_db()
    assert (message.state, message.last_error, list_sent()) == ("failed", "WorkerLost", [])


def test_who_comes_too_late_does_not_undo_what_another_has_sent(post, server):
    """A slow worker fails after its lease; by then another one has sent the message."""
    message = post()

    def fail_after_another_has_sent(row):
        server.errors = {}
        with after(minutes=11):
            register_topic("weather", lambda row: HELLO)
            deliver_due()
        raise LookupError

    register_topic("weather", fail_after_another_has_sent)
    Message.objects.update(topic="weather")
    deliver_due()
    message.refresh_from_db()
    assert (message.state, list_sent()) == ("sent", [OLIA])


def test_a_channel_that_is_not_there_any_more_leaves_its_messages_alone(post):
    post(channel="pigeon")
    post(IVAN)
    assert deliver_due().sent == 1
    assert list_sent() == [IVAN]


@pytest.mark.parametrize(
    "values",
    [{"state": "lost"}, {"state": "sent"}, {"sent_at": timezone.now()}, {"state": "withdrawn"}],
    ids=["unknown state", "sent without a time", "a time without sent", "withdrawn with words"],
)
def test_the_database_keeps_the_states_true(post, values):
    post()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.update(**values)
