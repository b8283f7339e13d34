"""Rows of the history written past the services, and a problem in each state to try them on."""

import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from geoportal.accounts.models import User
from geoportal.problems import services
from geoportal.problems.models import Problem, StatusChange
from geoportal.problems.workflow import EDGES, Action, Role, State
from tests.geoportal.problems.conftest import Crew, build_report, write_user
from tests.standing import standing_world

INSERT = """
    INSERT INTO problems_statuschange (
        problem_id, action, from_state, to_state, role, actor_id, organisation_id, words, reason,
        details, is_internal, created_at
    ) VALUES (
        %(problem_id)s, %(action)s, %(from_state)s, %(to_state)s, %(role)s, %(actor_id)s,
        %(organisation_id)s, %(words)s, %(reason)s, %(details)s, false, %(created_at)s
    )
"""
GIVEN = {
    "actor": "actor_id",
    "organisation": "organisation_id",
    "at": "created_at",
    "source": "from_state",
}
TRY_STEPS = Path(__file__).with_name("every_edge.sql").read_text(encoding="utf-8")
REASONS = {edge.action: edge.reasons[0] for edge in EDGES if edge.reasons}


def find_actor(problem: Problem, role: str) -> int | None:
    """Somebody who is what the role says."""
    match role:
        case Role.AUTHOR:
            return problem.reporter_id
        case Role.MODERATOR:
            return User.objects.get(is_moderator=True).pk
        case Role.ORGANISATION:
            holder = problem.assignments.first().organisation
            return holder.memberships.get().user_id
    return None


def describe_step(
    problem: Problem, action: str, target: str, role: str, **given: Any
) -> dict[str, Any]:
    """A row of the history that has all that the step needs, but for what is given."""
    row = describe_doer(problem, role) | describe_action(problem, action, target)
    return row | {GIVEN.get(name, name): value for name, value in given.items()}


def describe_action(problem: Problem, action: str, target: str) -> dict[str, Any]:
    return {
        "action": action,
        "to_state": target,
        "reason": REASONS.get(Action(action), ""),
        "details": {"change": problem.history.first().pk} if "words" in action else {},
    }


def describe_doer(problem: Problem, role: str) -> dict[str, Any]:
    return {
        "problem_id": problem.pk,
        "from_state": problem.state,
        "role": role,
        "actor_id": find_actor(problem, role),
        "organisation_id": problem.assignments.values_list("organisation", flat=True).first(),
        "words": "Слова.",
        "created_at": timezone.now(),
    }


def insert(problem: Problem, action: str, target: str, role: str, **given: Any) -> None:
    """One row of the history by SQL, undone afterwards; raises what the database says."""
    row = describe_step(problem, action, target, role, **given)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, row | {"details": json.dumps(row["details"])})
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        transaction.set_rollback(True)


def find_refusal(problem: Problem, action: str, target: str, role: str, **given: Any) -> str | None:
    """The name of the rule that the row breaks; `None` when it is let in."""
    try:
        insert(problem, action, target, role, **given)
    except DatabaseError as error:
        return name_rule(error)
    return None


def name_rule(error: DatabaseError) -> str:
    """The constraint, or for a refusal that names none its SQLSTATE."""
    cause: Any = error.__cause__
    return str(cause.diag.constraint_name or cause.pgcode)


@contextmanager
def refused(rule: str) -> Iterator[None]:
    """What is done inside breaks this rule."""
    with pytest.raises(DatabaseError) as caught, transaction.atomic():
        yield
    assert name_rule(caught.value) == rule


def try_steps(rows: list[dict[str, Any]]) -> list[str | None]:
    """What `find_refusal` would say of each, found in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(TRY_STEPS)
        cursor.execute("SELECT pg_temp.try_steps(%s)", [json.dumps(rows, cls=DjangoJSONEncoder)])
        (refusals,) = cursor.fetchone()
    return list(refusals)


@standing_world
def standing_states(standing_crew: Crew) -> dict[str, Problem]:
    """A problem in each state whose dates, holder and question would allow any step."""
    problems = {
        state: standing_crew.write_problem(state)
        for state in State.values
        if state != State.UNCONFIRMED
    }
    newcomer = write_user("newcomer", confirmed=False)
    problems[State.UNCONFIRMED] = services.report_problem(
        actor=newcomer, report=build_report(standing_crew.town)
    )
    holder = problems[State.OPEN].assignments.first().organisation
    for problem in problems.values():
        now = timezone.now()
        if problem.state != State.ARCHIVED:
            Problem.objects.filter(pk=problem.pk).update(
                published_at=now, accepted_at=now, closed_at=now, resolution="solved",
                archive_at=now + timedelta(days=25),
            )  # fmt: skip
        if not problem.assignments.exists():
            problem.assignments.create(organisation=holder, role="executor", created_at=now)
    write_questions(problems.values())
    return problems


def write_questions(problems: Iterable[Problem]) -> None:
    """The author of each was asked at some time."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE problems_statuschange DISABLE TRIGGER USER")
    for problem in problems:
        StatusChange.objects.create(
            problem=problem, action="ask", from_state=problem.state, to_state=problem.state,
            role="moderator", words="Де саме?", created_at=problem.state_since,
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE problems_statuschange ENABLE TRIGGER USER")


@pytest.fixture
def one_in_each_state(standing_states: dict[str, Problem]) -> dict[str, Problem]:
    return standing_states
