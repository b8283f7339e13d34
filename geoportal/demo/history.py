"""What happened after the first load, so that history has something to tell."""


def write_history() -> None:
    """Later changesets."""
