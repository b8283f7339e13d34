"""GeoPackage: one table of features, read by GDAL."""

from collections.abc import Iterator
from pathlib import Path
from warnings import catch_warnings, simplefilter

import pyogrio
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyproj import CRS
from pyproj.exceptions import CRSError

from importers.errors import UnusableFile, UnusableOption
from importers.formats.gdal.arrow import READ_ERRORS, Table, read_batches, read_facts
from importers.formats.reader import Head, Opening, Reader
from importers.sources import Declaration, EncodingChoice, SourceBatch, SourceFacts

NAME = "geopackage"
SQLITE = b"SQLite format 3\x00"
IDS = (b"GPKG", b"GP10", b"GP11")


class GeoPackageSource(SourceFacts):
    """An open GeoPackage table."""

    def __init__(self, path: Path, wanted: str = "") -> None:
        self._table = Table(path, layer=choose_table(path, wanted))
        self._facts = read_facts(self._table)
        super().__init__(
            format=NAME,
            name=str(self._table.layer),
            columns=self._facts.columns,
            declared=read_crs(self._facts.crs),
            encoding=EncodingChoice("utf-8", gettext_lazy("the GeoPackage standard")),
            has_geometry=bool(self._facts.geometry_name),
            ignored=self._facts.ignored,
        )

    def batches(self) -> Iterator[SourceBatch]:
        return read_batches(self._table, self._facts)


def choose_table(path: Path, wanted: str) -> str:
    """The table asked for, or the only one that has a geometry."""
    try:
        with catch_warnings():
            simplefilter("ignore")
            tables = [(str(name), kind) for name, kind in pyogrio.list_layers(path)]
    except READ_ERRORS as error:
        raise UnusableFile(_("The GeoPackage is damaged and cannot be opened.")) from error
    names = [name for name, _kind in tables]
    if wanted:
        if wanted not in names:
            raise UnusableOption(
                _("There is no layer “%(name)s” in the file; it holds: %(names)s.")
                % {"name": wanted, "names": ", ".join(names)}
            )
        return wanted
    spatial = [name for name, kind in tables if kind is not None]
    if not spatial:
        raise UnusableFile(_("The GeoPackage holds no layer with places."))
    if len(spatial) > 1:
        raise UnusableOption(
            _("The file holds several layers; choose one with --source-layer: %(names)s.")
            % {"names": ", ".join(spatial)}
        )
    return spatial[0]


def read_crs(text: str | None) -> Declaration:
    """GeoPackage's "undefined" systems (srs_id 0 and -1) come as none or as engineering ones."""
    reason = gettext_lazy("stated in the file")
    if not text:
        return Declaration(None, gettext_lazy("the file does not say it"))
    try:
        crs = CRS.from_user_input(text)
    except CRSError:
        return Declaration(None, gettext_lazy("the file names one that is not known"))
    if crs.is_engineering or "undefined" in crs.name.lower():
        return Declaration(None, gettext_lazy("the file does not say it"))
    return Declaration(crs, reason)


def is_geopackage(head: Head) -> bool:
    """`application_id` stands at byte 68 (GeoPackage 1.3, requirement 2)."""
    return head.raw.startswith(SQLITE) and head.raw[68:72] in IDS


def open_geopackage(opening: Opening) -> GeoPackageSource:
    return GeoPackageSource(opening.path, opening.source_layer)


READER = Reader(
    name=NAME,
    title="GeoPackage",
    open=open_geopackage,
    recognises=is_geopackage,
    extensions=(".gpkg",),
    rank=0,
)
