"""What follows a migration, and the end of a layer, inside this package."""

from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils.translation import gettext as _

from importers.models import Import, StateEdge
from importers.stages.jobs import let_go
from importers.states import EDGES, WAITING, WORKING
from layers.models import Layer
from layers.signals import layer_leaving


def write_edges(**kwargs: Any) -> None:
    """Keep the database's table of edges equal to `states.EDGES`, in one transaction."""
    with transaction.atomic():
        StateEdge.objects.all().delete()
        StateEdge.objects.bulk_create(
            StateEdge(source=source, target=target)
            for source, targets in EDGES.items()
            for target in targets
        )


@receiver(layer_leaving)
def let_imports_go(sender: type[Layer], layer: Layer, deleting: bool, **kwargs: Any) -> None:
    """Imports into a layer that is deleted have nowhere to go; what they did stays to be read."""
    if not deleting:
        return
    for import_ in Import.objects.filter(layer=layer, state__in=WAITING):
        let_go(import_, _("The layer was deleted."))
    Import.objects.filter(layer=layer, state__in=WORKING).update(cancel_asked=True)
    Import.objects.filter(changeset__layer=layer).update(changeset=None)
