"""Names that come from files, as people may see them."""

import re

# Signs that turn the direction of writing, and others that cannot be seen.
UNSEEN = re.compile("[\u0000-\u001f\u007f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
NAME_CHARS_MAX = 110


def clean_heading(heading: str) -> str:
    """On one line, spaces made single, of a bearable length."""
    return " ".join(UNSEEN.sub(" ", heading).split())[:NAME_CHARS_MAX]
