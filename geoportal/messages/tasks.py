"""The job that sends what was posted."""

from django_tasks import task

from geoportal.messages.delivery import deliver_due


@task()
def deliver_messages() -> None:
    """Everything that is due; when that is much, other jobs get their turn in between."""
    if deliver_due().is_over:
        deliver_messages.enqueue()
