"""What follows a migration inside this package."""

from typing import Any

from django.db import transaction

from importers.models import StateEdge
from importers.states import EDGES


def write_edges(**kwargs: Any) -> None:
    """Keep the database's table of edges equal to `states.EDGES`, in one transaction."""
    with transaction.atomic():
        StateEdge.objects.all().delete()
        StateEdge.objects.bulk_create(
            StateEdge(source=source, target=target)
            for source, targets in EDGES.items()
            for target in targets
        )
