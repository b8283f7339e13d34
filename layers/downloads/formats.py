"""What a whole layer can be downloaded as: the one list that everything which offers it reads.

The view, `export_layer`, the links of OGC API, the pages and the reference follow it: a new format
is a line here beside the function that writes it. Packages above enter theirs at the start.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from layers.downloads.files import write_flatgeobuf, write_geopackage, write_shapefile
from layers.downloads.text import stream_csv, stream_geojson
from layers.models import Layer

Stream = Callable[[Layer, list[str]], Iterator[bytes]]
Build = Callable[[Layer, list[str], Path], None]


@dataclass(frozen=True)
class DownloadFormat:
    """One format. Exactly one of `stream` (as the layer is read) and `build` (a file) is there.

    `extension` comes after `/data/<slug>.` and may have a dot inside; `purpose` says who takes it.
    `is_whole`: every value of the schema is in the file, so that it can be imported again.
    """

    extension: str
    name: str
    media_type: str
    purpose: str | Promise
    stream: Stream | None = None
    build: Build | None = None
    is_whole: bool = True

    def write(self, layer: Layer, visibilities: list[str], path: Path) -> None:
        """The features of these visibilities, public attributes only, into a file."""
        if self.build is not None:
            self.build(layer, visibilities, path)
        elif self.stream is not None:
            with path.open("wb") as target:
                target.writelines(self.stream(layer, visibilities))


# In the order in which people are offered them.
DOWNLOAD_FORMATS = [
    DownloadFormat(
        "gpkg",
        "GeoPackage",
        "application/geopackage+sqlite3",
        _("for QGIS and other GIS programs"),
        build=write_geopackage,
    ),
    DownloadFormat(
        "geojson",
        "GeoJSON",
        "application/geo+json",
        _("for web maps and scripts"),
        stream=stream_geojson,
    ),
    DownloadFormat(
        "csv",
        "CSV",
        "text/csv; charset=utf-8",
        _("a table for Excel and LibreOffice"),
        stream=stream_csv,
    ),
    DownloadFormat(
        "fgb",
        "FlatGeobuf",
        "application/flatgeobuf",
        _("for large layers in maps and scripts"),
        build=write_flatgeobuf,
    ),
    DownloadFormat(
        "shp.zip",
        "Shapefile",
        "application/zip",
        _("for older GIS programs, zipped"),
        build=write_shapefile,
    ),
]


def offer_format(download: DownloadFormat) -> None:
    """Called by `ready` of an application."""
    if find_format(download.extension) is None:
        DOWNLOAD_FORMATS.append(download)


def find_format(extension: str) -> DownloadFormat | None:
    return next((known for known in DOWNLOAD_FORMATS if known.extension == extension), None)


def find_format_of(file_name: str) -> DownloadFormat | None:
    """By the end of the name; the longest one that fits, so that `.shp.zip` is not `.zip`."""
    fitting = [known for known in DOWNLOAD_FORMATS if file_name.endswith(f".{known.extension}")]
    return max(fitting, key=lambda known: len(known.extension), default=None)


def list_extensions() -> str:
    """For a sentence that says what there is."""
    return ", ".join(known.extension for known in DOWNLOAD_FORMATS)
