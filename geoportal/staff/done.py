"""What was done a moment ago, told on the next page with the way to take it back."""

from dataclasses import asdict, dataclass

from django.http import HttpRequest

from layers.models import Changeset

KEPT_AS = "staff-done"


@dataclass(frozen=True)
class Done:
    """`changeset` is what “Undo” rolls back."""

    layer: str
    changeset: int
    words: str


def keep_done(request: HttpRequest, changeset: Changeset, words: str) -> None:
    done = Done(changeset.layer.slug, changeset.pk, words)
    request.session[KEPT_AS] = asdict(done)


def take_done(request: HttpRequest) -> Done | None:
    """Once: the page after the next one says nothing of it."""
    kept = request.session.pop(KEPT_AS, None)
    return Done(**kept) if kept else None
