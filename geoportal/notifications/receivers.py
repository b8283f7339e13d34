"""What sets letters in motion: changes of problems; a job is a row, seen after the commit."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Max
from django.dispatch import receiver

from geoportal.accounts.models import User
from geoportal.accounts.signals import account_deleted
from geoportal.notifications.services import forget_person
from geoportal.notifications.subjects.problems.contacts import forget_contacts
from geoportal.notifications.tasks import tell_change, tell_rerouted
from geoportal.problems.models import Problem, RoutingDecision, StatusChange
from geoportal.problems.signals import contacts_forgotten, problem_changed, problems_rerouted
from geoportal.problems.workflow import Action


@receiver(problem_changed)
def tell_of_change(sender: type[StatusChange], change: StatusChange, **kwargs: Any) -> None:
    """One job for the change; the job finds out whom it concerns."""
    if change.action != Action.NOTE:
        tell_change.enqueue(change.pk)


@receiver(problems_rerouted)
def tell_of_moves(
    sender: type[RoutingDecision],
    moved: Sequence[tuple[int, int | None, int | None]],
    **kwargs: Any,
) -> None:
    """One job for all problems that new borders or rules moved."""
    rerouted = StatusChange.objects.filter(
        problem__in=[number for number, _old, _new in moved], action=Action.REROUTE
    )
    newest = rerouted.values("problem").annotate(newest=Max("pk")).values_list("newest", flat=True)
    tell_rerouted.enqueue(sorted(newest))


@receiver(contacts_forgotten)
def forget_addresses(sender: type[Problem], numbers: Sequence[int], **kwargs: Any) -> None:
    forget_contacts(numbers)


@receiver(account_deleted)
def forget_letters(sender: type[User], user: User, **kwargs: Any) -> None:
    forget_person(user=user)
