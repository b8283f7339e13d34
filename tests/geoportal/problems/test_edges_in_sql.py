"""PostgreSQL itself keeps the life of a problem to the table of edges, whoever writes."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from geoportal.problems import services
from geoportal.problems.models import Problem, StateEdge, StatusChange
from geoportal.problems.workflow import EDGES, UNPUBLISHED, Action, Role, State, find_edges
from tests.geoportal.problems.conftest import write_user

INSERT = """
    INSERT INTO problems_statuschange (
        problem_id, action, from_state, to_state, role, actor_id, organisation_id, words, reason,
        details, is_internal, created_at
    ) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, '{}', false, %s)
"""


def insert(problem: Problem, action: str, target: str, role: str, **given: Any) -> None:
    """One row of the history by SQL, undone afterwards; raises what the database says."""
    values: dict[str, Any] = {
        "actor": problem.reporter_id,
        "organisation": problem.assignments.values_list("organisation", flat=True).first(),
        "words": "Слова.",
        "reason": "solved",
        "at": timezone.now(),
        "source": problem.state,
    } | given
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            [
                problem.pk, action, values["source"], target, role, values["actor"],
                values["organisation"], values["words"], values["reason"], values["at"],
            ],
        )  # fmt: skip
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def is_let_in(problem: Problem, action: str, target: str, role: str, **given: Any) -> bool:
    try:
        insert(problem, action, target, role, **given)
    except DatabaseError:
        return False
    return True


@pytest.fixture
def one_in_each_state(make_problem, make_report) -> dict[str, Problem]:
    """A problem in each state whose dates and holder would allow any step."""
    newcomer = write_user("newcomer", confirmed=False)
    problems = {
        state: make_problem(state)
        for state in State.values
        if state not in (State.UNCONFIRMED, State.REJECTED)
    }
    problems[State.REJECTED] = make_problem("rejected")
    problems[State.UNCONFIRMED] = services.report_problem(actor=newcomer, report=make_report())
    holder = problems[State.OPEN].assignments.first().organisation
    for problem in problems.values():
        if problem.state != State.ARCHIVED:
            now = timezone.now()
            Problem.objects.filter(pk=problem.pk).update(
                published_at=now, accepted_at=now, closed_at=now, resolution="solved",
                archive_at=now + timedelta(days=25),
            )  # fmt: skip
        if not problem.assignments.exists():
            problem.assignments.create(organisation=holder, role="executor", created_at=now)
    return problems


def test_table_of_edges_is_the_one_of_the_code(db):
    stored = set(StateEdge.objects.values_list("action", "source", "target", "role"))
    assert stored == {(e.action, e.source, e.target, e.role) for e in EDGES}


def test_every_state_action_and_role_goes_as_the_table_says(one_in_each_state):
    wrong = []
    for source, problem in one_in_each_state.items():
        for action in Action.values:
            later = timedelta(days=26 if action == Action.ARCHIVE else 0)
            for role in Role.values:
                allowed = {edge.target for edge in find_edges(action, source, role)}
                wrong += [
                    (source, action, target, role)
                    for target in State.values
                    if is_let_in(problem, action, target, role, at=timezone.now() + later)
                    != (target in allowed)
                ]
    assert wrong == []


def test_state_is_not_moved_past_the_history(one_in_each_state):
    for source, problem in one_in_each_state.items():
        for target in State.values:
            if target != source:
                with pytest.raises(DatabaseError), transaction.atomic():
                    Problem.objects.filter(pk=problem.pk).update(state=target)


def test_a_step_from_another_state_is_refused(one_in_each_state):
    problem = one_in_each_state[State.OPEN]
    assert not is_let_in(problem, "accept", "accepted", "organisation", source="accepted")


def test_words_reason_author_and_holder_are_asked_for(one_in_each_state, town, resident):
    closed, accepted = one_in_each_state[State.CLOSED], one_in_each_state[State.ACCEPTED]
    assert is_let_in(closed, "reopen", "open", "author")
    assert not is_let_in(closed, "reopen", "open", "author", words="  ")
    assert not is_let_in(closed, "reopen", "open", "author", actor=resident.pk)
    assert is_let_in(accepted, "close", "closed", "organisation")
    assert not is_let_in(accepted, "close", "closed", "organisation", reason="")
    stranger = town.organisations["roads"].pk
    assert not is_let_in(accepted, "close", "closed", "organisation", organisation=stranger)


def test_reopening_and_archive_keep_the_term(one_in_each_state):
    closed = one_in_each_state[State.CLOSED]
    closed.refresh_from_db()
    moment = timedelta(microseconds=1)
    assert is_let_in(closed, "reopen", "open", "author", at=closed.archive_at - moment)
    assert not is_let_in(closed, "reopen", "open", "author", at=closed.archive_at)
    assert not is_let_in(closed, "archive", "archived", "system", at=closed.archive_at - moment)
    assert is_let_in(closed, "archive", "archived", "system", at=closed.archive_at)


def test_archived_problem_is_untouchable_but_forgets_people(one_in_each_state):
    archived = Problem.objects.filter(pk=one_in_each_state[State.ARCHIVED].pk)
    for change in ({"title": "Інше"}, {"votes": 5}, {"archive_at": None}, {"rating": 5}):
        with pytest.raises(DatabaseError), transaction.atomic():
            archived.update(**change)
    assert archived.update(reporter=None, contact_phone="") == 1


def test_history_and_problems_are_neither_rewritten_nor_deleted(one_in_each_state):
    history = StatusChange.objects.filter(problem=one_in_each_state[State.OPEN])
    refused = (
        lambda: history.update(words="Інше"),
        lambda: history.update(created_at=timezone.now()),
        lambda: history._raw_delete("default"),
        lambda: Problem.objects.all()._raw_delete("default"),
    )
    for attempt in refused:
        with pytest.raises(DatabaseError), transaction.atomic():
            attempt()
    assert history.update(actor=None) == history.count()


def test_only_what_was_never_published_loses_its_words(one_in_each_state):
    for state in (State.OPEN, State.ARCHIVED, State.MODERATION, State.REJECTED):
        history = StatusChange.objects.filter(problem=one_in_each_state[state])
        for values in ({"words": "Інше"}, {"details": {"a": 1}}, {"words": "", "reason": "x"}):
            with pytest.raises(DatabaseError), transaction.atomic():
                history.update(**values)
        if state in UNPUBLISHED:
            assert history.update(words="", details={}) == history.count()
        else:
            with pytest.raises(DatabaseError), transaction.atomic():
                history.update(words="", details={"gone": 1})


def test_a_problem_begins_unpublished(town, author):
    for state in set(State.values) - {State.UNCONFIRMED, State.MODERATION}:
        now = timezone.now()
        with pytest.raises(DatabaseError), transaction.atomic():
            Problem.objects.create(
                category=town.categories["rubbish"], title="Назва", description="Опис",
                geom=Point(30.51, 50.415, srid=4326), state=state, state_since=now,
                created_at=now, published_at=now, accepted_at=now, closed_at=now, archive_at=now,
                resolution="solved",
            )  # fmt: skip


def test_voices_are_given_to_living_problems_by_others(one_in_each_state, resident):
    for state, problem in one_in_each_state.items():
        allowed = state in (State.OPEN, State.ACCEPTED)
        for user, may in ((resident, allowed), (problem.reporter, False)):
            problem.followers.filter(user=user).delete()
            try:
                with transaction.atomic():
                    problem.followers.create(user=user, has_voice=True, created_at=timezone.now())
                let_in = True
            except DatabaseError:
                let_in = False
            assert let_in == may, (state, user)
