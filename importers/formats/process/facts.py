"""A source's facts and batches as messages, and back."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

import pyarrow as pa
from pyproj import CRS

from importers.formats.format import Dataset
from importers.formats.process.soundness import require_sound
from importers.formats.process.wire import Document
from importers.issues import Issue
from importers.sources import (
    Declaration,
    EncodingChoice,
    Kind,
    Source,
    SourceBatch,
    SourceColumn,
    SourceFacts,
)

PLAIN = (str, int, float, bool, type(None))
ROWS, WKB, IDS = "rows", "wkb", "ids"


def write_facts(source: Source) -> Document:
    crs = source.declared.crs
    return {
        "format": source.format,
        "name": source.name,
        "columns": [[column.name, column.kind.value] for column in source.columns],
        "crs": None if crs is None else crs.to_wkt(),
        "crs_reason": str(source.declared.reason),
        "crs_binding": source.declared.binding,
        "encoding": source.encoding.name,
        "encoding_reason": str(source.encoding.reason),
        "has_geometry": source.has_geometry,
        "has_ids": source.has_ids,
        "row_count": source.row_count,
        "ignored": list(source.ignored),
        "place_names": sorted(source.place_names),
        "cuts_names": source.cuts_names,
        "without_places": str(source.without_places),
        "choices": dict(source.choices),
    }


def read_facts(document: Document) -> SourceFacts:
    crs = document["crs"]
    return SourceFacts(
        format=document["format"],
        name=document["name"],
        columns=[
            SourceColumn(name, Kind(kind), place)
            for place, (name, kind) in enumerate(document["columns"])
        ],
        declared=Declaration(
            None if crs is None else CRS.from_wkt(crs),
            document["crs_reason"],
            document["crs_binding"],
        ),
        encoding=EncodingChoice(document["encoding"], document["encoding_reason"]),
        has_geometry=document["has_geometry"],
        has_ids=document["has_ids"],
        row_count=document["row_count"],
        ignored=document["ignored"],
        place_names=frozenset(document["place_names"]),
        cuts_names=document["cuts_names"],
        without_places=document["without_places"],
        choices=document["choices"],
    )


def write_issue(issue: Issue) -> list[Any]:
    """Reasons that wait for a language are said in the one of the reading."""
    told = {
        name: value if isinstance(value, PLAIN) else str(value)
        for name, value in issue.params.items()
    }
    return [issue.row, issue.code, told, issue.key, issue.field, issue.repair]


def read_issues(documents: Iterable[list[Any]]) -> list[Issue]:
    return [Issue(*document) for document in documents]


def write_batch(batch: SourceBatch) -> tuple[Document, pa.Buffer]:
    """Values by position; the columns of a source are numbered without gaps."""
    arrays = [*batch.values, pa.array(batch.rows, pa.int64()), batch.wkb]
    names = [*map(str, range(len(batch.values))), ROWS, WKB]
    if batch.ids is not None:
        arrays, names = [*arrays, batch.ids], [*names, IDS]
    table = pa.RecordBatch.from_arrays([flatten(array) for array in arrays], names)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_batch(table)
    faults = [write_issue(issue) for issue in batch.faults]
    return {"faults": faults, "heights": batch.heights}, sink.getvalue()


def flatten(array: Any) -> Any:
    return array.combine_chunks() if isinstance(array, pa.ChunkedArray) else array


def read_batch(document: Document, payload: memoryview, count: int) -> SourceBatch:
    """`count`: of the columns that the facts name."""
    with pa.ipc.open_stream(pa.py_buffer(payload)) as reader:
        table = reader.read_next_batch()
    require_sound(table)
    if table.schema.field(ROWS).type != pa.int64() or not is_bytes(table.schema.field(WKB).type):
        raise TypeError(table.schema)
    names = set(table.schema.names)
    return SourceBatch(
        # A copy: numbers of rows are kept by many, and a view would keep all values with them.
        rows=table.column(ROWS).to_numpy().copy(),
        values=[table.column(str(place)) for place in range(count)],
        wkb=table.column(WKB),
        faults=read_issues(document["faults"]),
        ids=table.column(IDS) if IDS in names else None,
        heights=document["heights"],
    )


def is_bytes(kind: pa.DataType) -> bool:
    return bool(pa.types.is_binary(kind) or pa.types.is_large_binary(kind))


def write_dataset(dataset: Dataset) -> Document:
    return asdict(dataset)


def read_dataset(document: Document) -> Dataset:
    return Dataset(**document)
