"""What becomes of state and clock when a problem goes from one organisation to another."""

from dataclasses import dataclass
from datetime import datetime

from geoportal.problems.history.projection import project_problems
from geoportal.problems.history.steps import Step, record
from geoportal.problems.models import Problem, StatusChange
from geoportal.problems.routing.assignments import (
    choose_executor,
    has_accepted,
    has_working_acceptance,
)
from geoportal.problems.services.due_dates import await_solution, restart_acceptance, start_clock
from geoportal.problems.workflow import State


@dataclass(frozen=True)
class Held:
    """Who held a problem before a step: its executor, and whether somebody worked on it."""

    executor: int | None
    is_worked_on: bool


def read_held(problem: Problem) -> Held:
    return Held(problem.organisation_id, has_working_acceptance(problem))


def describe_change(before: Held, problem: Problem) -> dict[str, object]:
    """For the history: from whom to whom it went; nobody is told where they are the same."""
    return {
        "from_organisation": before.executor,
        "to_organisation": problem.organisation_id,
    }


def settle_holders(
    problem: Problem, before: Held, at: datetime, *, anew: bool = False
) -> tuple[State, bool]:
    """The state that follows from who holds the problem now, and whether the executor changed.

    Sets the executor and the deadlines; the caller saves. A promise and the reminders were those
    of the old executor. Where nobody works on it any more, the new one has the whole term to
    accept (`anew`: the term of the solution begins too) and the problem is open; control that
    stands for itself keeps it accepted only as long as the executor stays.
    """
    choose_executor(problem)
    changed = problem.organisation_id != before.executor
    works = has_working_acceptance(problem)
    lost = before.is_worked_on and not works
    if changed or lost:
        problem.planned_on = None
        problem.reminded_at = problem.escalated_at = None
        if anew:
            start_clock(problem, at)
        elif not works:
            restart_acceptance(problem, at)
        if works:
            await_solution(problem)
    state = State(problem.state)
    if state == State.ACCEPTED and not works and (changed or lost or not has_accepted(problem)):
        state = State.OPEN
    return state, changed


def record_settled(problem: Problem, step: Step, target: State) -> StatusChange:
    """Append the step; who is open again has no time of acceptance. The problem is saved by then.

    The database wants that time as long as the state says accepted, so it goes afterwards.
    """
    change = record(problem, step, target, project=False)
    if target == State.OPEN and problem.accepted_at is not None:
        problem.accepted_at = None
        problem.save(update_fields=["accepted_at"])
    project_problems([problem.pk], comment=change.get_action_display())
    return change
