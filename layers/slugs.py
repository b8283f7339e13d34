"""A name for the address of a new layer, which no other layer bears."""

from collections.abc import Container
from itertools import count

from geoportal.core.words import romanisation

LENGTH = 40


def propose_slug(title: str, taken: Container[str] = ()) -> str:
    """Latin letters, digits and hyphens, and a number where that is taken; `layer` for nothing."""
    latin = romanisation.propose_slug(title)[:LENGTH].rstrip("-") or "layer"
    if latin not in taken:
        return latin
    return next(slug for n in count(2) if (slug := f"{latin}-{n}") not in taken)
