"""What can be imported: the one list of formats; all that the importer knows of one is there.

A new format is its own module with a `FORMAT`, and a line here.
"""

from collections.abc import Mapping

from importers.errors import UnusableOption
from importers.formats.format import Format, FormatOption, Head
from importers.formats.gdal import family
from importers.formats.gdal.dgn import FORMAT as DGN
from importers.formats.gdal.shapefile_format import FORMAT as SHAPEFILE
from importers.formats.geojson.format import FORMAT as GEOJSON
from importers.formats.kml.format import FORMAT as KML
from importers.formats.parquet.format import FORMAT as GEOPARQUET
from importers.formats.tables.csv_format import FORMAT as CSV
from importers.formats.tables.json_format import FORMAT as JSON_TABLE
from importers.formats.tables.workbook_formats import FORMATS as WORKBOOKS

FORMATS: tuple[Format, ...] = (
    SHAPEFILE,
    KML,
    *family.FORMATS,
    DGN,
    GEOPARQUET,
    JSON_TABLE,
    GEOJSON,
    *WORKBOOKS,
    CSV,
)


def find_format(head: Head) -> Format | None:
    """By a mark that its content bears."""
    marked = (kind for kind in FORMATS if not kind.takes_rest)
    return next((kind for kind in marked if kind.recognises(head)), None)


def find_format_of_rest(head: Head) -> Format | None:
    """For text without any mark."""
    rest = (kind for kind in FORMATS if kind.takes_rest)
    return next((kind for kind in rest if kind.recognises(head)), None)


def list_titles() -> str:
    """For a sentence that says what can be imported."""
    return ", ".join(kind.title for kind in FORMATS)


def list_options() -> list[FormatOption]:
    """Each once, whoever takes it."""
    return list({option.name: option for kind in FORMATS for option in kind.options}.values())


def choose_own(kind: Format, given: Mapping[str, str]) -> dict[str, str]:
    """Raises `UnusableOption` for what only other formats take."""
    taken = {option.name for option in kind.options}
    for option in list_options():
        if given.get(option.name) and option.name not in taken:
            raise UnusableOption(str(option.refusal))
    return {name: given.get(name, "") for name in taken}
