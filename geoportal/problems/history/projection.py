"""What is public of a published problem, as a feature of the layer `problems`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction

from geoportal.core.database.named_sql import execute_sql
from geoportal.problems.history.layer_spec import LAYER_SLUG, build_spec
from layers.models import Changeset, Layer
from layers.services import apply_changeset, create_layer
from layers.staging import StageQuery

# One lock for making the layer: two first publications at once make one.
MAKING = 0x70726F62
_deferred: ContextVar[set[int] | None] = ContextVar("deferred projections", default=None)


@transaction.atomic
def get_problems_layer() -> Layer:
    """The layer; it is made when the first problem is published."""
    layer = Layer.objects.filter(slug=LAYER_SLUG).first()
    if layer is None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [MAKING])
        layer = Layer.objects.filter(slug=LAYER_SLUG).first()
    return layer or create_layer(spec=build_spec())


def project_problems(numbers: Sequence[int], *, comment: str = "") -> Changeset | None:
    """Bring the features of these problems in step with them, as one changeset.

    A problem that is not public (any more) has no feature. `None` when nothing differs: what
    happens to a report before its publication leaves no trace here. The changeset names nobody:
    its author may be the author of a report.
    Runs in the transaction of the change; inside `deferred_projection` it only takes note.
    """
    waiting = _deferred.get()
    if waiting is not None:
        waiting.update(numbers)
        return None
    with connection.cursor() as cursor:
        values = {"numbers": list(numbers), "layer": LAYER_SLUG}
        execute_sql(cursor, "geoportal.problems.history", "split_shown", values)
        shown, hidden = cursor.fetchone()
    if not (shown or hidden):
        return None
    changeset = apply_changeset(
        layer=get_problems_layer(),
        rows=StageQuery("stage_problems", {"numbers": shown}, package="geoportal.problems.history"),
        removed_keys=hidden,
        kind=Changeset.Kind.PROJECTION,
        patch=False,
        keep_empty=False,
        comment=comment,
    )
    return changeset if changeset.pk else None


@contextmanager
def deferred_projection() -> Iterator[None]:
    """Many changes in one transaction, projected once, at the end of the block."""
    with transaction.atomic():
        token = _deferred.set(set())
        try:
            yield
            numbers = sorted(_deferred.get() or ())
        finally:
            _deferred.reset(token)
        if numbers:
            project_problems(numbers)
