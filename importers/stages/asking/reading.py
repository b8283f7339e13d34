"""Questions about how a file is read: which part of it, from which row, by which columns."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import ngettext

from geoportal.core.errors import DomainError
from geoportal.interface.formats import format_number
from importers.formats.format import FormatOption
from importers.formats.opening import FoundDataset, Inspection, OpenOptions
from importers.formats.registry import FORMATS
from importers.sources import Source
from importers.stages.asking.encoding import ask_encoding_again
from importers.stages.asking.places import OF_PLACES, ask_column, ask_order
from importers.stages.questions import Choice, Question
from layers.geometry.words import describe_shape


def ask_dataset(found: Sequence[FoundDataset], proposed: str) -> Iterator[Question]:
    """Where there are several. `proposed`: "" where nothing tells which is meant."""
    if len(found) < 2:
        return
    yield Question(
        "dataset",
        "choice",
        [Choice(one.dataset.name, name_dataset(one)) for one in found],
        proposed=proposed or None,
        required=not proposed,
    )


def name_dataset(found: FoundDataset) -> str:
    """“roads (1 204 rows, lines)”; what the file does not tell is left out."""
    dataset = found.dataset
    facts = []
    if dataset.rows is not None:
        words = ngettext("%(rows)s row", "%(rows)s rows", dataset.rows)
        facts.append(words % {"rows": format_number(dataset.rows)})
    if dataset.geometry is not None:
        facts.append(describe_shape(dataset.geometry))
    return f"{dataset.title} ({', '.join(facts)})" if facts else dataset.title


def ask_options(source: Source, rows: Sequence[Mapping[str, str]]) -> Iterator[Question]:
    """What only tables are asked. A file whose rows have geometry of its own is asked nothing."""
    if source.has_geometry and not source.place_names and not source.choices:
        return
    columns = [column.name for column in source.columns]
    names = [option.name for option in list_options_of(source.format)]
    taken = source.choices
    for name in names:
        if name in OF_PLACES:
            yield ask_column(name, columns, taken.get(name, ""), rows, "")
        elif name == "place_order":
            yield from ask_order(taken.get("place", ""), taken.get(name, ""), rows)
        else:
            yield Question(name, "text", proposed=taken.get(name, ""), rows=rows)


def ask_options_again(
    format_name: str, columns: Sequence[str], taken: Mapping[str, str], reason: str
) -> list[Question]:
    """Of a table that could not be opened so. `columns`: where they were seen."""
    return [
        ask_column(option.name, columns, taken.get(option.name, ""), (), reason)
        if option.name in OF_PLACES and columns
        else Question(option.name, "text", proposed=taken.get(option.name, ""), reason=reason)
        for option in list_options_of(format_name)
    ]


def list_options_of(format_name: str) -> Sequence[FormatOption]:
    return next((one.options for one in FORMATS if one.name == format_name), ())


def ask_again(
    path: Path, inspection: Inspection, reading: OpenOptions, refusal: DomainError
) -> list[Question]:
    """Of a file that could not be opened so: what would help. None where nothing would."""
    known = [one.dataset.name for one in inspection.datasets]
    stated = reading.source_layer if reading.source_layer in known else ""
    proposed = stated or inspection.default
    questions = list(ask_dataset(inspection.datasets, proposed))
    if not proposed:
        return questions
    if refusal.extra.get("question") == "key":
        return [*questions, ask_missing_key(refusal)]
    chosen = next(one for one in inspection.datasets if one.dataset.name == proposed)
    columns: Any = refusal.extra.get("columns", ())
    words = str(refusal.message)
    questions += ask_options_again(chosen.format, columns, reading.own, words)
    return [*questions, *ask_encoding_again(path, reading.encoding, words)]


def ask_missing_key(refusal: DomainError) -> Question:
    """Where no column is called as the layer's key: which one holds it."""
    columns: Any = refusal.extra["columns"]
    choices = [Choice(name, name) for name in columns]
    return Question("key", "choice", choices, reason=str(refusal.message), required=True)
