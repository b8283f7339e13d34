"""Whether the author may be asked: by whom, and how often without an answer."""

from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation
from geoportal.core.errors import Conflict
from geoportal.problems.models import Assignment, Problem
from geoportal.problems.routing.assignments import list_in_force
from geoportal.problems.workflow import WORKING, Action, RoutingRole

# Each silent question stops the clock for days: after so many an organisation decides without.
MOST_UNANSWERED = 3


def require_somebody_to_ask(problem: Problem) -> None:
    """Raises `Conflict`."""
    if problem.reporter_id is None:
        raise Conflict(_("This report has no author on the portal who could answer."))
    if problem.asked_at is not None:
        raise Conflict(_("The author was asked already and has not answered yet."))


def may_ask(assignment: Assignment) -> bool:
    """Who only looks on does not stop the clock of who works."""
    taken = assignment.accepted_at is not None and assignment.purpose in WORKING
    return taken or assignment.role == RoutingRole.EXECUTOR


def require_may_ask(problem: Problem, organisation: Organisation) -> None:
    """Raises `Conflict`."""
    require_somebody_to_ask(problem)
    if not may_ask(list_in_force(problem).get(organisation=organisation)):
        raise Conflict(
            _("First take the problem for solution or for consideration; control is not enough.")
        )
    if count_unanswered(problem, organisation) >= MOST_UNANSWERED:
        raise Conflict(
            _("The author did not answer %(count)s times; decide with what you know.")
            % {"count": MOST_UNANSWERED}
        )


def awaits_answer(problem: Problem) -> bool:
    """The clock waits for the author, or has waited in vain: a late answer helps still."""
    if problem.asked_at is not None:
        return True
    passed = (
        Action.ASK, Action.ANSWER, Action.UNANSWERED, Action.RESTORE, Action.PUBLISH, Action.REOPEN,
    )  # fmt: skip
    last = problem.history.filter(action__in=passed).last()
    return last is not None and last.action == Action.UNANSWERED


def count_unanswered(problem: Problem, organisation: Organisation) -> int:
    """Questions of the organisation since the author's last word."""
    said = problem.history.filter(action__in=(Action.ANSWER, Action.REOPEN)).last()
    asked = problem.history.filter(action=Action.ASK, organisation=organisation)
    return asked.filter(pk__gt=said.pk if said else 0).count()
