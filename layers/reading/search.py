"""What search looks in, kept beside the features: folded lines, words, old names of streets."""

import logging
from collections.abc import Sequence

from django.db import connection, transaction
from django_tasks import task

from geoportal.core.database.named_sql import execute_sql
from layers.models import Changeset, FormerName, Layer, LayerField, SearchWord
from layers.reading.history import list_touched_keys
from layers.words.streets import TYPE_OF_WORD

log = logging.getLogger(__name__)
INLINE_ROWS = 5_000
OLD_NAME, NEW_NAME = "old_name", "new_name"


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
        if keys is None:
            SearchWord.objects.filter(layer=layer).delete()
        if layer.visibility == Layer.Visibility.PUBLIC and not layer.archived_at and searched:
            execute_sql(cursor, "layers", "insert_search", values)
            execute_sql(cursor, "layers", "insert_search_words", values)
    rebuild_former_names(layer)


def rebuild_former_names(layer: Layer) -> None:
    """Old names of streets, where the layer tells them in public attributes `old_name` and
    `new_name`, or `old_name` beside its title."""
    FormerName.objects.filter(layer=layer).delete()
    names = set(
        layer.fields.filter(audience=LayerField.Audience.PUBLIC).values_list("name", flat=True)
    )
    new = NEW_NAME if NEW_NAME in names else layer.title_field
    is_open = layer.visibility == Layer.Visibility.PUBLIC and not layer.archived_at
    if not is_open or OLD_NAME not in names or new not in names:
        return
    values = {"layer": layer.pk, "old": OLD_NAME, "new": new, "types": list(TYPE_OF_WORD)}
    with connection.cursor() as cursor:
        execute_sql(cursor, "layers", "insert_former_names", values)
