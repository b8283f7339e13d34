"""What follows events of the packages below."""

from typing import Any

from geoportal.problems.models import StateEdge
from geoportal.problems.workflow import EDGES


def write_edges(**kwargs: Any) -> None:
    """Keep the database's table of edges equal to `workflow.EDGES`."""
    StateEdge.objects.all().delete()
    StateEdge.objects.bulk_create(StateEdge(**vars(edge)) for edge in EDGES)
