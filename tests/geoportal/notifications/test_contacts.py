"""Who stands behind a report by telephone or of another system: asked once, told after a yes."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from geoportal.messages.models import Message
from geoportal.notifications.models import Contact as Wish
from geoportal.notifications.subjects.problems.contacts import MOST_UNANSWERED
from geoportal.problems import services
from geoportal.problems.models import Problem
from geoportal.problems.services.reporting import Contact
from tests.geoportal.notifications.conftest import (
    SITE,
    as_sent,
    list_links,
    post,
    read_text,
    send_all,
)

IVAN = "ivan@b.example"


@pytest.fixture
def report(tell, make_report, author, moderator):
    """A report that names Ivan's address: the problem, and the letter that asks him."""

    def send(source: str = "open311", email: str = IVAN, **given):
        def write() -> None:
            services.report_problem(
                actor=moderator if source == "call" else author,
                report=make_report(**given),
                contact=Contact(name="Іван", email=email),
                source=source,
            )

        letters = tell(write)
        return Problem.objects.latest("pk"), letters.get(email)

    return send


@pytest.fixture
def stranger() -> Client:
    return Client(enforce_csrf_checks=True)


def find_path(letter) -> str:
    (path,) = {link for link in list_links(letter) if "/notifications/contact/" in link}
    return path.removeprefix(SITE)


@pytest.mark.parametrize("source", ["open311", "call"])
def test_the_first_letter_asks_and_repeats_nothing_of_the_report(report, source):
    problem, letter = report(source, title="Купіть дешево", description="spam.example")
    text = letter.subject + read_text(letter) + str(letter.alternatives)
    assert str(problem.pk) in text
    assert not any(word in text for word in ("Купіть", "spam.example", "Іван"))
    assert as_sent(letter)["List-Unsubscribe"] == f"<{SITE}{find_path(letter)}>"


def test_without_an_answer_nothing_else_comes(report, tell, moderator, stranger):
    problem, letter = report()
    stranger.get(find_path(letter))
    assert IVAN not in tell("publish_problem", actor=moderator, number=problem.pk)


def test_after_a_yes_publication_and_closing_are_told(report, tell, moderator, work, stranger):
    problem, letter = report(title="Купа біля пошти")
    page = stranger.post(find_path(letter), {"wish": "follow"})
    assert page.status_code == 200
    published = tell("publish_problem", actor=moderator, number=problem.pk, words="Таємно.")[IVAN]
    assert "Купа біля пошти" in read_text(published)
    assert "Таємно" not in read_text(published)
    assert IVAN not in tell("accept_problem", **work(), number=problem.pk)
    closed = tell(
        "close_problem", **work(), number=problem.pk, resolution="solved", words="Вивезли."
    )[IVAN]
    assert "Вивезли." in read_text(closed)
    stranger.post(find_path(closed), {"List-Unsubscribe": "One-Click"})
    assert Wish.objects.get().wants_mail is False


def test_a_refusal_names_the_rule_and_not_the_report(report, tell, moderator, stranger):
    problem, letter = report(title="Сусід Петро краде")
    stranger.post(find_path(letter), {"wish": "follow"})
    told = tell(
        "reject_problem", actor=moderator, number=problem.pk, reason="slander", words="Наклеп."
    )[IVAN]
    assert "наклеп" in read_text(told)
    assert not any(word in read_text(told) for word in ("Петро", "Наклеп."))


def test_a_problem_that_is_not_public_is_told_by_its_number_alone(
    report, tell, moderator, stranger
):
    problem, letter = report(title="Купа біля пошти", category="abuse")
    stranger.post(find_path(letter), {"wish": "follow"})
    told = tell("publish_problem", actor=moderator, number=problem.pk)[IVAN]
    assert "Купа" not in read_text(told)


def test_no_is_said_for_every_later_report(report, tell, moderator, stranger):
    first, letter = report()
    stranger.post(find_path(letter), {"wish": "stop"})
    assert report()[1] is None
    assert IVAN not in tell("publish_problem", actor=moderator, number=first.pk)


def test_an_address_that_does_not_answer_is_asked_a_few_times_only(report):
    letters = [report()[1] for _ in range(MOST_UNANSWERED + 1)]
    assert [each is not None for each in letters] == [True] * MOST_UNANSWERED + [False]


def test_the_owner_of_the_key_is_told_as_the_author_only(report, author):
    assert report(email=author.email)[1] is None
    assert not Wish.objects.exists()


def test_the_link_of_another_cannot_be_made(report, stranger):
    _problem, letter = report()
    path = find_path(letter)
    for broken in (path[:-3] + "x/", "/notifications/contact/1/"):
        assert stranger.post(broken, {"wish": "follow"}).status_code == 404
    assert stranger.post(path, {"wish": "always"}).status_code == 400
    assert Wish.objects.get().wants_mail is None


def test_the_address_goes_with_the_contacts(report, moderator, stranger, make_report):
    problem, letter = report()
    services.reject_problem(actor=moderator, number=problem.pk, reason="not_local", words="Ні.")
    services.forget_contacts(at=timezone.now() + timedelta(days=400))
    assert not Message.objects.filter(address=IVAN).exists()
    assert not Wish.objects.exists()
    assert stranger.get(find_path(letter)).status_code == 404


def test_a_question_that_waited_is_not_asked_after_the_address_is_gone(make_report, author, queued):
    problem = services.report_problem(
        actor=author, report=make_report(), contact=Contact(email=IVAN), source="open311"
    )
    post(change=problem.history.get(action="report").pk)
    Problem.objects.filter(pk=problem.pk).update(contact_email="")
    assert IVAN not in send_all()
    assert Message.objects.get(address=IVAN).state == "withdrawn"
