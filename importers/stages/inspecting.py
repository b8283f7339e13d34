"""The first stage: what the file is, how it could be understood, and what has to be asked."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from importers.crs.choice import CrsChoice, choose_crs
from importers.crs.extents import find_community
from importers.errors import UnusableFile
from importers.formats.opening import Inspection as FileInspection
from importers.formats.opening import inspect_file
from importers.issues import Issue
from importers.mapping.planning import find_target, is_said_placeless
from importers.mapping.survey import Survey
from importers.models import Import
from importers.request import ImportRequest
from importers.sketch import Sketcher
from importers.sources import Kind, Source, SourceBatch
from importers.stages.answers import build_request
from importers.stages.asking.unknown_values import UnknownValue, count_choices
from importers.stages.files import get_sketch_path
from importers.stages.parts import describe_datasets
from importers.understanding import OnProgress, open_rows, survey_file
from layers.models import Layer

ROWS_SHOWN = 3
LETTERS_SHOWN = 120


@dataclass(frozen=True)
class Inspection:
    """`crs` is `None` where the file and its places do not tell it; `refusal` says why.

    `unknown`: values that are no choice of the field that they would fill.
    """

    request: ImportRequest
    datasets: FileInspection
    layer: Layer | None
    source: Source
    survey: Survey
    crs: CrsChoice | None
    refusal: UnusableFile | None
    rows: Sequence[Mapping[str, str]]
    unknown: Sequence[UnknownValue] = ()

    @property
    def shape(self) -> str:
        """A digest of what files of one source have in common."""
        names = "\x1f".join([self.source.format, *(one.name for one in self.source.columns)])
        return hashlib.sha256(names.encode()).hexdigest()

    @property
    def unplaced(self) -> bool:
        """The file has no places, or had none before addresses were named."""
        if is_said_placeless(self.source):
            return False
        return bool(self.request.addresses) or not self.source.has_geometry

    @property
    def issues(self) -> Sequence[Issue]:
        return self.crs.issues if self.crs else ()


def inspect(import_: Import, on_progress: OnProgress) -> Inspection:
    """Read the whole file once. Raises `UnusableFile` where nobody's answer would help."""
    request = build_request(import_)
    layer = find_target(request)
    datasets = inspect_file(request.path)
    with open_rows(request, to_ask=True) as source:
        sketcher = Sketcher(find_title(source))
        choices = count_choices(request, source, layer)

        def see(batch: SourceBatch) -> None:
            sketcher.see(batch)
            choices.see(batch)

        survey = survey_file(request, source, layer, on_progress, with_types=True, on_batch=see)
        sketcher.finish().save(get_sketch_path(import_.pk))
        crs, refusal = find_crs(request, source, survey)
        return Inspection(
            request,
            datasets,
            layer,
            source,
            survey,
            crs,
            refusal,
            read_first(source),
            choices.list_unknown(),
        )


def find_title(source: Source) -> int | None:
    """The first column of text, by which a person knows a place on the map again."""
    texts = (each.place for each in source.columns if each.kind in (Kind.CELL, Kind.TEXT))
    return next(texts, None)


def find_crs(
    request: ImportRequest, source: Source, survey: Survey
) -> tuple[CrsChoice | None, UnusableFile | None]:
    try:
        choice = choose_crs(
            source.declared, request.crs, survey.sample, find_community(), request.axes
        )
    except UnusableFile as error:
        if error.extra.get("question") != "crs":
            raise
        return None, error
    return choice, None


def read_first(source: Source) -> list[dict[str, str]]:
    """Some rows as people read them, by column."""
    batch = next((batch for batch in source.batches() if len(batch.rows)), None)
    if batch is None:
        return []
    count = min(ROWS_SHOWN, len(batch.rows))
    texts = {
        column.name: [show(value) for value in batch.values[column.place].slice(0, count)]
        for column in source.columns
    }
    return [{name: values[row] for name, values in texts.items()} for row in range(count)]


def show(value: pa.Scalar) -> str:
    plain = value.as_py()
    return "" if plain is None else str(plain)[:LETTERS_SHOWN]


def describe_inspection(found: Inspection) -> dict[str, Any]:
    """As the stage keeps it."""
    crs = found.crs
    return {
        "format": found.source.format,
        "datasets": describe_datasets(found.datasets.datasets),
        "default": found.datasets.default,
        "rows": found.survey.rows,
        "shape": found.shape,
        "columns": [
            {
                "name": column.name,
                "kind": str(column.kind),
                "type": str(found.survey.types.get(column.name, column.kind)),
            }
            for column in found.source.columns
        ],
        "ignored": list(found.source.ignored),
        "shapes": found.survey.dimensions,
        "encoding": {
            "name": found.source.encoding.name,
            "reason": str(found.source.encoding.reason),
        },
        "crs": None
        if crs is None
        else {"code": crs.code, "name": crs.name, "reason": str(crs.reason)},
        "samples": list(found.rows),
        "issues": [issue.as_json() for issue in found.issues],
    }
