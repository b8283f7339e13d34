"""Everything that changes the outbox, but for sending itself."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from geoportal.core.database.named_sql import execute_sql
from geoportal.messages.channels import CHANNELS
from geoportal.messages.drafts import Content, Draft
from geoportal.messages.leasing import NO_CONTENT
from geoportal.messages.models import Message
from geoportal.messages.retry import EXPIRED, LIFE
from geoportal.messages.tasks import deliver_messages

State = Message.State
LONGEST_SUBJECT = 254
# Links of letters let people in: what could not be sent in this time is not kept to be sent.
CONTENT_KEPT = LIFE
MOST_PURGED = 5000


@transaction.atomic
def post_messages(drafts: Iterable[Draft]) -> int:
    """Put messages into the outbox by one statement, and a job that sends them; returns how many.

    Both are rows of the caller's transaction: what is undone tells nobody. An address that has a
    message with the same key gets no other.
    """
    now = timezone.now()
    rows = [_build_row(each, now) for each in drafts]
    if not rows:
        return 0
    values = {"messages": json.dumps(rows, ensure_ascii=False), "now": now}
    with connection.cursor() as cursor:
        execute_sql(cursor, "geoportal.messages", "post_messages", values)
        count: int = cursor.rowcount
    if count:
        deliver_messages.enqueue()
    return count


def forget_addresses(addresses: Sequence[str]) -> None:
    """Nothing is kept of what went or waits to go there."""
    Message.objects.filter(address__in=addresses).delete()


def forget_owners(owners: Sequence[str]) -> None:
    """The same for those that were posted for these owners."""
    Message.objects.filter(owner__in=owners).exclude(owner="").delete()


def withdraw_messages(messages: QuerySet[Message]) -> int:
    """Those that wait or have failed are not sent; returns how many."""
    waiting = messages.filter(state__in=(State.QUEUED, State.FAILED))
    return waiting.update(state=State.WITHDRAWN, payload={}, **NO_CONTENT)


@transaction.atomic
def send_again(messages: QuerySet[Message]) -> int:
    """Failed ones start anew, where there still is something to send; returns how many."""
    now = timezone.now()
    failed = messages.filter(state=State.FAILED)
    anew = {"state": State.QUEUED, "attempts": 0, "due_at": now}
    # Written when it goes, it says what stands then; what was written before is not kept longer.
    count = failed.exclude(topic="").update(**anew, expires_at=now + LIFE)
    written = failed.filter(topic="", created_at__gt=now - CONTENT_KEPT).exclude(text="")
    count += written.update(**anew, expires_at=F("created_at") + CONTENT_KEPT)
    if count:
        deliver_messages.enqueue()
    return count


def purge_messages() -> int:
    """By the clock: the content of what failed goes first, later the rows; returns how many.

    What waits for a channel that is there no more fails when its time is over.
    """
    now = timezone.now()
    waiting = Message.objects.filter(state__in=(State.QUEUED, State.SENDING))
    waiting.filter(expires_at__lte=now).exclude(channel__in=CHANNELS).update(
        state=State.FAILED, last_error=EXPIRED
    )
    failed = Message.objects.filter(state=State.FAILED, created_at__lt=now - CONTENT_KEPT)
    failed.exclude(text="").update(**NO_CONTENT)
    ended = (State.SENT, State.FAILED, State.WITHDRAWN)
    old = Message.objects.filter(
        state__in=ended, created_at__lt=now - timedelta(days=settings.MESSAGE_DAYS)
    )
    count, _models = Message.objects.filter(pk__in=old.values("pk")[:MOST_PURGED]).delete()
    return count


def _build_row(draft: Draft, now: datetime) -> dict[str, object]:
    due_at = draft.not_before or now
    content = draft.content or Content(subject="", text="")
    return {
        "channel": draft.channel,
        "address": draft.address,
        "language": draft.language,
        "subject": " ".join(content.subject.split())[:LONGEST_SUBJECT],
        "text": content.text,
        "html": content.html,
        "headers": dict(content.headers),
        "topic": draft.topic,
        "payload": dict(draft.payload),
        "owner": draft.owner,
        "key": draft.key,
        "priority": draft.priority,
        "due_at": due_at.isoformat(),
        "expires_at": (due_at + LIFE).isoformat(),
    }
