"""The job that finds out whom an event concerns."""

from django_tasks import task

from geoportal.notifications.telling import tell


@task()
def tell_event(event_id: int) -> None:
    tell(event_id)
