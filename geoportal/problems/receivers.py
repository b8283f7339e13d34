"""What follows events of the packages below."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.accounts.signals import account_deleted, email_confirmed
from geoportal.core.errors import Conflict
from geoportal.problems.models import (
    Oversight,
    Problem,
    ReassignmentRun,
    Responsibility,
    StateEdge,
)
from geoportal.problems.services import confirm_reports, forget_person
from geoportal.problems.tasks import join_problems_again
from geoportal.problems.workflow import EDGES
from layers.models import Changeset, Layer
from layers.signals import changeset_published, layer_leaving


def write_edges(**kwargs: Any) -> None:
    """Keep the database's table of edges equal to `workflow.EDGES`.

    In one transaction: those who work meanwhile go by the old table until the new one stands.
    """
    with transaction.atomic():
        StateEdge.objects.all().delete()
        StateEdge.objects.bulk_create(StateEdge(**vars(edge)) for edge in EDGES)


@receiver(changeset_published)
def follow_borders(sender: type[Changeset], changeset: Changeset, **kwargs: Any) -> None:
    """Borders changed: problems are joined again by a job, where there are any."""
    if changeset.kind in (Changeset.Kind.STYLE, Changeset.Kind.PASSPORT):
        return
    if changeset.layer.kind == Layer.Kind.TERRITORY and Problem.objects.exists():
        join_problems_again.enqueue(changeset.pk)


@receiver(layer_leaving)
def keep_layers_of_rules(sender: type[Layer], layer: Layer, deleting: bool, **kwargs: Any) -> None:
    """Rules that name a territory need its layer; what new joins found goes with a deleted one."""
    zones = Responsibility.objects.filter(territory_layer=layer).count()
    watched = Oversight.objects.filter(territory_layer=layer).count()
    if zones or watched:
        raise Conflict(
            _(
                "Territories of this layer are named by zones of responsibility (%(zones)s) and "
                "by oversight (%(watched)s); point them to another layer first."
            )
            % {"zones": zones, "watched": watched}
        )
    if deleting:
        ReassignmentRun.objects.filter(changeset__layer=layer).delete()


@receiver(email_confirmed)
def send_to_moderation(sender: type[User], user: User, **kwargs: Any) -> None:
    """Reports that waited for their author's e-mail."""
    confirm_reports(user=user)


@receiver(account_deleted)
def forget_author(sender: type[User], user: User, **kwargs: Any) -> None:
    forget_person(user=user)
