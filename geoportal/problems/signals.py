"""What packages above may listen to."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.dispatch import Signal

# Sent with `change`, a row of the history (`StatusChange`), in the transaction that writes it: the
# steps of the service that follow are still to come, so listeners only put down a job, whose row
# workers see after the commit.
problem_changed = Signal()
# Sent in the same transaction with `moved`: problems that new borders or rules gave to other
# organisations, as a list of (problem id, old executor's id or None, new one's or None); they are
# equal where only others consider or control it.
problems_rerouted = Signal()
# Sent in the same transaction with `numbers`: contacts of these problems were erased.
contacts_forgotten = Signal()

_silent: ContextVar[bool] = ContextVar("changes are told to nobody", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """Changes recorded inside are told to nobody: a history that is written down afterwards."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def is_silent() -> bool:
    return _silent.get()
