"""One layer of a file that GDAL reads, by the one driver that its content names."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from warnings import catch_warnings, simplefilter

import pyogrio
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyproj import CRS
from pyproj.exceptions import CRSError

from importers.errors import UnusableFile, UnusableOption
from importers.formats.format import Dataset, Opening
from importers.formats.gdal.arrow import READ_ERRORS, Table, read_batches, read_facts
from importers.formats.gdal.texts import sample_encoding
from importers.formats.tables.placed import PlacedSource
from importers.sources import Declaration, EncodingChoice, SourceBatch, SourceFacts

# Their standards leave no other system than longitude and latitude in WGS 84.
BINDING = ("LIBKML", "GPX", "OSM")
# Formats with many columns of their own, most of them empty: those without a value are left out.
SPARSE = ("LIBKML", "GPX", "OSM", "DXF", "DGN")
# Texts come in whatever page the program wrote.
RAW_TEXTS = ("MapInfo File", "DXF", "DGN")
# Counting their rows means reading all of them.
UNCOUNTED = ("OSM",)
OPEN_OPTIONS: dict[str, dict[str, str]] = {
    "GML": {"DOWNLOAD_SCHEMA": "NO", "WRITE_GFS": "NO"},
    "SQLite": {"LIST_ALL_TABLES": "NO"},
}
# Tables that SQLite keeps for itself.
OWN_TABLES = "sqlite_"
STEM = "source"


class GdalSource(SourceFacts):
    """An open layer. `hidden`: columns of the driver's own."""

    def __init__(self, opening: Opening, hidden: Sequence[str] = ()) -> None:
        driver = opening.kind.driver
        path = link(opening)
        layer = find_layer(path, opening)
        stated = opening.encoding
        guessed = sample_encoding(path, layer, stated) if driver in RAW_TEXTS else None
        self._table = Table(
            path,
            layer=layer,
            text_encoding=guessed.name if guessed else "",
            options=OPEN_OPTIONS.get(driver, {}),
        )
        self._facts = read_facts(self._table, hidden=hidden, sparse=driver in SPARSE)
        reason = gettext_lazy("the format says so")
        super().__init__(
            format=opening.kind.name,
            name=opening.stem if layer == STEM else layer,
            columns=self._facts.columns,
            declared=read_crs(self._facts.crs, binding=driver in BINDING),
            encoding=guessed or EncodingChoice("utf-8", reason),
            has_geometry=bool(self._facts.geometry_name),
            ignored=self._facts.ignored,
        )

    def batches(self) -> Iterator[SourceBatch]:
        return read_batches(self._table, self._facts)


def link(opening: Opening) -> Path:
    """The file with its parts under plain names: what GDAL writes beside it stays in scratch."""
    path = opening.path
    if path.is_dir():
        return path
    folder = opening.scratch / "gdal"
    folder.mkdir(exist_ok=True)
    endings = {path.suffix.lower()} | set(opening.kind.parts)
    for file in path.parent.iterdir():
        same = file.stem.lower() == path.stem.lower() and file.suffix.lower() in endings
        target = folder / f"{STEM}{file.suffix.lower()}"
        if (same or file == path) and not target.exists():
            target.symlink_to(file.resolve())
    return folder / f"{STEM}{path.suffix.lower()}"


def find_layer(path: Path, opening: Opening) -> str:
    """GDAL's name of the dataset."""
    names = [str(name) for name, _kind in list_layers(path, opening)]
    wanted = STEM if opening.dataset == opening.stem and STEM in names else opening.dataset
    return wanted if wanted in names else names[0]


def list_layers(path: Path, opening: Opening) -> list[tuple[str, str | None]]:
    try:
        with catch_warnings():
            simplefilter("ignore")
            layers = [(str(name), kind) for name, kind in pyogrio.list_layers(path)]
    except READ_ERRORS as error:
        raise UnusableFile(
            _("The file of the kind %(kind)s is damaged and cannot be opened.")
            % {"kind": opening.kind.title}
        ) from error
    layers = [one for one in layers if not one[0].startswith(OWN_TABLES)]
    if not layers:
        raise UnusableFile(
            _("The file of the kind %(kind)s holds no layer.") % {"kind": opening.kind.title}
        )
    return layers


def list_datasets(opening: Opening) -> Sequence[Dataset]:
    path = link(opening)
    found = []
    for layer, kind in list_layers(path, opening):
        name = opening.stem if layer == STEM else layer
        rows = None if opening.kind.driver in UNCOUNTED else count_rows(path, layer)
        found.append(Dataset(name, name, rows, "" if kind is None else str(kind)))
    return found


def count_rows(path: Path, layer: str) -> int | None:
    """`None` where it cannot be counted: opening the layer will tell why."""
    try:
        with catch_warnings():
            simplefilter("ignore")
            info = pyogrio.read_info(path, layer=layer, force_feature_count=True, encoding="UTF-8")
    except (*READ_ERRORS, ValueError):
        return None
    return int(info["features"])


def open_dataset(opening: Opening) -> GdalSource | PlacedSource:
    """A layer without geometry is a table, which may have places in its columns."""
    source = GdalSource(opening)
    if not source.has_geometry:
        return PlacedSource(source, opening.own)
    if any(opening.own.values()):
        raise UnusableOption(_("The layer has places of its own: leave --lon, --lat, --place out."))
    return source


def read_crs(text: str | None, *, binding: bool = False) -> Declaration:
    """ "Undefined" systems (GeoPackage's srs_id 0 and -1) come as none or as engineering ones."""
    if not text:
        return Declaration(None, gettext_lazy("the file does not say it"))
    try:
        crs = CRS.from_user_input(text)
    except CRSError:
        return Declaration(None, gettext_lazy("the file names one that is not known"))
    if crs.is_engineering or "undefined" in crs.name.lower():
        return Declaration(None, gettext_lazy("the file does not say it"))
    return Declaration(crs, gettext_lazy("stated in the file"), binding=binding)
