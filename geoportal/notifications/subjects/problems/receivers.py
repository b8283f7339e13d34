"""What sets letters in motion: changes of problems."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Max
from django.dispatch import receiver

from geoportal.notifications.events import announce
from geoportal.notifications.subjects.problems.contacts import forget_contacts
from geoportal.problems.models import Problem, RoutingDecision, StatusChange
from geoportal.problems.signals import contacts_forgotten, problem_changed, problems_rerouted
from geoportal.problems.workflow import Action


@receiver(problem_changed)
def tell_of_change(sender: type[StatusChange], change: StatusChange, **kwargs: Any) -> None:
    """Whom it concerns is found out after the commit."""
    if change.action != Action.NOTE:
        announce("problems", {"change": change.pk})


@receiver(problems_rerouted)
def tell_of_moves(
    sender: type[RoutingDecision],
    moved: Sequence[tuple[int, int | None, int | None]],
    **kwargs: Any,
) -> None:
    """One event for all problems that new borders or rules moved."""
    rerouted = StatusChange.objects.filter(
        problem__in=[number for number, _old, _new in moved], action=Action.REROUTE
    )
    newest = rerouted.values("problem").annotate(newest=Max("pk")).values_list("newest", flat=True)
    announce("problems", {"rerouted": sorted(newest)})


@receiver(contacts_forgotten)
def forget_addresses(sender: type[Problem], numbers: Sequence[int], **kwargs: Any) -> None:
    forget_contacts(numbers)
