"""Deadlines of a problem: terms, pauses, announced dates, reminders."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from geoportal.core.errors import Conflict, InvalidInput
from geoportal.problems import services

KYIV = ZoneInfo("Europe/Kyiv")


def test_the_clock_stands_still_while_the_author_is_asked(make_problem, town, author):
    problem = make_problem("accepted")
    due_at = problem.due_at
    who = {"actor": town.officers["clean"], "organisation": town.organisations["clean"]}
    asked_at = problem.accepted_at + timedelta(hours=1)
    services.ask_author(**who, number=problem.pk, words="Де саме?", at=asked_at)
    with pytest.raises(Conflict):
        services.ask_author(**who, number=problem.pk, words="А ще?", at=asked_at)
    services.answer_question(
        actor=author, number=problem.pk, words="Біля входу.", at=asked_at + timedelta(days=10)
    )
    problem.refresh_from_db()
    assert problem.due_at >= due_at + timedelta(days=10)
    assert problem.asked_at is None


def test_announced_date_becomes_the_deadline(make_problem, town):
    problem = make_problem("accepted")
    who = {"actor": town.officers["clean"], "organisation": town.organisations["clean"]}
    planned_on = (problem.accepted_at + timedelta(days=90)).astimezone(KYIV).date()
    services.announce_date(**who, number=problem.pk, planned_on=planned_on, words="Немає техніки.")
    problem.refresh_from_db()
    assert (problem.due_at - timedelta(seconds=1)).astimezone(KYIV).date() == planned_on
    with pytest.raises(InvalidInput):
        services.announce_date(
            **who, number=problem.pk, planned_on=problem.accepted_at.date(), words="Учора."
        )


def test_reminder_goes_to_the_organisation_and_then_to_the_controller(make_problem):
    problem = make_problem("open")
    late = problem.due_at + timedelta(minutes=1)
    assert services.remind_overdue(at=problem.due_at - timedelta(seconds=1)) == 0
    assert services.remind_overdue(at=late) == 1
    assert services.remind_overdue(at=late) == 0
    assert services.remind_overdue(at=late + timedelta(days=7)) == 1
    assert services.remind_overdue(at=late + timedelta(days=14)) == 0
    reminders = [change.details["to"] for change in problem.history.filter(action="remind")]
    assert reminders == ["responsible", "controller"]


def test_control_alone_does_not_stop_the_term_of_acceptance(make_problem, town):
    problem = make_problem("open")
    council = {"actor": town.officers["council"], "organisation": town.organisations["council"]}
    services.accept_problem(**council, number=problem.pk, purpose="control")
    problem.refresh_from_db()
    assert problem.state == "accepted"
    assert problem.due_at == problem.acceptance_due_at
    services.accept_problem(
        actor=town.officers["clean"], organisation=town.organisations["clean"], number=problem.pk
    )
    problem.refresh_from_db()
    assert problem.due_at == problem.solution_due_at


def test_a_silent_author_does_not_stop_the_clock_for_ever(make_problem, town):
    problem = make_problem("accepted")
    due_at, asked_at = problem.due_at, problem.accepted_at + timedelta(hours=1)
    who = {"actor": town.officers["clean"], "organisation": town.organisations["clean"]}
    services.ask_author(**who, number=problem.pk, words="Де саме?", at=asked_at)
    services.remind_overdue(at=asked_at + timedelta(days=13))
    problem.refresh_from_db()
    assert problem.asked_at is not None
    services.remind_overdue(at=asked_at + timedelta(days=14))
    problem.refresh_from_db()
    assert problem.asked_at is None
    assert problem.due_at >= due_at + timedelta(days=14)
    assert services.remind_overdue(at=problem.due_at) == 1


def test_a_pause_does_not_move_a_date_that_was_announced(make_problem, town, author):
    problem = make_problem("accepted")
    who = {"actor": town.officers["clean"], "organisation": town.organisations["clean"]}
    planned_on = (problem.accepted_at + timedelta(days=90)).astimezone(KYIV).date()
    services.announce_date(**who, number=problem.pk, planned_on=planned_on, words="Немає техніки.")
    services.ask_author(**who, number=problem.pk, words="Де саме?")
    later = timezone.now() + timedelta(days=5)
    services.answer_question(actor=author, number=problem.pk, words="Тут.", at=later)
    problem.refresh_from_db()
    assert (problem.due_at - timedelta(seconds=1)).astimezone(KYIV).date() == planned_on
