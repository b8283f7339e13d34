"""Why a message did not go; `reason` is a class of error and a code, never words of a server."""


class Undelivered(Exception):
    """Base of what a channel raises."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason[:64]


class Refused(Undelivered):
    """For good: the same message to the same address will be refused again."""


class Postponed(Undelivered):
    """This message not now; the next one may go."""


class Unavailable(Undelivered):
    """The channel takes nothing now: the others wait without an attempt."""
