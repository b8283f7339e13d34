"""Who is told of which change."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from geoportal.accounts.models import Membership
from geoportal.accounts.services import delete_account
from geoportal.messages.models import Message
from geoportal.notifications.services import set_preference
from geoportal.notifications.subjects.problems import audience, contact_words, people_words
from geoportal.problems import services
from geoportal.problems.models import Category, Problem
from geoportal.problems.services.reporting import Contact
from geoportal.problems.workflow import Action
from tests.geoportal.notifications.conftest import list_kinds, post, send_all
from tests.geoportal.problems.conftest import SOUTH_WEST, write_user

AUTHOR = "author@example.org"
CLEAN, TIDY, ROADS = (f"{slug}-officer@example.org" for slug in ("clean", "tidy", "roads"))
COUNCIL = "council-officer@example.org"


@pytest.fixture
def follower(db):
    return write_user("follower")


def test_publication_is_told_to_author_and_organisations(tell, make_problem, moderator, town):
    town.organisations["clean"].email = "office@clean.example"
    town.organisations["clean"].save()
    problem = make_problem("moderation")
    letters = tell("publish_problem", actor=moderator, number=problem.pk)
    assert set(letters) == {AUTHOR, CLEAN, COUNCIL, "office@clean.example"}
    assert list_kinds() == {
        AUTHOR: "author", CLEAN: "given", COUNCIL: "given", "office@clean.example": "given",
    }  # fmt: skip


def test_viewers_of_an_organisation_have_nothing_to_do_and_get_nothing(
    tell, make_problem, moderator, town
):
    viewer = write_user("viewer")
    Membership.objects.create(
        user=viewer, organisation=town.organisations["clean"], role=Membership.Role.VIEWER
    )
    problem = make_problem("moderation")
    assert viewer.email not in tell("publish_problem", actor=moderator, number=problem.pk)


def test_refusal_is_told_to_the_author_alone(tell, make_problem, moderator):
    problem = make_problem("moderation")
    letters = tell(
        "reject_problem", actor=moderator, number=problem.pk, reason="slander", words="Образа."
    )
    assert set(letters) == {AUTHOR}


def test_followers_are_told_what_matters_and_no_trifles(
    tell, make_problem, moderator, follower, work
):
    problem = make_problem("open")
    services.join_problem(actor=follower, number=problem.pk)
    who, number = {"actor": moderator}, problem.pk
    edit = {"title": "Інша назва", "description": "Опис", "words": "Уточнено"}
    assert set(tell("edit_problem", **who, number=number, **edit)) == {AUTHOR}
    accepted = tell("accept_problem", **work(), number=number)
    assert set(accepted) == {AUTHOR, follower.email}
    asked = tell("ask_author", **work(), number=number, words="Де саме?")
    assert set(asked) == {AUTHOR}
    promise = timezone.localdate() + timedelta(days=60)
    said = tell("announce_date", **work(), number=number, planned_on=promise, words="Чекаємо.")
    assert set(said) == {AUTHOR, follower.email}
    closed = tell("close_problem", **work(), number=number, resolution="solved", words="Вивезли.")
    assert set(closed) == {AUTHOR, follower.email}


def test_nobody_is_told_of_notes(tell, make_problem, follower, work):
    problem = make_problem("accepted")
    services.join_problem(actor=follower, number=problem.pk)
    assert tell("add_note", **work(), number=problem.pk, words="Таємно") == {}


def test_author_is_not_told_what_he_did_himself(tell, make_problem, author):
    closed = make_problem("closed")
    assert tell("rate_result", actor=author, number=closed.pk, rating=4) == {}
    letters = tell("reopen_problem", actor=author, number=closed.pk, words="Знову лежить.")
    assert set(letters) == {CLEAN, COUNCIL}


def test_answer_is_told_to_those_who_hold_the_problem(tell, make_problem, author, work):
    problem = make_problem("accepted")
    services.ask_author(**work(), number=problem.pk, words="Де саме?")
    letters = tell("answer_question", actor=author, number=problem.pk, words="Біля двору.")
    assert set(letters) == {CLEAN, COUNCIL}


def test_forwarding_is_told_to_the_new_organisation(tell, make_problem, work, town):
    problem = make_problem("open")
    letters = tell(
        "forward_problem", **work(), number=problem.pk, to=town.organisations["roads"],
        words="Це дорога.",
    )  # fmt: skip
    assert set(letters) == {AUTHOR, ROADS}


def test_forwarding_to_who_controls_already_is_told_as_a_new_task(tell, make_problem, work, town):
    problem = make_problem("open")
    tell(
        "forward_problem", **work(), number=problem.pk, to=town.organisations["council"],
        words="Це ваше.",
    )  # fmt: skip
    assert list_kinds()[COUNCIL] == "given"


def test_moved_pin_is_told_to_both_organisations(tell, make_problem, moderator, follower):
    problem = make_problem("open")
    services.follow_problem(actor=follower, number=problem.pk)
    letters = tell(
        "move_problem", actor=moderator, number=problem.pk, lon=SOUTH_WEST[0], lat=SOUTH_WEST[1],
        words="Це південь.",
    )  # fmt: skip
    assert set(letters) == {AUTHOR, CLEAN, TIDY, COUNCIL, follower.email}
    kinds = list_kinds()
    assert (kinds[CLEAN], kinds[TIDY], kinds[COUNCIL]) == ("taken", "given", "holder")


def test_new_category_is_told_to_both_organisations(tell, make_problem, moderator):
    problem = make_problem("open")
    letters = tell(
        "recategorise_problem", actor=moderator, number=problem.pk, words="Це яма.",
        category=Category.objects.get(code="pothole"),
    )  # fmt: skip
    assert {CLEAN, ROADS} <= set(letters)


def test_organisation_that_a_moderator_adds_is_told(tell, make_problem, moderator, town):
    problem = make_problem("open", category="stray")
    letters = tell(
        "assign_organisation", actor=moderator, number=problem.pk,
        organisation=town.organisations["roads"],
    )  # fmt: skip
    assert set(letters) == {AUTHOR, ROADS}


def test_followers_of_a_duplicate_are_told_where_it_goes_on(
    tell, make_problem, moderator, follower
):
    problem, target = make_problem("open"), make_problem("open", by=write_user("another"))
    services.join_problem(actor=follower, number=problem.pk)
    letters = tell("merge_problem", actor=moderator, number=problem.pk, into=target.pk)
    assert set(letters) == {AUTHOR, follower.email, CLEAN, COUNCIL}


def test_new_borders_are_told_in_one_letter_to_each_organisation(
    make_problem, town, author, django_capture_on_commit_callbacks
):
    problems = [make_problem("open") for _ in range(3)]
    rule = town.organisations["clean"].responsibilities.get()
    rule.organisation = town.organisations["roads"]
    rule.save()
    with django_capture_on_commit_callbacks(execute=True):
        services.reassign_problems()
    by_address: dict[str, list[str]] = {}
    for letter in mail.outbox:
        by_address.setdefault(letter.to[0], []).append(letter.subject)
    assert len(by_address[AUTHOR]) == len(problems)
    assert len(by_address[CLEAN]) == len(by_address[ROADS]) == 1
    body = next(letter.body for letter in mail.outbox if letter.to == [ROADS])
    assert all(f"№ {problem.pk}" in body for problem in problems)


@pytest.mark.parametrize(
    ("state", "first", "second"),
    [("open", {CLEAN}, {COUNCIL}), ("moderation", {"moderator@example.org"}, {"boss@example.org"})],
)
def test_reminders_go_to_who_has_to_act_and_then_to_who_controls(
    tell, make_problem, moderator, state, first, second
):
    write_user("boss", is_superuser=True, is_staff=True)
    make_problem(state, at=timezone.now() - timedelta(days=40))
    assert set(tell("remind_overdue")) == first
    assert set(tell("remind_overdue", at=timezone.now() + timedelta(days=9))) == second
    assert tell("remind_overdue", at=timezone.now() + timedelta(days=20)) == {}


def test_overdue_problem_that_nobody_holds_is_told_to_moderators(tell, make_problem, moderator):
    make_problem("open", category="stray", at=timezone.now() - timedelta(days=40))
    assert set(tell("remind_overdue")) == {moderator.email}


def test_who_has_not_confirmed_the_email_gets_nothing(tell, make_problem, moderator, author):
    problem = make_problem("moderation")
    EmailAddress.objects.filter(user=author).update(verified=False)
    assert AUTHOR not in tell("publish_problem", actor=moderator, number=problem.pk)


def test_who_wants_no_letters_gets_none(tell, make_problem, moderator, author, follower, work):
    problem = make_problem("moderation")
    set_preference(user=author, wants_mail=False)
    assert AUTHOR not in tell("publish_problem", actor=moderator, number=problem.pk)
    services.join_problem(actor=follower, number=problem.pk)
    services.unfollow_problem(actor=follower, number=problem.pk)
    assert follower.email not in tell("accept_problem", **work(), number=problem.pk)


def test_caller_and_staff_who_wrote_him_down_get_nothing(tell, make_report, moderator):
    problem = services.report_problem(
        actor=moderator, report=make_report(), contact=Contact(name="Іван", email="ivan@b.example")
    )
    letters = tell("publish_problem", actor=moderator, number=problem.pk)
    assert set(letters) == {CLEAN, COUNCIL}


def test_follower_who_may_not_see_the_problem_any_more_gets_nothing(
    tell, make_problem, follower, work
):
    problem = make_problem("open")
    services.join_problem(actor=follower, number=problem.pk)
    Problem.objects.filter(pk=problem.pk).update(is_public=False)
    assert set(tell("accept_problem", **work(), number=problem.pk)) == {AUTHOR}


def test_same_change_is_never_told_twice(tell, make_problem, moderator):
    problem = make_problem("moderation")
    letters = tell("publish_problem", actor=moderator, number=problem.pk)
    change = problem.history.get(action=Action.PUBLISH)
    mail.outbox.clear()
    post(change=change.pk)
    assert send_all() == {}
    told = Message.objects.filter(key=f"problems:{change.pk}")
    assert list(told.values_list("state", flat=True)) == ["sent"] * len(letters)


def test_officer_who_reported_himself_gets_one_letter(tell, make_problem, moderator, town):
    problem = make_problem("moderation", by=town.officers["clean"])
    assert set(tell("publish_problem", actor=moderator, number=problem.pk)) == {CLEAN, COUNCIL}
    assert list_kinds()[CLEAN] == "author"


def test_nothing_is_kept_of_who_leaves(tell, make_problem, moderator, author):
    problem = make_problem("moderation")
    tell("publish_problem", actor=moderator, number=problem.pk)
    delete_account(author)
    assert not Message.objects.filter(address=AUTHOR).exists()


def test_every_change_of_the_workflow_has_its_words():
    assert set(people_words.AUTHOR) == audience.TOLD_TO_AUTHOR
    followed = audience.TOLD_TO_FOLLOWERS | audience.TOLD_IF_PASSED_ON
    assert set(people_words.FOLLOWER) == followed
    assert set(contact_words.CONTACT) == audience.TOLD_TO_CONTACT
