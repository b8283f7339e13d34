"""Repeatable chance: one independent stream for each subject, so that one never moves another."""

from random import Random

SEED = "Калинобрід"


def stream(subject: str) -> Random:
    """The stream of a subject; the same numbers in every run."""
    return Random(f"{SEED}/{subject}")  # noqa: S311 - a town that repeats, not a secret
