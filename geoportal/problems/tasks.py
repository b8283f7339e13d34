"""Jobs of the report workflow."""

from django_tasks import task

from geoportal.problems.services.reassignment_runs import join_after_changeset
from layers.models import Changeset


@task()
def join_problems_again(changeset_id: int) -> None:
    """Job: problems in the changed territories get who answers for them now."""
    join_after_changeset(Changeset.objects.select_related("layer").get(pk=changeset_id))
