"""Something happened: it is written down at once, told by a job or, if that is lost, the clock."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from geoportal.messages.drafts import Payload
from geoportal.messages.retry import find_pause
from geoportal.notifications.models import Event
from geoportal.notifications.tasks import tell_event
from geoportal.notifications.telling import tell

log = logging.getLogger(__name__)
# So long the job is waited for.
PATIENCE = timedelta(minutes=2)
MOST_AT_ONCE = 100


def announce(subject: str, details: Payload) -> None:
    """A row of the caller's transaction, and a job for it: neither is without the other."""
    due_at = timezone.now() + PATIENCE
    event = Event.objects.create(subject=subject, details=dict(details), due_at=due_at)
    tell_event.enqueue(event.pk)


def tell_leftovers() -> int:
    """By the clock: events whose job was lost or failed; returns how many were told."""
    now = timezone.now()
    due = Event.objects.filter(told_at__isnull=True, due_at__lte=now).order_by("due_at")
    return sum(_try(event) for event in due[:MOST_AT_ONCE])


def purge_events() -> int:
    """By the clock: what happened long ago is known by the history of its subject."""
    since = timezone.now() - timedelta(days=settings.MESSAGE_DAYS)
    count, _models = (
        Event.objects.filter(created_at__lt=since)
        .exclude(told_at__isnull=True, due_at__isnull=False)
        .delete()
    )
    return count


def _try(event: Event) -> bool:
    """One that fails is tried later by the policy of the outbox; it does not stop the others."""
    pause = find_pause(event.attempts + 1)
    due_at = timezone.now() + pause if pause else None
    found = Event.objects.filter(pk=event.pk, attempts=event.attempts, told_at__isnull=True)
    if not found.update(attempts=event.attempts + 1, due_at=due_at):
        return False
    try:
        return tell(event.pk)
    except DatabaseError:
        raise
    except Exception:
        # Whatever fault of ours it is: the other events are told.
        log.exception("event %s of %s could not be told", event.pk, event.subject)
        return False
