"""Search over names and addresses of public features: folded text, kept beside the features."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection, transaction
from django_tasks import task

from geoportal.core.database.named_sql import bounded_cursor, execute_sql
from layers.models import Changeset, Layer, LayerField
from layers.reading.history import list_touched_keys

log = logging.getLogger(__name__)
INLINE_ROWS = 5_000
LONGEST_QUERY = 100
MOST_WORDS = 6
CANDIDATES = 2_000
SEARCH_S = 2
LOOKALIKES = 10


@dataclass(frozen=True)
class Found:
    """One hit, with the place to fly to in degrees."""

    layer: str
    key: str
    title: str
    subtitle: str
    lon: float
    lat: float


def search_features(text: str, limit: int = 10) -> list[Found]:
    """Public features whose words begin with the words of `text`; else the most similar ones.

    Case, apostrophes and Latin look-alikes make no difference (`layers_fold`). Takes two seconds
    at most; then the database's error is raised.
    """
    with bounded_cursor(SEARCH_S) as cursor:
        cursor.execute("SELECT layers_fold(%s)", [text.replace("\x00", "")[:LONGEST_QUERY]])
        folded = str(cursor.fetchone()[0])
        words = list(dict.fromkeys(folded.split()))[:MOST_WORDS]
        if not words:
            return []
        values = {
            "words": words,
            "longest": f"% {max(words, key=len)}%",
            "text": " ".join(words),
            "limit": limit * LOOKALIKES,
            "candidates": CANDIDATES,
        }
        for name in ("search_words", "search_similar"):
            execute_sql(cursor, "layers", name, values)
            if found := [Found(*row) for row in cursor.fetchall()]:
                return drop_lookalikes(found)[:limit]
    return []


def drop_lookalikes(found: Sequence[Found]) -> list[Found]:
    """The first of those that read the same: forty oaks of one street are one line."""
    first = {(hit.layer, hit.title, hit.subtitle): hit for hit in reversed(found)}
    return [hit for hit in found if first[hit.layer, hit.title, hit.subtitle] is hit]


def update_search(changeset: Changeset) -> None:
    """Bring search up to date with a changeset: at once when it is small, else by a job.

    What the changeset replaced is not found since its commit; here its new words come in.
    """
    if changeset.kind in (Changeset.Kind.STYLE, Changeset.Kind.PASSPORT):
        return  # who changes a passport knows whether search goes by it
    if changeset.kind in Changeset.KINDS_OF_LAYER:
        rebuild_layer_search.enqueue(changeset.layer_id)
    elif changeset.added + changeset.changed + changeset.removed <= INLINE_ROWS:
        rebuild_search(changeset.layer, list_touched_keys(changeset))
    else:
        rebuild_layer_search.enqueue(changeset.layer_id)


@task()
def rebuild_layer_search(layer_id: int) -> None:
    """Job: all entries of one layer anew; a layer that was deleted meanwhile has none."""
    layer = Layer.objects.filter(pk=layer_id).first()
    if layer is not None:
        rebuild_search(layer)


@transaction.atomic
def rebuild_search(layer: Layer, keys: Sequence[str] | None = None) -> None:
    """Entries of a layer anew, or of these keys only; a hidden or archived layer has none."""
    searched = [
        field.name
        for field in layer.fields.filter(audience=LayerField.Audience.PUBLIC)
        if field.searchable or field.name == layer.title_field
    ]
    values = {
        "layer": layer.pk,
        "keys": list(keys) if keys is not None else None,
        "title": layer.title_field,
        "searched": searched,
    }
    with connection.cursor() as cursor:
        execute_sql(cursor, "layers", "delete_search", values)
        if layer.visibility == Layer.Visibility.PUBLIC and not layer.archived_at and searched:
            execute_sql(cursor, "layers", "insert_search", values)
