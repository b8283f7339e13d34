"""Questions about how a file is read: which part of it, from which row, by which columns."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geoportal.core.errors import DomainError
from geoportal.interface.formats import format_number
from importers.formats.format import FormatOption
from importers.formats.opening import FoundDataset, Inspection, OpenOptions
from importers.formats.registry import FORMATS
from importers.formats.tables.placing import NO_PLACES
from importers.shape_words import describe_shape
from importers.stages.questions import Choice, Question

# Options whose answer is a column of the file.
OF_COLUMNS = frozenset({"lon", "lat", "place"})


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


def ask_options(
    format_name: str, columns: Sequence[str], taken: dict[str, str], reason: str = ""
) -> Iterator[Question]:
    """What only files of this format are asked. `taken`: what its reader has chosen itself."""
    for option in list_options_of(format_name):
        by_column = option.name in OF_COLUMNS and columns
        yield Question(
            option.name,
            "choice" if by_column else "text",
            list_columns(option.name, columns) if by_column else [],
            proposed=taken.get(option.name, ""),
            reason=reason,
        )


def list_columns(code: str, columns: Sequence[str]) -> list[Choice]:
    choices = [Choice(name, name) for name in columns]
    if code == "place":
        choices.append(Choice(NO_PLACES, _("None: the rows have no places")))
    return choices


def list_options_of(format_name: str) -> Sequence[FormatOption]:
    return next((one.options for one in FORMATS if one.name == format_name), ())


def ask_again(inspection: Inspection, reading: OpenOptions, refusal: DomainError) -> list[Question]:
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
    questions += ask_options(chosen.format, columns, dict(reading.own), str(refusal.message))
    return questions


def ask_missing_key(refusal: DomainError) -> Question:
    """Where no column is called as the layer's key: which one holds it."""
    columns: Any = refusal.extra["columns"]
    choices = [Choice(name, name) for name in columns]
    return Question("key", "choice", choices, reason=str(refusal.message), required=True)


def describe_datasets(found: Sequence[FoundDataset]) -> list[dict[str, Any]]:
    return [{"format": one.format} | vars(one.dataset) for one in found]
