"""Encoded rows into a layer as one changeset: a new partition by COPY, or a diff of text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.sql import execute_sql
from importers.errors import UnusableFile
from importers.prefetch import Prefetch
from importers.rows import RowEncoder
from importers.sources import Source
from layers.models import Changeset, Layer
from layers.services import apply_changeset
from layers.services.changesets import lock_layer
from layers.staging import EncodedRows, StageQuery, copy_rows

INCOMING = "importers_incoming"
# Hash joins over a million rows, and the indexes of a new partition, stay out of temporary files.
MEMORY_SETTINGS = ("SET LOCAL work_mem = '128MB'", "SET LOCAL maintenance_work_mem = '256MB'")


@dataclass(frozen=True)
class Load:
    """Where rows go. `fresh`: the layer has just been made, in this transaction."""

    layer: Layer
    fresh: bool
    replace: bool
    dry_run: bool
    source_name: str
    actor: User | None = None


def load_rows(
    load: Load, source: Source, encoder: RowEncoder, on_rows: Callable[[int], None]
) -> Changeset:
    """Must run in a transaction, which what it raises shall undo. Holds the layer's lock.

    Raises `UnusableFile` when not one row could be loaded.
    """
    with connection.cursor() as cursor:
        for setting in MEMORY_SETTINGS:
            cursor.execute(setting)
    with Prefetch(encode(source, encoder, on_rows)) as pieces:
        rows = EncodedRows(require_any(pieces, encoder), encoder.plan.copied_columns)
        if load.fresh:
            return apply_changeset(
                layer=load.layer,
                rows=rows,
                kind=Changeset.Kind.IMPORT,
                actor=load.actor,
                source=load.source_name,
            )
        return apply_difference(load, rows, encoder)


def encode(source: Source, encoder: RowEncoder, on_rows: Callable[[int], None]) -> Iterator[bytes]:
    for piece in encoder.encode_all(source.batches()):
        yield piece
        on_rows(encoder.counts.read)


def require_any(pieces: Iterator[bytes], encoder: RowEncoder) -> Iterator[bytes]:
    yield from pieces
    if encoder.counts.kept:
        return
    first = next((issue for issue in encoder.log.issues if issue.severity == "error"), None)
    if first is None:
        raise UnusableFile(_("The file holds no rows."))
    raise UnusableFile(
        _("None of the %(rows)s rows can be loaded; row %(row)s: %(reason)s")
        % {"rows": encoder.counts.read, "row": first.row, "reason": first.message}
    )


def apply_difference(load: Load, rows: EncodedRows, encoder: RowEncoder) -> Changeset:
    """Rows as text beside the layer; only those that print differently are parsed and diffed."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{INCOMING}")
        execute_sql(cursor, "importers", "create_incoming")
        copy_rows(cursor, INCOMING, rows)
        copied = cursor.rowcount
        cursor.execute(f"ANALYZE {INCOMING}")
        # From here on nobody else writes, so what is passed over as equal stays equal.
        lock_layer(load.layer)
        removed = list_removed(load.layer, encoder.counts.refused_keys) if load.replace else []
        changeset = apply_changeset(
            layer=load.layer,
            rows=StageQuery("stage_incoming", {"layer": load.layer.pk}, package="importers"),
            removed_keys=removed,
            kind=Changeset.Kind.IMPORT,
            dry_run=load.dry_run,
            actor=load.actor,
            source=load.source_name,
        )
        cursor.execute(f"DROP TABLE {INCOMING}")
    changeset.unchanged = copied - changeset.added - changeset.changed
    return changeset


def list_removed(layer: Layer, refused_keys: list[str]) -> list[str]:
    """Keys that stand and that the file does not name, not even in a row that was refused."""
    with connection.cursor() as cursor:
        values = {"layer": layer.pk, "refused": refused_keys}
        execute_sql(cursor, "importers", "removed_keys", values)
        return [str(key) for (key,) in cursor.fetchall()]
