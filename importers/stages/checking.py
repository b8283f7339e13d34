"""The third stage: every row is read, checked and encoded once, into a table of its own."""

from dataclasses import asdict
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from importers.brakes.brake import Brake
from importers.doubts import find_file_brakes, require_key
from importers.issues import Issue
from importers.loading.changesets import MEMORY_SETTINGS, encode, require_any
from importers.loading.kept_issues import KeptIssues
from importers.loading.prefetch import Prefetch
from importers.loading.rows import RowEncoder
from importers.mapping.planning import find_target
from importers.models import Import, ImportIssue
from importers.request import ImportRequest, Progress
from importers.stages.answers import build_request
from importers.stages.journal import Tracker, begin_stage, finish_stage, get_result
from importers.stages.known import recognise, save_seen
from importers.stages.tables import create_rows, drop_tables, name_rows
from importers.states import Stage
from importers.understanding import (
    Target,
    Understood,
    aim,
    build_encoder,
    open_rows,
    understand,
)
from layers.models import Layer
from layers.schema.change import build_version
from layers.schema.specs import LayerSpec, read_fields
from layers.staging import EncodedRows, copy_rows


def check_rows(import_: Import, tracker: Tracker) -> None:
    """Raises `UnusableFile`, `UnusableOption`, `Cancelled`; then no row is kept."""
    begin_stage(import_, Stage.CHECK)
    request = build_request(import_, get_proposed(import_))
    layer = find_target(request)
    with KeptIssues(import_.pk) as log, open_rows(request) as source:
        understood = understand(request, source, layer, log, tracker.show)
        require_key(understood.survey)
        target = aim(request, understood, layer)
        brakes = find_file_brakes(request, understood, target)
        encoder = build_encoder(request, understood, target)
        empty_tables(import_)
        recognition, known_at = recognise(layer, encoder)
        with transaction.atomic(), connection.cursor() as cursor:
            in_table = fill_rows(cursor, import_, understood, encoder, tracker)
            if encoder.heights:
                log.add([Issue(None, "heights-dropped")])
            ImportIssue.objects.filter(of=import_).delete()
            log.copy(cursor)
            save_seen(import_, recognition)
            result = describe_check(request, understood, target, encoder, brakes)
            result |= {"known_at": known_at, "in_table": in_table}
            finish_stage(import_, Stage.CHECK, result)


def get_proposed(import_: Import) -> dict[str, Any]:
    """What is taken where nobody answers."""
    kept: Any = get_result(import_, Stage.QUESTIONS).get("questions", [])
    # A mapping that was only proposed is found again, so that a changed schema is followed.
    return {one["code"]: one["proposed"] for one in kept if one["code"] not in DERIVED}


DERIVED = frozenset({"mapping", "encoding", "crs", "key", "title_field", "kind", "visibility"})


def empty_tables(import_: Import) -> None:
    """Before the long transaction, in one of its own: a partition goes with a lock on all
    differences, and nobody could look at the preview of any import while rows are loaded."""
    with connection.cursor() as cursor:
        drop_tables(cursor, import_.pk)


def fill_rows(
    cursor: CursorWrapper,
    import_: Import,
    understood: Understood,
    encoder: RowEncoder,
    tracker: Tracker,
) -> int:
    """How many rows are in the table then: those that are not known, and the refused ones."""
    for setting in MEMORY_SETTINGS:
        cursor.execute(setting)
    table = create_rows(cursor, import_.pk)
    total = understood.survey.rows

    def show(rows: int) -> None:
        tracker.show(Progress("loading", rows, total))

    pieces = require_any(encode(understood.source, encoder, show), encoder)
    with Prefetch(pieces) as ahead:
        copy_rows(cursor, table, EncodedRows(ahead, encoder.plan.copied_columns))
        copied = int(cursor.rowcount)
    refused = [(key,) for key in dict.fromkeys(encoder.counts.refused_keys)]
    cursor.executemany(
        f"INSERT INTO {table} (key, properties, refused) VALUES (%s, '{{}}', true)",  # noqa: S608
        refused,
    )
    cursor.execute(f"ANALYZE {name_rows(import_.pk)}")
    return copied + len(refused)


def describe_check(
    request: ImportRequest,
    understood: Understood,
    target: Target,
    encoder: RowEncoder,
    brakes: list[Brake],
) -> dict[str, Any]:
    """As the stage keeps it."""
    log, crs, key = understood.log, understood.crs, understood.survey.key
    return {
        "mode": "replace" if request.replace else "merge",
        "format": understood.source.format,
        "rows": encoder.counts.read,
        "staged": encoder.counts.kept,
        "rejected": encoder.counts.rejected,
        "repaired": log.repaired_rows,
        "issues_total": log.total,
        "issues_by_code": dict(log.counts),
        "crs": {
            "code": crs.code,
            "name": crs.name,
            "reason": str(crs.reason),
            "accuracy_m": crs.operation.accuracy_m,
            "operation": crs.operation.description,
        },
        "encoding": {
            "name": understood.source.encoding.name,
            "reason": str(understood.source.encoding.reason),
        },
        "key_field": key.name,
        "key_origin": str(key.origin),
        "fields": [one.field.name for one in target.mapping.columns],
        "ignored_columns": list(target.mapping.ignored),
        "brakes": [brake.as_kept() for brake in brakes],
        "schema": name_schema(None if target.spec else target.layer),
        "spec": keep_spec(target.spec) if target.spec else None,
    }


def name_schema(layer: Layer | None) -> str:
    """The version of the layer's schema; of a layer that is to be made: `new`."""
    return build_version(read_fields(layer)) if layer else "new"


def keep_spec(spec: LayerSpec) -> dict[str, Any]:
    """A new layer as JSON; its publisher stands in the import itself."""
    values = {
        name: value
        for name, value in vars(spec).items()
        if name not in ("organisation", "theme", "fields")
    }
    return values | {
        "keywords": list(spec.keywords),
        "fields": [asdict(field) for field in spec.fields],
    }
