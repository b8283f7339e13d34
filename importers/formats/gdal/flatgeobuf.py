"""FlatGeobuf: one layer in one file, read by GDAL."""

from collections.abc import Iterator
from pathlib import Path

from django.utils.translation import gettext_lazy

from importers.formats.gdal.arrow import Table, read_batches, read_facts
from importers.formats.gdal.geopackage import read_crs
from importers.formats.reader import Reader
from importers.sources import EncodingChoice, SourceBatch, SourceFacts

NAME = "flatgeobuf"
START = b"fgb"
# The driver's own Arrow stream miscounts the bytes of rows without a place (GDAL 3.12).
GDAL = {"OGR_FLATGEOBUF_STREAM_BASE_IMPL": True}


class FlatGeobufSource(SourceFacts):
    """An open FlatGeobuf file."""

    def __init__(self, path: Path) -> None:
        self._table = Table(path, gdal=GDAL)
        self._facts = read_facts(self._table)
        super().__init__(
            format=NAME,
            name=path.stem,
            columns=self._facts.columns,
            declared=read_crs(self._facts.crs),
            encoding=EncodingChoice("utf-8", gettext_lazy("the FlatGeobuf standard")),
            has_geometry=bool(self._facts.geometry_name),
            ignored=self._facts.ignored,
        )

    def batches(self) -> Iterator[SourceBatch]:
        return read_batches(self._table, self._facts)


READER = Reader(
    name=NAME,
    title="FlatGeobuf",
    open=lambda opening: FlatGeobufSource(opening.path),
    recognises=lambda head: head.raw.startswith(START),
    extensions=(".fgb",),
    rank=0,
)
