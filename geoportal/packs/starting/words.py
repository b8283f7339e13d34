"""Names of a community in the forms that its pack needs."""

from typing import Final

VOWEL_ENDING: Final = "а"


def put_in_genitive(adjective: str) -> str:
    """«Шепетівська» → «Шепетівської»; names of communities are adjectives in -а."""
    if adjective.endswith(VOWEL_ENDING):
        return adjective[:-1] + "ої"
    return adjective
