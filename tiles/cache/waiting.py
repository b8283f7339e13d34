"""Waiting for another thread or process, but not for ever."""

import time
from collections.abc import Callable

SHORTEST_PAUSE_S = 0.001
LONGEST_PAUSE_S = 0.02


class TookTooLong(Exception):
    """What another one makes was not ready in time."""


def wait_until(succeeds: Callable[[], bool], wait_s: float) -> None:
    """Ask more and more seldom until it succeeds; raises `TookTooLong`."""
    deadline = time.monotonic() + wait_s
    pause_s = SHORTEST_PAUSE_S
    while not succeeds():
        if time.monotonic() >= deadline:
            raise TookTooLong
        time.sleep(pause_s)
        pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
