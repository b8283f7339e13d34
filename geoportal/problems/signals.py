"""What packages above may listen to; sent after commit."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.dispatch import Signal

# Sent with `change`: a row of the history (`StatusChange`) was committed.
problem_changed = Signal()
# Sent with `moved`: problems that new borders or rules gave to other organisations, as a list of
# (problem id, old executor's id or None, new one's or None); they are equal where only others
# consider or control it.
problems_rerouted = Signal()

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
