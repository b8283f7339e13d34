"""Sending: what is due goes, one by one, until nothing is due or the turn is over."""

import logging
from contextlib import ExitStack
from dataclasses import dataclass
from time import monotonic

from django.db import DatabaseError
from django.utils import timezone, translation

from geoportal.messages.channels import CHANNELS
from geoportal.messages.channels.channel import Send
from geoportal.messages.errors import Postponed, Refused, Unavailable
from geoportal.messages.leasing import (
    lease_message,
    settle_postponed,
    settle_refused,
    settle_sent,
    settle_waiting,
    settle_withdrawn,
)
from geoportal.messages.models import Message
from geoportal.messages.retry import EXPIRED, MOST_ATTEMPTS
from geoportal.messages.topics import write_content

log = logging.getLogger(__name__)
# So long the worker is busy with messages before other jobs get their turn, and the clock before
# the other things that time brings about.
TURN_S = 60.0
CLOCK_TURN_S = 20.0


@dataclass
class Tally:
    """What became of the messages of one turn; `is_over`: time ended before the messages did."""

    sent: int = 0
    postponed: int = 0
    failed: int = 0
    withdrawn: int = 0
    is_over: bool = False


def deliver_due(turn_s: float = TURN_S) -> Tally:
    """Send what is due; several processes may do so at once. Not inside a transaction."""
    tally, ends_at = Tally(), monotonic() + turn_s
    with ExitStack() as stack:
        sends = {slug: stack.enter_context(each.connect()) for slug, each in CHANNELS.items()}
        while sends and (message := lease_message(list(sends))):
            try:
                _deliver(message, sends[message.channel], tally)
            except Unavailable as error:
                log.warning("channel %s: %s; messages wait", message.channel, error.reason)
                _note(message, error.reason, tally, again=settle_waiting(message, error.reason))
                del sends[message.channel]
            if monotonic() >= ends_at:
                tally.is_over = True
                break
    return tally


def deliver_leftovers() -> int:
    """By the clock: retries, and what waits because its job or its worker is lost."""
    return deliver_due(CLOCK_TURN_S).sent


def _deliver(message: Message, send: Send, tally: Tally) -> None:
    """Raises `Unavailable`; every other failure is of this message alone."""
    if message.expires_at <= timezone.now():  # no worker has run for days
        settle_refused(message, message.last_error or EXPIRED)
        _note(message, EXPIRED, tally, again=False)
        return
    if message.attempts > MOST_ATTEMPTS:  # whoever took it has never come back
        _postpone(message, "WorkerLost", tally)
        return
    try:
        with translation.override(message.language or translation.get_language()):
            content = write_content(message)
            if content is None:
                settle_withdrawn(message)
                tally.withdrawn += 1
                return
            send(message, content)
    except Refused as error:
        log.warning("message %s: refused: %s", message.pk, error.reason)
        settle_refused(message, error.reason)
        tally.failed += 1
    except Postponed as error:
        _postpone(message, error.reason, tally)
    except (Unavailable, DatabaseError):
        raise
    except Exception as error:
        # A message that cannot be written, for whatever fault of ours, holds up no other one.
        log.exception("message %s: it could not be written", message.pk)
        _postpone(message, type(error).__name__, tally)
    else:
        settle_sent(message)
        tally.sent += 1


def _postpone(message: Message, reason: str, tally: Tally) -> None:
    _note(message, reason, tally, again=settle_postponed(message, reason))


def _note(message: Message, reason: str, tally: Tally, *, again: bool) -> None:
    if again:
        log.warning("message %s: %s; once more later", message.pk, reason)
        tally.postponed += 1
    else:
        log.error("message %s: %s; given up", message.pk, reason)
        tally.failed += 1
