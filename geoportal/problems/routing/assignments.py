"""Which organisations hold a problem: made from a routing decision, moved by later ones."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from geoportal.accounts.models import Organisation
from geoportal.problems.models import Assignment, Problem
from geoportal.problems.routing.deciding import Routing
from geoportal.problems.workflow import Purpose, RoutingRole


def list_in_force(problem: Problem) -> QuerySet[Assignment]:
    """Assignments that hold now, the oldest first."""
    return problem.assignments.filter(ended_at__isnull=True).select_related("organisation")


def has_accepted(problem: Problem) -> bool:
    """Some organisation that holds the problem has taken it, be it for control only."""
    return _list_taken(problem).exists()


def has_working_acceptance(problem: Problem) -> bool:
    """Some organisation has taken it for solution or for consideration: control alone is no work.

    An organisation that was switched off does nothing any more.
    """
    return _list_taken(problem).exclude(purpose=Purpose.CONTROL).exists()


def _list_taken(problem: Problem) -> QuerySet[Assignment]:
    return list_in_force(problem).filter(accepted_at__isnull=False, organisation__is_active=True)


def find_routed_executor(problem: Problem) -> int | None:
    """Whom the newest decision names."""
    newest = problem.decisions.order_by("-pk").values_list("organisation", flat=True)
    return newest.first()


def sync_assignments(
    problem: Problem, routing: Routing, at: datetime, *, routed_before: int | None = None
) -> None:
    """Give the problem to whom the routing names.

    An executor by hand (forwarded, given by the dispatcher, self-taken) keeps it; so does any
    other while the routing names the same executor as the decision before (`routed_before`).
    Else organisations by the rules that it does not name any more lose the problem, accepted or
    not. Who passed it on does not get it back. The executor is chosen by the caller.
    """
    standing = {each.organisation_id: each for each in list_in_force(problem)}
    wanted: dict[int, str] = dict(routing.list_assigned())
    is_same = routing.executor == routed_before
    if any(_is_working_executor(each, is_same) for each in standing.values()):
        wanted = _keep_executors(wanted, standing, is_same)
    for organisation_id, assignment in standing.items():
        role = wanted.get(organisation_id)
        if role == RoutingRole.EXECUTOR or (role and assignment.is_routed):
            change_role(assignment, role)
        elif assignment.is_routed:
            end_assignment(assignment, Assignment.End.REROUTED, at)
    passed_on = problem.assignments.filter(
        ended_as=Assignment.End.FORWARDED, ended_at__gte=problem.published_at or at
    )
    gone = set(passed_on.values_list("organisation", flat=True))
    Assignment.objects.bulk_create(
        Assignment(problem=problem, organisation_id=organisation_id, role=role, created_at=at)
        for organisation_id, role in wanted.items()
        if organisation_id not in standing
        and (role == RoutingRole.EXECUTOR or organisation_id not in gone)
    )


def _is_working_executor(assignment: Assignment, is_same: bool) -> bool:
    """It keeps the problem: by hand always, by the rules while they name the same as before."""
    return (
        assignment.role == RoutingRole.EXECUTOR
        and assignment.organisation.is_active
        and (is_same or not assignment.is_routed)
    )


def _keep_executors(
    wanted: Mapping[int, str], standing: Mapping[int, Assignment], is_same: bool
) -> dict[int, str]:
    """Roles by organisation where no new executor is named: who is one stays one."""
    kept = {pk: role for pk, role in wanted.items() if role != RoutingRole.EXECUTOR}
    for pk, assignment in standing.items():
        is_executor = assignment.role == RoutingRole.EXECUTOR
        if (pk in wanted and pk not in kept) or (is_executor and (is_same or pk in wanted)):
            kept[pk] = assignment.role
    return kept


def change_role(assignment: Assignment, role: str) -> None:
    """In another role the organisation has to take the problem anew."""
    if assignment.role != role:
        assignment.role = role
        assignment.accepted_at = assignment.accepted_by = None
        assignment.purpose = ""
        assignment.save()


def make_executor(assignment: Assignment) -> None:
    """By hand: the rules do not take it back."""
    assignment.is_routed = False
    assignment.save(update_fields=["is_routed"])
    change_role(assignment, RoutingRole.EXECUTOR)


def end_switched_off(problem: Problem, at: datetime) -> None:
    """Organisations that were switched off hold the problem no more."""
    for assignment in list_in_force(problem).filter(organisation__is_active=False):
        end_assignment(assignment, Assignment.End.REROUTED, at)


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


def choose_executor(problem: Problem, *, before: int | None = None) -> None:
    """Sets `problem.organisation`: the executor that took it for work, else the one `before`, else
    one by hand, else the newest; where there is none, who took it for consideration.

    An organisation that was switched off does nothing any more, and control is no work.
    """
    held = list(list_in_force(problem).filter(organisation__is_active=True))
    executors = [each for each in held if each.role == RoutingRole.EXECUTOR]
    executors.sort(
        key=lambda each: (
            _is_worked_on(each), each.organisation_id == before, not each.is_routed, each.pk
        )
    )  # fmt: skip
    best = executors[-1:] or [each for each in held if _is_worked_on(each)][:1]
    problem.organisation = best[0].organisation if best else None


def _is_worked_on(assignment: Assignment) -> bool:
    return assignment.accepted_at is not None and assignment.purpose != Purpose.CONTROL
