"""Encoded rows into a layer as one changeset: a new partition by COPY, or a diff of text."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.database.named_sql import execute_sql
from importers.brakes.brake import Brake
from importers.brakes.finding import find_difference_brakes
from importers.errors import UnusableFile
from importers.loading.digests import Digests
from importers.loading.known import Recognition, find_known, keep_known, list_unnamed_keys
from importers.loading.prefetch import Prefetch, Spool
from importers.loading.rows import RowEncoder
from importers.loading.standing import StandingRows, is_worth_recognising
from importers.sources import Source
from layers.models import Changeset, Layer, LayerField
from layers.services import apply_changeset
from layers.services.changesets import Counts, lock_layer
from layers.staging import EncodedRows, StageQuery, copy_rows

INCOMING = "importers_incoming"
# Hash joins over a million rows, and the indexes of a new partition, stay out of temporary files.
MEMORY_SETTINGS = ("SET LOCAL work_mem = '128MB'", "SET LOCAL maintenance_work_mem = '256MB'")


@dataclass(frozen=True)
class Load:
    """Where rows go. `fresh`: the layer has no partition yet, it was made in this transaction.

    `rows`: how many the file has. `keep_empty`: a changeset also where nothing differs. `judge` is
    given the brakes that the difference shows, and may raise.
    """

    layer: Layer
    fresh: bool
    replace: bool
    dry_run: bool
    source_name: str
    rows: int
    judge: Callable[[Sequence[Brake]], None]
    keep_empty: bool = True
    comment: str = ""
    actor: User | None = None

    def judge_difference(self, cursor: CursorWrapper, counts: Counts) -> None:
        self.judge(find_difference_brakes(cursor, self.layer, counts))


def load_rows(
    load: Load, source: Source, encoder: RowEncoder, on_rows: Callable[[int], None]
) -> Changeset:
    """Must run in a transaction, which what it raises shall undo. Holds the layer's lock.

    Raises `UnusableFile` when not one row could be loaded.
    """
    with connection.cursor() as cursor:
        for setting in MEMORY_SETTINGS:
            cursor.execute(setting)
    pieces = require_any(encode(source, encoder, on_rows), encoder)
    load_pieces = fill_layer if load.fresh else apply_difference
    changeset, recognition = load_pieces(load, pieces, encoder)
    if not load.dry_run:
        keep_known(load.layer, recognition.take_digests())
    return changeset


def begin_recognition(
    encoder: RowEncoder, known: Digests | None, *, with_keys: bool
) -> Recognition:
    """Before the first row is encoded. `known`: sorted digests of rows that are left out."""
    fields = [column.field for column in encoder.plan.columns]
    staff = {field.name for field in fields if field.audience == LayerField.Audience.STAFF}
    public = {field.name for field in fields} - staff
    encoder.recognition = Recognition(known, public, staff, with_keys=with_keys)
    return encoder.recognition


def fill_layer(
    load: Load, pieces: Iterable[bytes], encoder: RowEncoder
) -> tuple[Changeset, Recognition]:
    """Straight into the layer's partition, which is attached when it is full."""
    recognition = begin_recognition(encoder, None, with_keys=load.replace)
    encoder.as_binary = True
    with Prefetch(pieces) as ahead:
        changeset = apply_changeset(
            layer=load.layer,
            rows=EncodedRows(ahead, encoder.plan.copied_columns, is_binary=True),
            kind=Changeset.Kind.IMPORT,
            actor=load.actor,
            source=load.source_name,
            comment=load.comment,
        )
    return changeset, recognition


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


def apply_difference(
    load: Load, pieces: Iterable[bytes], encoder: RowEncoder
) -> tuple[Changeset, Recognition]:
    """Rows that are not known, and differ as text, beside the layer; only those are diffed."""
    state = lock_layer(load.layer)  # what is passed over as equal must stay equal
    known = find_known(load.layer, state.revision)
    recognition = begin_recognition(encoder, known, with_keys=load.replace)
    partition = f"layers_feature_{load.layer.pk}"
    columns = encoder.plan.copied_columns
    standing = StandingRows(with_keys=load.replace)
    with connection.cursor() as cursor:
        spool = Spool(pieces)
        with spool as sizes:
            rows = load.rows
            if recognition.knows:
                sizes = iter(list(sizes))  # all rows were seen
                rows = encoder.counts.kept - recognition.unchanged
            if is_worth_recognising(partition, rows):
                standing.read(partition, columns)  # while the file's rows are encoded, or now
            different = standing.drop_from(spool.pieces(sizes))
            copied = copy_incoming(cursor, EncodedRows(different, columns))
        changeset = apply_changeset(
            layer=load.layer,
            rows=StageQuery("stage_incoming", {"layer": load.layer.pk}, package="importers"),
            removed_keys=list_removed(cursor, load, encoder, recognition, standing),
            kind=Changeset.Kind.IMPORT,
            dry_run=load.dry_run,
            keep_empty=load.keep_empty,
            actor=load.actor,
            source=load.source_name,
            comment=load.comment,
            on_diff=load.judge_difference,
        )
        cursor.execute(f"DROP TABLE {INCOMING}")
    passed_over = recognition.unchanged + standing.unchanged
    changeset.unchanged = passed_over + copied - changeset.added - changeset.changed
    return changeset, recognition


def copy_incoming(cursor: CursorWrapper, rows: EncodedRows) -> int:
    """Rows of the file as text in a temporary table; how many."""
    cursor.execute(f"DROP TABLE IF EXISTS pg_temp.{INCOMING}")
    execute_sql(cursor, "importers", "create_incoming")
    copy_rows(cursor, INCOMING, rows)
    copied = int(cursor.rowcount)
    cursor.execute(f"ANALYZE {INCOMING}")
    return copied


def list_removed(
    cursor: CursorWrapper,
    load: Load,
    encoder: RowEncoder,
    recognition: Recognition,
    standing: StandingRows,
) -> list[str]:
    """Keys that stand and that the file does not name, not even in a row that was refused."""
    if not load.replace:
        return []
    refused = encoder.counts.refused_keys
    if recognition.knows:
        return sorted(
            set(list_unnamed_keys(load.layer, recognition.take_keys())).difference(refused)
        )
    if standing.was_read:
        return sorted(set(standing.list_unnamed_keys()).difference(refused))
    values = {"layer": load.layer.pk, "refused": refused}
    execute_sql(cursor, "importers", "removed_keys", values)
    return [str(key) for (key,) in cursor.fetchall()]
