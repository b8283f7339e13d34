"""How the outbox fares."""

from datetime import timedelta

from django.db.models import Count
from django.utils import timezone

from geoportal.messages.models import Message

LONGEST_WAIT = timedelta(minutes=15)


def is_stuck() -> bool:
    """Messages are due and nobody even tries to send; a mail server that is away is not that."""
    since = timezone.now() - LONGEST_WAIT
    waiting = (Message.State.QUEUED, Message.State.SENDING)
    if not Message.objects.filter(state__in=waiting, due_at__lt=since).exists():
        return False
    return not Message.objects.filter(tried_at__gte=since).exists()


def probe_queue() -> str:
    """For `/readyz`."""
    return "waiting too long" if is_stuck() else "ok"


def count_states() -> dict[str, int]:
    """How many messages are in each state."""
    rows = Message.objects.order_by().values_list("state").annotate(Count("pk"))
    return dict(rows)
