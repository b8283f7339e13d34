"""The one policy of retries: after 1, 4, 16, 64, 256 minutes, then every six hours; three days."""

from datetime import timedelta

FIRST_PAUSE = timedelta(minutes=1)
FACTOR = 4
LIFE = timedelta(days=3)
LONGEST_PAUSE = timedelta(hours=6)
MOST_ATTEMPTS = 17
# The reason of what was never tried in its time.
EXPIRED = "Expired"


def find_pause(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts; `None`: it was the last one."""
    if attempts >= MOST_ATTEMPTS:
        return None
    # Beyond that the pause is the longest anyway, and the power stays small.
    factor: int = FACTOR ** min(max(attempts - 1, 0), 8)
    return min(FIRST_PAUSE * factor, LONGEST_PAUSE)
