"""What a brake has found, for a terminal: what would go, by name, and how to say yes to it."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

SHOWN_NAMES = 20


def render_brakes(extra: Mapping[str, Any]) -> Iterator[str]:
    """Lines below the sentence of an `OpenQuestions`; none for other errors."""
    for brake in extra.get("brakes", ()):
        names = brake["names"][:SHOWN_NAMES]
        if names:
            more = brake["count"] - len(names)
            yield "  " + ", ".join(names) + (f" … +{more}" if more > 0 else "")
        yield "  " + _("If this is meant: %(flag)s") % {"flag": name_flag(brake)}


def name_flag(brake: Mapping[str, Any]) -> str:
    if brake["code"] == "removes-many":
        return f"--yes-remove {brake['count']}"
    return f"--yes {brake['code']}"
