"""A file, whatever it is: what is in it, and one dataset of it as a `Source`.

Both happen in a process of their own, with limits; here are only questions and answers.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from importers.formats.format import Dataset
from importers.formats.process.client import Reading, start_reading
from importers.formats.process.facts import read_batch, read_dataset, read_facts
from importers.formats.registry import list_options
from importers.sources import Source, SourceBatch, SourceFacts


@dataclass(frozen=True)
class OpenOptions:
    """What the user says about the file; "" leaves it to the file itself.

    `source_layer`: name of a dataset. `own`: values of options that only some formats take.
    """

    encoding: str = ""
    source_layer: str = ""
    own: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def from_names(cls, values: Mapping[str, str]) -> Self:
        """From values by the names that `list_names` gives; others are passed over."""
        own = {option.name: values.get(option.name, "") for option in list_options()}
        return cls(values.get("encoding", ""), values.get("source_layer", ""), own)

    @staticmethod
    def list_names() -> list[str]:
        return ["encoding", "source_layer", *(option.name for option in list_options())]


@dataclass(frozen=True)
class FoundDataset:
    """A dataset and the name of its format."""

    dataset: Dataset
    format: str


@dataclass(frozen=True)
class Inspection:
    """What can be imported from a file. `default`: its name where there is nothing to choose."""

    datasets: tuple[FoundDataset, ...]
    default: str


def inspect_file(path: Path) -> Inspection:
    """Raises `UnusableFile`: what the file seems to be, and what can be imported."""
    with start_reading(path) as reading:
        answer, _nothing = reading.ask(do="inspect")
        with reading.understood():
            found = tuple(
                FoundDataset(read_dataset(one["dataset"]), one["format"]) for one in answer["found"]
            )
            return Inspection(found, answer["default"])


@contextmanager
def open_source(path: Path, options: OpenOptions) -> Iterator[Source]:
    """Raises `UnusableFile` or `UnusableOption`, also from `batches` while inside."""
    with start_reading(path) as reading:
        facts, _nothing = reading.ask(
            do="open",
            dataset=options.source_layer,
            encoding=options.encoding,
            own=dict(options.own),
        )
        with reading.understood():
            source = ReadSource(reading, read_facts(facts))
        yield source


class ReadSource(SourceFacts):
    """A source whose rows another process reads."""

    def __init__(self, reading: Reading, facts: SourceFacts) -> None:
        super().__init__(**vars(facts))
        self._reading = reading

    def batches(self) -> Iterator[SourceBatch]:
        """The next batch is read while this one is worked on."""
        self._reading.ask(do="restart")
        self._reading.post(do="next")
        while True:
            document, payload = self._reading.answer()
            if document.get("end"):
                return
            self._reading.post(do="next")
            with self._reading.understood():
                batch = read_batch(document, payload, len(self.columns))
            yield batch
