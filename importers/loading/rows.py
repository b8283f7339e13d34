"""Batches of a file as rows for COPY: checked, converted, keyed, every refusal with its reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from importers.geometry.checking import CheckedGeometry, GeometryRules, check_geometry
from importers.geometry.wkb.ewkb import write_hex
from importers.issues import NO_THINGS, Issue, IssueLog
from importers.loading.copy_binary import join_tuples, write_document, write_place, write_text
from importers.loading.documents import (
    build_documents,
    escape_for_copy,
    escape_keys,
    join_lines,
    take_bytes,
)
from importers.loading.known import Recognition
from importers.loading.literals import convert_column
from importers.loading.seen import RowCheck, SeenRows
from importers.mapping.fields import Mapped
from importers.mapping.keys import ContentKeys, KeyOrigin, KeySource, describe_contents
from importers.mapping.survey import read_batch_keys
from importers.mapping.titles import find_title_row
from importers.sources import ArrowArray, BoolArray, SourceBatch, merge_batches
from layers.models import LayerField

NO_GEOMETRY = "\\N"


@dataclass(frozen=True)
class RowPlan:
    """How rows of a file become rows of a layer. `checks` see those that can be loaded."""

    columns: Sequence[Mapped]
    key: KeySource
    geometry: GeometryRules
    repeated: dict[int, int] = field(default_factory=dict)
    checks: Sequence[RowCheck] = ()
    accept_choices: bool = False

    @property
    def has_internal(self) -> bool:
        return any(one.field.audience == LayerField.Audience.STAFF for one in self.columns)

    @property
    def copied_columns(self) -> str:
        """Names for COPY, in the order of the cells."""
        return "key, geom, properties" + (", internal" if self.has_internal else "")


@dataclass
class RowCounts:
    """`read`: rows seen; `kept`: loaded, or known; `refused_keys`: of rows that were not."""

    read: int = 0
    kept: int = 0
    rejected: int = 0
    refused_keys: list[str] = field(default_factory=list)


def drop_idle(issues: list[Issue]) -> list[Issue]:
    """Of a row that is no thing only that is told, and once."""
    told = {issue.row: issue for issue in issues if issue.code in NO_THINGS}
    if not told:
        return issues
    return [issue for issue in issues if told.get(issue.row, issue) is issue]


class RowEncoder:
    """Turns batches into rows for COPY; counts and issues gather in it.

    Set before the first batch: `recognition` leaves out what changes nothing; `as_binary` writes
    for a table with columns of the layer's types, where else lines of text are written, spelled as
    PostgreSQL prints them.
    """

    def __init__(self, plan: RowPlan, log: IssueLog) -> None:
        self.plan = plan
        self.log = log
        self.counts = RowCounts()
        self.heights = False
        self.recognition: Recognition | None = None
        self.as_binary = False
        self._content_keys = ContentKeys()

    def encode_all(self, batches: Iterator[SourceBatch]) -> Iterator[bytes]:
        for batch in merge_batches(batches) if self.plan.geometry.fit else batches:
            yield self.encode(batch)
        for check in self.plan.checks:
            self.log.add(check.finish())

    def encode(self, batch: SourceBatch) -> bytes:
        """The rows that can be loaded."""
        by_content = self.plan.key.origin == KeyOrigin.CONTENT
        checked = check_geometry(batch.rows, batch.wkb, self.plan.geometry, with_content=by_content)
        self.heights = self.heights or batch.heights or checked.heights
        public, internal, value_issues = self._convert(batch)
        if by_content:
            contents = describe_contents(public | internal, len(batch.rows))
            keys = self._content_keys.make(checked.content, contents)
            key_issues: list[Issue] = []
        else:
            keys, key_issues = self._read_keys(batch)
        issues = [*batch.faults, *checked.issues, *value_issues, *key_issues]
        if (titles := find_title_row(batch, self.plan.columns)) is not None:
            issues.append(Issue(titles, "title-row"))
        issues = drop_idle(issues)
        kept = self._settle(batch, checked, keys, issues)
        seen = SeenRows(
            batch.rows, keys, checked.ewkb, checked.lonlat, checked.shapes, public | internal
        )
        loaded = seen.keep(kept)
        for check in self.plan.checks:
            self.log.add(check.see(loaded))
        if self.recognition is not None:
            loaded = loaded.keep(self.recognition.find_new(loaded))
        documents = [self._build_documents(loaded, public)]
        if self.plan.has_internal:
            documents.append(self._build_documents(loaded, internal))
        write = write_tuples if self.as_binary else write_lines
        return write(pc.fill_null(loaded.keys, ""), loaded.places, documents)

    def _build_documents(self, rows: SeenRows, names: Mapping[str, object]) -> ArrowArray:
        """`names`: those of the fields are what counts."""
        literals = {name: rows.literals[name] for name in names}
        return build_documents(literals, len(rows.rows))

    def _convert(
        self, batch: SourceBatch
    ) -> tuple[dict[str, ArrowArray], dict[str, ArrowArray], list[Issue]]:
        """JSON literals by field name, public and internal, and values the schema refuses."""
        documents: dict[str, dict[str, ArrowArray]] = {"public": {}, "staff": {}}
        issues = []
        for mapped in self.plan.columns:
            column, target = mapped.column, mapped.field
            literals = convert_column(
                batch.values[column.place],
                column.kind,
                target,
                accept_choices=self.plan.accept_choices,
            )
            documents[target.audience][target.name] = literals.texts
            issues += [
                Issue(
                    int(batch.rows[place]),
                    remark.code,
                    remark.params,
                    field=target.name,
                    repair=remark.repair,
                )
                for place, remark in literals.remarks.items()
            ]
        return documents["public"], documents["staff"], issues

    def _read_keys(self, batch: SourceBatch) -> tuple[ArrowArray, list[Issue]]:
        keys = read_batch_keys(batch, self.plan.key)
        if keys is None:
            keys = pa.nulls(len(batch.rows), pa.string())
        name = self.plan.key.name or "id"
        missing = keys.is_null().to_numpy(zero_copy_only=False)
        issues = [
            Issue(int(batch.rows[place]), "key-missing", {"column": name}, field=name)
            for place in np.flatnonzero(missing)
        ]
        if self.plan.repeated:
            texts = keys.to_pylist()
            for place, row in enumerate(batch.rows.tolist()):
                if row in self.plan.repeated:
                    stated = {"key": texts[place], "first": self.plan.repeated[row]}
                    issues.append(Issue(row, "key-repeated", stated, field=name))
        return keys, issues

    def _settle(
        self,
        batch: SourceBatch,
        checked: CheckedGeometry,
        keys: ArrowArray,
        issues: Sequence[Issue],
    ) -> BoolArray:
        """Which rows are kept; counts them and logs issues with the keys of their rows."""
        bad = {issue.row for issue in issues if issue.severity == "error"}
        kept = ~checked.refused
        if bad:
            kept &= ~np.isin(batch.rows, np.array([row for row in bad if row], np.int64))
        refused = {int(row) for row in batch.rows[~kept]} | {row for row in bad if row}
        self.counts.read += len(batch.rows) + len(refused - set(batch.rows.tolist()))
        self.counts.rejected += len(refused)
        self.counts.kept += int(kept.sum())
        if issues:
            texts = dict(zip(batch.rows.tolist(), keys.to_pylist(), strict=True))
            by_content = self.plan.key.origin == KeyOrigin.CONTENT
            self.counts.refused_keys += [texts[row] for row in refused if texts.get(row)]
            self.log.add(
                Issue(
                    issue.row,
                    issue.code,
                    issue.params,
                    "" if by_content else texts.get(issue.row or 0) or "",
                    issue.field,
                    issue.repair,
                )
                for issue in sorted(issues, key=lambda one: one.row or 0)
                # Of a row that is not loaded only what stops it is told.
                if issue.severity == "error" or issue.row not in refused
            )
        return kept


def write_lines(keys: ArrowArray, ewkb: ArrowArray, documents: Sequence[ArrowArray]) -> bytes:
    """COPY's text format, a line for each row."""
    places = pc.fill_null(write_hex(ewkb), NO_GEOMETRY)
    cells = [escape_keys(keys), places, *map(escape_for_copy, documents)]
    return take_bytes(join_lines(cells))


def write_tuples(keys: ArrowArray, ewkb: ArrowArray, documents: Sequence[ArrowArray]) -> bytes:
    """COPY's binary format, without what stands before the first tuple and after the last."""
    cells = [write_text(keys), write_place(ewkb), *map(write_document, documents)]
    return take_bytes(join_tuples(cells))
