"""Deadlines of a problem: terms, pauses, announced dates, reminders."""

from datetime import date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from geoportal.cabinets.inbox import Tab, count_tabs
from geoportal.cabinets.remaining import Clock
from geoportal.core.errors import Conflict, InvalidInput
from geoportal.problems import services
from geoportal.problems.categories.overdue import find_overdue, is_late, is_overdue
from geoportal.problems.forms.abilities import list_abilities
from geoportal.problems.history.steps import lock_problem, record
from geoportal.problems.management.commands import watch_deadlines
from geoportal.problems.models import Problem, StatusChange
from geoportal.problems.services import clock
from geoportal.problems.workflow import State

KYIV = ZoneInfo("Europe/Kyiv")
MONDAY = datetime(2026, 11, 16, 9, 0, tzinfo=KYIV)


@pytest.fixture
def clean(town):
    return {"actor": town.officers["clean"], "organisation": town.organisations["clean"]}


def test_the_clock_stands_still_while_the_author_is_asked(make_problem, town, author):
    problem = make_problem("accepted", at=MONDAY)
    assert problem.due_at == datetime(2026, 12, 17, tzinfo=KYIV)
    who = {"actor": town.officers["clean"], "organisation": town.organisations["clean"]}
    asked_at = problem.accepted_at + timedelta(hours=1)
    services.ask_author(**who, number=problem.pk, words="Де саме?", at=asked_at)
    with pytest.raises(Conflict):
        services.ask_author(**who, number=problem.pk, words="А ще?", at=asked_at)
    services.answer_question(
        actor=author, number=problem.pk, words="Біля входу.", at=asked_at + timedelta(days=10)
    )
    problem.refresh_from_db()
    # The end of Saturday, 26 December, so that of Monday.
    assert problem.due_at == datetime(2026, 12, 29, tzinfo=KYIV)
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


def test_a_silent_author_does_not_stop_the_clock_for_ever(make_problem, clean):
    problem = make_problem("accepted", at=MONDAY)
    asked_at = problem.accepted_at + timedelta(hours=1)
    services.ask_author(**clean, number=problem.pk, words="Де саме?", at=asked_at)
    services.remind_overdue(at=asked_at + timedelta(days=13))
    version = Problem.objects.get(pk=problem.pk).version
    services.remind_overdue(at=asked_at + timedelta(days=14))
    problem.refresh_from_db()
    assert problem.asked_at is None
    assert problem.due_at == datetime(2026, 12, 31, tzinfo=KYIV)  # 14 days after 16 December
    assert problem.version == version + 1
    change = problem.history.last()
    assert (change.action, change.role, change.is_internal) == ("unanswered", "system", False)
    assert "14" in change.words
    assert services.remind_overdue(at=problem.due_at) == 1


def test_a_question_asked_anew_meanwhile_is_left_to_its_own_term(make_problem, clean, monkeypatch):
    problem = make_problem("accepted", at=MONDAY)
    services.ask_author(**clean, number=problem.pk, words="Де саме?", at=problem.accepted_at)
    at = problem.accepted_at + timedelta(days=14)

    def lock_late(number: int) -> Problem:
        Problem.objects.filter(pk=number).update(asked_at=at - timedelta(hours=1))
        return lock_problem(number)

    monkeypatch.setattr(clock, "lock_problem", lock_late)
    assert clock.end_silent_pauses(at) == 0
    problem.refresh_from_db()
    assert problem.asked_at == at - timedelta(hours=1)


def test_a_late_answer_is_taken_without_moving_the_clock(make_problem, clean, author):
    problem = make_problem("accepted", at=MONDAY)
    asked_at = problem.accepted_at
    services.ask_author(**clean, number=problem.pk, words="Де саме?", at=asked_at)
    services.remind_overdue(at=asked_at + timedelta(days=14))
    due_at = Problem.objects.get(pk=problem.pk).due_at
    assert list_abilities(author, problem).may_answer
    late = {"actor": author, "number": problem.pk, "words": "Біля входу."}
    services.answer_question(**late, at=asked_at + timedelta(days=15))
    problem.refresh_from_db()
    assert problem.due_at == due_at
    assert not list_abilities(author, problem).may_answer
    with pytest.raises(Conflict):
        services.answer_question(**late, at=asked_at + timedelta(days=16))


def test_asking_does_not_hide_what_is_late(make_problem, clean, town):
    problem = make_problem("open", at=MONDAY)
    late = problem.due_at + timedelta(hours=1)
    services.ask_author(**clean, number=problem.pk, words="Де саме?", at=late)
    problem.refresh_from_db()
    assert is_overdue(problem, late)
    assert Problem.objects.filter(find_overdue(late)).exists()
    assert Clock(late).read(problem).kind == "late"
    counts = {
        each.tab: each.count for each in count_tabs(clean["actor"], clean["organisation"], late)
    }
    assert (counts[Tab.OVERDUE], counts[Tab.WAITING]) == (1, 1)
    assert services.remind_overdue(at=late) == 1
    assert services.remind_overdue(at=late + timedelta(days=5)) == 1
    services.answer_question(
        actor=problem.reporter, number=problem.pk, words="Тут.", at=late + timedelta(days=6)
    )
    assert services.remind_overdue(at=late + timedelta(days=7)) == 0


def test_one_row_and_the_database_call_the_same_late(db):
    moments = [None, MONDAY, MONDAY + timedelta(hours=1), MONDAY + timedelta(days=2)]
    cases = list(product(State.values, moments, moments, moments[1:]))
    with connection.cursor() as cursor:
        for state, due_at, asked_at, at in cases:
            values = [state, due_at, asked_at, at]
            cursor.execute("SELECT problems_is_overdue(%s, %s, %s, %s)", values)
            found = bool(cursor.fetchone()[0])
            assert found == is_late(state, due_at, asked_at, at), values
    assert any(is_late(*case) for case in cases)


def test_asked_in_time_it_is_not_late(make_problem, clean):
    problem = make_problem("open", at=MONDAY)
    asked_at = problem.due_at - timedelta(hours=1)
    services.ask_author(**clean, number=problem.pk, words="Де саме?", at=asked_at)
    problem.refresh_from_db()
    late = problem.due_at + timedelta(days=3)
    assert not is_overdue(problem, late)
    assert not Problem.objects.filter(find_overdue(late)).exists()
    assert Clock(late).read(problem).kind == "paused"


def test_who_only_controls_does_not_stop_the_clock(make_problem, town):
    problem = make_problem("open")
    council = {"actor": town.officers["council"], "organisation": town.organisations["council"]}
    services.accept_problem(**council, number=problem.pk, purpose="control")
    with pytest.raises(Conflict, match="контролю замало"):
        services.ask_author(**council, number=problem.pk, words="Де саме?")
    services.accept_problem(**council, number=problem.pk, purpose="consideration")
    services.ask_author(**council, number=problem.pk, words="Де саме?")


def test_an_author_who_never_answers_is_not_asked_for_ever(make_problem, clean, author):
    problem = make_problem("accepted", at=MONDAY)
    at = problem.accepted_at
    ask = {**clean, "number": problem.pk, "words": "Де саме?"}
    for _ in range(3):
        services.ask_author(**ask, at=at)
        at += timedelta(days=14)
        services.remind_overdue(at=at)
    with pytest.raises(Conflict, match="без відповіді автора"):
        services.ask_author(**ask, at=at)
    services.answer_question(actor=author, number=problem.pk, words="Тут.", at=at)
    services.ask_author(**ask, at=at)


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


# Moderation


def remind(at: datetime) -> list[str]:
    services.remind_overdue(at=at)
    reminders = StatusChange.objects.filter(action="remind", created_at=at)
    return [each.details["to"] for each in reminders]


def test_moderation_is_escalated_at_its_limit_and_not_before(make_problem):
    make_problem("moderation", at=MONDAY)  # due by the end of Tuesday, at most of Wednesday
    first, limit = datetime(2026, 11, 18, tzinfo=KYIV), datetime(2026, 11, 19, tzinfo=KYIV)
    assert remind(first - timedelta(seconds=1)) == []
    assert remind(first) == ["responsible"]
    assert remind(limit - timedelta(seconds=1)) == []
    assert remind(limit) == ["controller"]
    assert remind(limit + timedelta(days=9)) == []


def test_the_organisation_has_two_working_days_before_its_controller_is_told(make_problem):
    problem = make_problem("open", at=MONDAY)  # due by the end of Thursday
    first = problem.due_at
    assert first == datetime(2026, 11, 20, tzinfo=KYIV)
    second = datetime(2026, 11, 25, tzinfo=KYIV)  # Monday and Tuesday follow
    assert remind(first) == ["responsible"]
    assert remind(second - timedelta(seconds=1)) == []
    assert remind(second) == ["controller"]


def test_a_pause_moves_the_limit_of_moderation_too(make_problem, moderator, author):
    problem = make_problem("moderation", at=MONDAY)
    asked_at = MONDAY + timedelta(hours=1)
    services.ask_reporter(actor=moderator, number=problem.pk, words="Де?", at=asked_at)
    services.answer_question(
        actor=author, number=problem.pk, words="Тут.", at=asked_at + timedelta(days=7)
    )
    due_at = datetime(2026, 11, 25, tzinfo=KYIV)
    assert Problem.objects.get(pk=problem.pk).due_at == due_at
    assert remind(due_at) == ["responsible"]
    assert remind(due_at + timedelta(hours=23)) == []
    assert remind(due_at + timedelta(days=1)) == ["controller"]


@pytest.mark.parametrize("how", ["restore", "resubmit"])
def test_a_second_moderation_has_its_own_term_and_reminders(make_problem, moderator, author, how):
    problem = make_problem("moderation", at=MONDAY)
    late = MONDAY + timedelta(days=14)
    assert remind(late) == ["responsible"]
    assert remind(late + timedelta(hours=1)) == ["controller"]
    services.reject_problem(
        actor=moderator, number=problem.pk, reason="slander", words="Образа.", at=late
    )
    if how == "restore":
        services.restore_problem(actor=moderator, number=problem.pk, at=late)
    else:
        services.resubmit_report(actor=author, number=problem.pk, at=late)
    problem.refresh_from_db()
    assert problem.due_at == datetime(2026, 12, 2, tzinfo=KYIV)
    assert remind(problem.due_at) == ["responsible"]
    assert remind(problem.due_at + timedelta(days=1)) == ["controller"]


def test_a_promise_does_not_survive_retraction(make_problem, moderator, author, clean):
    problem = make_problem("accepted", at=MONDAY)
    at = problem.accepted_at
    services.announce_date(
        **clean, number=problem.pk, planned_on=date(2027, 2, 1), words="Немає техніки.", at=at
    )
    services.retract_problem(
        actor=moderator, number=problem.pk, reason="mistake", words="Ще раз.", at=at
    )
    services.restore_problem(actor=moderator, number=problem.pk, at=at)
    services.ask_reporter(actor=moderator, number=problem.pk, words="Де?", at=at)
    services.answer_question(
        actor=author, number=problem.pk, words="Тут.", at=at + timedelta(days=7)
    )
    problem.refresh_from_db()
    assert problem.planned_on is None
    assert problem.due_at == datetime(2026, 11, 25, tzinfo=KYIV)


# One bad row


def test_a_problem_that_cannot_be_written_does_not_stop_the_others(
    make_problem, monkeypatch, caplog
):
    bad, good = make_problem("closed", at=MONDAY), make_problem("closed", at=MONDAY)
    late_bad, late_good = make_problem("open", at=MONDAY), make_problem("open", at=MONDAY)

    def record_or_fail(problem, step, *args, **values):
        if problem.pk in (bad.pk, late_bad.pk):
            raise IntegrityError("a bad row")
        return record(problem, step, *args, **values)

    monkeypatch.setattr(clock, "record", record_or_fail)
    later = MONDAY + timedelta(days=40)
    assert services.archive_due(at=later) == 1
    assert services.remind_overdue(at=later) == 1
    assert Problem.objects.get(pk=good.pk).state == "archived"
    assert Problem.objects.get(pk=bad.pk).state == "closed"
    assert Problem.objects.get(pk=late_good.pk).reminded_at == later
    assert Problem.objects.get(pk=late_bad.pk).reminded_at is None
    assert f"problem {bad.pk} " in caplog.text
    assert f"problem {late_bad.pk} " in caplog.text


def test_an_archive_that_fails_does_not_stop_the_reminders(db, monkeypatch):
    def fail() -> int:
        raise IntegrityError("a bad row")

    monkeypatch.setattr(services, "archive_due", fail)
    monkeypatch.setattr(services, "remind_overdue", lambda: 7)
    done = watch_deadlines.watch()
    assert (done["archived"], done["reminded"]) == (0, 7)
