"""Whose turn a message is: leases, and what becomes of it when its turn is over.

A message is sent at least once. Who was killed while sending it leaves a lease, and after its end
the message goes again, with the same `Message-ID`.
"""

from collections.abc import Sequence
from datetime import timedelta

from django.db.models import QuerySet
from django.utils import timezone

from geoportal.core.database.named_sql import load_sql
from geoportal.messages.models import Message
from geoportal.messages.retry import FIRST_PAUSE, find_pause

# Longer than any conversation with a mail server: each of its steps ends after EMAIL_TIMEOUT.
LEASE = timedelta(minutes=10)
State = Message.State
NO_CONTENT = {"text": "", "html": "", "headers": {}}


def lease_message(channels: Sequence[str]) -> Message | None:
    """The next one that is due, taken for this worker; `None` when nothing is.

    Read by the statement that takes it: a moment later an account may be deleted, and it with it.
    """
    now = timezone.now()
    values = {"now": now, "lease_until": now + LEASE, "channels": list(channels)}
    statement = load_sql("geoportal.messages", "lease_message")
    return next(iter(Message.objects.raw(statement, values)), None)


def settle_sent(message: Message) -> None:
    """Whoever holds the lease by now: it has gone, and nothing of what it said is kept."""
    Message.objects.filter(pk=message.pk).update(
        state=State.SENT, sent_at=timezone.now(), last_error="", **NO_CONTENT
    )


def settle_withdrawn(message: Message) -> None:
    """Nobody is to be told any more."""
    _held(message).update(state=State.WITHDRAWN, payload={}, **NO_CONTENT)


def settle_refused(message: Message, reason: str) -> None:
    _held(message).update(state=State.FAILED, last_error=reason)


def settle_postponed(message: Message, reason: str) -> bool:
    """This message was the cause: it waits the longer the more often. Is there another attempt?"""
    return _put_back(message, reason, find_pause(message.attempts), message.attempts)


def settle_waiting(message: Message, reason: str) -> bool:
    """Its channel was the cause: that is no attempt, and it goes as soon as the channel works."""
    return _put_back(message, reason, FIRST_PAUSE, message.attempts - 1)


def _put_back(message: Message, reason: str, pause: timedelta | None, attempts: int) -> bool:
    now = timezone.now()
    if pause is None or now + pause > message.expires_at:
        settle_refused(message, reason)
        return False
    _held(message).update(
        state=State.QUEUED, due_at=now + pause, attempts=attempts, last_error=reason
    )
    return True


def _held(message: Message) -> QuerySet[Message]:
    """While the lease is still this worker's: what became of the message since then stands."""
    return Message.objects.filter(pk=message.pk, state=State.SENDING, due_at=message.due_at)
