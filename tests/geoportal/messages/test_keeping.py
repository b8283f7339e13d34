"""What is kept of messages, for how long, and who may do what with them."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from geoportal.accounts.models import User
from geoportal.core.clock import list_clock_jobs
from geoportal.messages.delivery import deliver_due, deliver_leftovers
from geoportal.messages.drafts import Content
from geoportal.messages.leasing import lease_message
from geoportal.messages.models import Message
from geoportal.messages.services import (
    forget_addresses,
    forget_owners,
    purge_messages,
    send_again,
    withdraw_messages,
)
from geoportal.messages.topics import register_topic
from geoportal.problems.management.commands import watch_deadlines
from tests.geoportal.messages.conftest import OLIA, list_sent

pytestmark = pytest.mark.django_db
IVAN = "ivan@example.org"


def after(**pause: float) -> time_machine.travel:
    return time_machine.travel(timezone.now() + timedelta(**pause), tick=False)


@pytest.fixture
def failed(post) -> Message:
    message: Message = post()
    Message.objects.update(state="failed", attempts=17, last_error="SMTPDataError 554")
    return message


def test_the_clock_sends_what_lost_its_job(post):
    post()
    DBTaskResult.objects.all().delete()
    assert watch_deadlines.watch()["sent"] == 1
    assert list_sent() == [OLIA]


def test_the_clock_brings_back_what_its_worker_has_left(post):
    post()
    lease_message(["mail"])
    assert deliver_leftovers() == 0
    with after(minutes=11):
        assert watch_deadlines.watch()["sent"] == 1


def test_rows_go_after_a_month_and_what_waits_stays(post, settings):
    settings.MESSAGE_DAYS = 30
    for state in ("sent", "withdrawn", "failed", "queued", "sending"):
        post(f"{state}@example.org", topic="weather")
        sent_at = timezone.now() if state == "sent" else None
        Message.objects.filter(address=f"{state}@example.org").update(state=state, sent_at=sent_at)
    with after(days=29):
        assert purge_messages() == 0
    with after(days=30, minutes=1):
        assert list_clock_jobs()["purged"]() == 3
    kept = Message.objects.values_list("address", flat=True)
    assert not {"sent@example.org", "withdrawn@example.org", "failed@example.org"} & set(kept)


def test_links_of_what_failed_are_not_kept_longer_than_they_work(failed):
    with after(days=2, hours=23):
        purge_messages()
    failed.refresh_from_db()
    assert failed.text
    with after(days=3, minutes=1):
        purge_messages()
    failed.refresh_from_db()
    assert (failed.text, failed.html, failed.state) == ("", "", "failed")
    assert send_again(Message.objects.all()) == 0, "there is nothing to send"


def test_what_was_written_is_not_kept_longer_because_it_is_sent_again(failed, server):
    server.is_down = True
    with after(days=2):
        assert send_again(Message.objects.all()) == 1
        assert deliver_due().postponed == 1
    with after(days=3, minutes=1):
        assert deliver_due().failed == 1
        purge_messages()
    failed.refresh_from_db()
    assert (failed.text, failed.state) == ("", "failed")


def test_addresses_and_owners_are_forgotten(post):
    post(owner="user:1")
    post(IVAN, owner="user:2")
    post("third@example.org")
    forget_addresses([OLIA])
    forget_owners(["user:2", ""])
    assert list(Message.objects.values_list("address", flat=True)) == ["third@example.org"]


def test_what_failed_is_sent_again_from_the_start(failed):
    DBTaskResult.objects.all().delete()
    assert send_again(Message.objects.all()) == 1
    assert DBTaskResult.objects.count() == 1
    failed.refresh_from_db()
    assert (failed.state, failed.attempts) == ("queued", 0)
    assert deliver_due().sent == 1


def test_what_was_sent_or_is_being_sent_is_not_sent_again_or_withdrawn(post):
    post()
    deliver_due()
    post(IVAN)
    lease_message(["mail"])
    assert (send_again(Message.objects.all()), withdraw_messages(Message.objects.all())) == (0, 0)


def test_what_is_withdrawn_does_not_go_and_leaves_no_words(post):
    message = post()
    assert withdraw_messages(Message.objects.all()) == 1
    assert deliver_due().sent == 0
    message.refresh_from_db()
    assert (message.state, message.text) == ("withdrawn", "")


class TestHealth:
    def test_messages_that_nobody_takes_are_not_ready(self, post):
        post()
        with after(minutes=16):
            DBTaskResult.objects.all().delete()
            answer = Client().get("/readyz")
        assert (answer.status_code, answer.json()["checks"]["messages"]) == (
            503,
            "waiting too long",
        )

    def test_a_mail_server_that_is_down_does_not_take_the_site_down(self, post, server):
        server.is_down = True
        for n in range(3):
            post(f"{n}@example.org")
        DBTaskResult.objects.all().delete()
        with after(minutes=16):
            deliver_due()
            assert Client().get("/readyz").status_code == 200

    def test_a_channel_that_is_there_no_more_does_not_take_the_site_down(self, post):
        message = post(channel="pigeon")
        DBTaskResult.objects.all().delete()
        with after(days=3):
            purge_messages()
            assert Client().get("/readyz").status_code == 200
        message.refresh_from_db()
        assert (message.state, message.last_error) == ("failed", "Expired")

    def test_what_failed_or_waits_for_its_time_is_no_stuck_queue(self, failed, post):
        post(IVAN, not_before=timezone.now() + timedelta(days=1))
        DBTaskResult.objects.all().delete()
        with after(minutes=16):
            assert Client().get("/readyz").status_code == 200


def test_the_command_sends_and_counts(post, failed, capsys):
    post(IVAN)
    call_command("deliver_messages", "--count")
    assert capsys.readouterr().out == "1 queued, 0 sending, 0 sent, 1 failed, 0 withdrawn\n"
    call_command("deliver_messages")
    assert capsys.readouterr().out == "0 queued, 0 sending, 1 sent, 1 failed, 0 withdrawn\n"


class TestAdministration:
    @pytest.fixture
    def office(self, administrator: User, client: Client) -> Client:
        client.force_login(administrator)
        client.cookies["django_language"] = "uk"
        return client

    def act(self, office: Client, action: str, *messages: Message) -> str:
        chosen = {"action": action, "_selected_action": [each.pk for each in messages]}
        return office.post("/admin/outbox/message/", chosen, follow=True).content.decode()

    def test_what_failed_is_found_with_its_reason_and_sent_again(self, office, failed, post):
        post(IVAN)
        page = office.get("/admin/outbox/message/?state__exact=failed").content.decode()
        assert OLIA in page
        assert "SMTPDataError 554" in page
        assert "Надіслати ще раз" in page
        assert IVAN not in page
        assert "1 повідомлення піде ще раз" in self.act(office, "send_again", failed)
        failed.refresh_from_db()
        assert failed.state == "queued"

    def test_what_cannot_be_sent_again_is_said(self, office, post):
        assert "лише те, що не вдалося надіслати" in self.act(office, "send_again", post())

    def test_a_message_is_withdrawn(self, office, post):
        message = post()
        assert "1 повідомлення відкликано" in self.act(office, "withdraw", message)
        message.refresh_from_db()
        assert message.state == "withdrawn"

    def test_words_and_links_of_messages_are_not_shown(self, office, post):
        secret = Content(
            subject="Пароль", text="http://x.example/reset/k-e-y", html="k-e-y",
            headers={"X-Key": "k-e-y"},
        )  # fmt: skip
        message = post(content=secret, payload={"k": "k-e-y"})
        for path in ("", f"{message.pk}/change/"):
            page = office.get(f"/admin/outbox/message/{path}")
            assert page.status_code == 200
            assert "k-e-y" not in page.content.decode()

    def test_who_may_only_look_has_no_actions(self, client, officer, post):
        from django.contrib.auth.models import Permission

        officer.user_permissions.add(Permission.objects.get(codename="view_message"))
        client.force_login(officer)
        message = post()
        assert client.get("/admin/outbox/message/").status_code == 200
        self.act(client, "withdraw", message)
        message.refresh_from_db()
        assert message.state == "queued"

    def test_others_do_not_see_the_outbox(self, client, officer, post):
        client.force_login(officer)
        post()
        assert client.get("/admin/outbox/message/").status_code == 403

    def test_the_list_costs_the_same_for_one_and_for_twenty(
        self, office, post, django_assert_max_num_queries
    ):
        for n in range(20):
            post(f"{n}@example.org")
        with django_assert_max_num_queries(9):
            office.get("/admin/outbox/message/")


def test_a_topic_that_failed_is_sent_again_of_what_stands(post):
    register_topic("weather", lambda message: Content(subject="x", text="y"))
    post(topic="weather")
    Message.objects.update(state="failed")
    with after(days=4):
        purge_messages()
        assert send_again(Message.objects.all()) == 1
        assert deliver_due().sent == 1
