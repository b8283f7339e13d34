"""Tables of JSON: each object of the array is a row, its members are columns."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from importers.errors import UnusableFile
from importers.formats.encoding import choose_for_file
from importers.formats.format import Dataset, Opening
from importers.formats.geojson.spool import Spool
from importers.formats.geojson.stream import BrokenJson, JsonStream
from importers.formats.tables.placed import PlacedSource
from importers.sources import Declaration, SourceBatch, SourceFacts

ROWS_A_BATCH = 16_384
Json = Any


def list_datasets(opening: Opening) -> Sequence[Dataset]:
    return [Dataset(opening.stem, opening.stem)]


def open_dataset(opening: Opening) -> PlacedSource:
    return PlacedSource(JsonTable(opening), opening.own)


class JsonTable(SourceFacts):
    """Columns are typed as in GeoJSON."""

    def __init__(self, opening: Opening) -> None:
        self._spool = Spool(opening.scratch)
        choice = choose_for_file(opening.path, opening.encoding)
        with opening.path.open(encoding=choice.name, errors="replace", newline="") as file:
            stream = JsonStream(file)
            try:
                self._read(iterate_rows(stream))
            except BrokenJson as error:
                raise UnusableFile(
                    _("The file is not whole JSON: line %(line)s cannot be read.")
                    % {"line": error.line}
                ) from error
        super().__init__(
            format=opening.kind.name,
            name=opening.stem,
            columns=self._spool.list_columns(),
            declared=Declaration(None, gettext_lazy("a table does not say it")),
            encoding=choice,
            has_geometry=False,
            row_count=self._spool.rows,
        )

    def _read(self, rows: Iterator[Json]) -> None:
        waiting: list[Json] = []
        for row in rows:
            waiting.append({"properties": row, "geometry": None})
            if len(waiting) == ROWS_A_BATCH:
                self._spool.add(waiting)
                waiting = []
        if waiting:
            self._spool.add(waiting)

    def batches(self) -> Iterator[SourceBatch]:
        return self._spool.batches(self.columns)


def iterate_rows(stream: JsonStream) -> Iterator[Json]:
    """Objects of the array, or of the first array of objects that an object holds."""
    if stream.peek() == "[":
        yield from stream.items()
        return
    stream.take("{")
    while stream.peek() != "}":
        stream.value()
        stream.take(":")
        if stream.peek() == "[":
            yield from stream.items()
            return
        stream.value()
        if stream.peek() != "}":
            stream.take(",")
            stream.peek()
