"""A file, whatever it is, as a `Source`; what had to be unpacked or restored is gone afterwards."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from importers.archives import unpack
from importers.errors import UnusableFile, UnusableOption
from importers.readers.csv_table import CsvSource
from importers.readers.geojson import GeoJsonSource
from importers.readers.geopackage import GeoPackageSource
from importers.readers.shapefile import ShapefileSource
from importers.sniff import Content, sniff
from importers.sources import Source

SHAPEFILE_ASIDES = (".dbf", ".shx", ".prj", ".cpg")


@dataclass(frozen=True)
class OpenOptions:
    """What the user says about the file; "" leaves it to the file itself."""

    encoding: str = ""
    source_layer: str = ""
    lon: str = ""
    lat: str = ""


@contextmanager
def open_source(path: Path, options: OpenOptions) -> Iterator[Source]:
    """Raises `UnusableFile` or `UnusableOption`, also from `batches` while inside."""
    with tempfile.TemporaryDirectory(prefix="import-") as folder:
        scratch = Path(folder)
        content, main = prepare(path, scratch, options.source_layer)
        if (options.lon or options.lat) and content != Content.CSV:
            raise UnusableOption(_("--lon and --lat are for CSV only."))
        yield build_source(content, main, scratch, options)


def prepare(path: Path, scratch: Path, wanted: str) -> tuple[Content, Path]:
    """Content and main file, taken out of a zip where it is one."""
    beside = path.with_suffix(".shp")
    if path.suffix.lower() in SHAPEFILE_ASIDES and beside.is_file():
        path = beside
    content = sniff(path)
    if content != Content.ZIP:
        return content, path
    unpacked = scratch / "unpacked"
    unpacked.mkdir()
    main = unpack(path, unpacked, wanted)
    inner = sniff(main)
    if inner == Content.ZIP:
        raise UnusableFile(_("There is a zip file in the zip file; unpack it first."))
    return inner, main


def build_source(content: Content, main: Path, scratch: Path, options: OpenOptions) -> Source:
    if content == Content.SHAPEFILE:
        return ShapefileSource(main, scratch, options.encoding)
    if content == Content.GEOPACKAGE:
        in_zip = main.is_relative_to(scratch)
        return GeoPackageSource(main, "" if in_zip else options.source_layer)
    if content == Content.GEOJSON:
        return GeoJsonSource(main, scratch, options.encoding)
    return CsvSource(main, options.encoding, options.lon, options.lat)
