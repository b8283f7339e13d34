"""A moderator looks at problems that new borders left near them."""

from django.db import transaction
from django.utils.translation import gettext as _

from geoportal.accounts.policies import Actor
from geoportal.core.errors import Conflict
from geoportal.problems.access import require_moderator
from geoportal.problems.history.steps import lock_problem
from geoportal.problems.models import Problem


@transaction.atomic
def confirm_border(*, actor: Actor, number: int) -> Problem:
    """The side on which the newest decision put the problem is right; nothing else changes.

    Raises `Conflict` where nobody asks any more.
    """
    user = require_moderator(actor)
    problem = lock_problem(number)
    decision = problem.decisions.order_by("pk").last()
    if decision is None or not problem.border_needs_check:
        raise Conflict(_("This was decided already."))
    decision.confirmed_by, problem.border_needs_check = user, False
    decision.save(update_fields=["confirmed_by"])
    problem.save(update_fields=["border_needs_check"])
    return problem
