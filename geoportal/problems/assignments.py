"""Which organisations hold a problem: made from a routing decision, moved by later ones."""

from datetime import datetime

from django.db.models import QuerySet

from geoportal.accounts.models import Organisation
from geoportal.problems.models import Assignment, Problem
from geoportal.problems.routing import Routing
from geoportal.problems.workflow import RoutingRole


def list_in_force(problem: Problem) -> QuerySet[Assignment]:
    """Assignments that hold now, the oldest first."""
    return problem.assignments.filter(ended_at__isnull=True).select_related("organisation")


def has_accepted(problem: Problem) -> bool:
    """Some organisation that holds the problem has taken it."""
    return list_in_force(problem).filter(accepted_at__isnull=False).exists()


def sync_assignments(problem: Problem, routing: Routing, at: datetime) -> bool:
    """Give the problem to whom the routing names; returns whether the executor changed.

    Routed organisations that it does not name any more lose the problem, accepted or not; those
    that a moderator added or to whom it was forwarded keep it. Sets `problem.organisation`.
    """
    wanted = routing.list_assigned()
    standing = {each.organisation_id: each for each in list_in_force(problem)}
    for organisation_id, assignment in standing.items():
        if organisation_id in wanted:
            if assignment.role != wanted[organisation_id]:
                assignment.role = wanted[organisation_id]
                assignment.save(update_fields=["role"])
        elif assignment.is_routed:
            end_assignment(assignment, Assignment.End.REROUTED, at)
    Assignment.objects.bulk_create(
        Assignment(problem=problem, organisation_id=organisation_id, role=role, created_at=at)
        for organisation_id, role in wanted.items()
        if organisation_id not in standing
    )
    changed = problem.organisation_id != routing.executor
    problem.organisation_id = routing.executor
    return changed


def end_assignment(assignment: Assignment, how: str, at: datetime) -> None:
    assignment.ended_at, assignment.ended_as = at, how
    assignment.save(update_fields=["ended_at", "ended_as"])


def give(
    problem: Problem,
    organisation: Organisation,
    role: str,
    at: datetime,
    *,
    is_routed: bool = False,
) -> Assignment:
    """An assignment in force for the organisation; the one that stands is kept."""
    assignment, _made = Assignment.objects.get_or_create(
        problem=problem,
        organisation=organisation,
        ended_at=None,
        defaults={"role": role, "is_routed": is_routed, "created_at": at},
    )
    return assignment


def choose_executor(problem: Problem) -> None:
    """Sets `problem.organisation`: who took it for solution, else the newest executor.

    An organisation that was switched off does nothing any more.
    """
    held = list(list_in_force(problem).filter(organisation__is_active=True))
    executors = [each for each in held if each.role == RoutingRole.EXECUTOR]
    taken = [each for each in executors if each.accepted_at]
    best = (taken or executors)[-1:] or [each for each in held if each.accepted_at][:1]
    problem.organisation = best[0].organisation if best else None
