"""What a PMTiles file (version 3) says of itself: its head and its metadata."""

import gzip
import html
import json
import struct
import zlib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import nh3
from django.conf import settings
from django.utils.translation import gettext as _
from pmtiles.reader import Reader
from pmtiles.tile import MagicNumberNotFound, SpecVersionUnsupported, TileType

from geoportal.interface.ground import get_ground
from geoportal.interface.models import Community
from tiles.basemap.schemas import find_schema

E7 = 10_000_000
FOLDER = "basemaps"
# What a file that is torn or is something else brings its reader to.
UNREADABLE = (
    MagicNumberNotFound, SpecVersionUnsupported, struct.error, gzip.BadGzipFile, zlib.error,
    EOFError, IndexError, KeyError, ValueError, TypeError, AttributeError,
)  # fmt: skip
RASTER = frozenset({TileType.PNG, TileType.JPEG, TileType.WEBP, TileType.AVIF})


class Unusable(Exception):
    """The words say in the reader's language why a file is no base map."""


@dataclass(frozen=True)
class Basemap:
    """`layers`: names of attributes by layer of vector tiles; `bounds`: west, south, east, north in
    degrees; `attribution` is plain text; `version` is another one when the file is.
    """

    path: Path
    is_raster: bool
    layers: dict[str, frozenset[str]]
    bounds: tuple[float, float, float, float]
    zoom_min: int
    zoom_max: int
    attribution: str
    version: str

    @property
    def is_drawable(self) -> bool:
        """Pictures are; of vector tiles the schema has to be known."""
        return self.is_raster or find_schema(self.layers) is not None


def get_folder() -> Path:
    return Path(settings.DATA_DIR, FOLDER)


def find_path(name: str) -> Path | None:
    """The file that is served under this name: the operator's, or one of the folder."""
    chosen = Path(settings.BASEMAP_PMTILES)
    path = get_folder() / chosen if chosen.name == name else get_folder() / name
    is_plain = Path(name).name == name and name.endswith(".pmtiles")
    return path if is_plain and path.is_file() else None


def find_basemap(community: Community) -> Basemap | None:
    """The town's own, where one is named and can be read; else the map has today's ground."""
    name = Path(get_ground(community).pmtiles).name
    found = find_named(name) if name else None
    return found if found and found.is_drawable else None


def find_named(name: str) -> Basemap | None:
    path = find_path(name)
    try:
        return read_basemap(path) if path else None
    except (Unusable, OSError):  # The system check says why.
        return None


def read_basemap(path: Path) -> Basemap:
    """Read once while the file stays as it is; raises `Unusable`, `OSError`."""
    said = path.stat()
    return _read(path, said.st_size, said.st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, size: int, changed_ns: int) -> Basemap:
    with path.open("rb") as file:

        def get_bytes(offset: int, length: int) -> bytes:
            file.seek(offset)
            return file.read(length)

        try:
            reader = Reader(get_bytes)
            head, said = reader.header(), reader.metadata()
            layers = _list_layers(said)
            attribution = _write_plain(said.get("attribution"))
        except UNREADABLE as error:
            raise Unusable(_("it is no PMTiles file of version 3, or it is torn")) from error
    if head["tile_data_offset"] + head["tile_data_length"] > size:
        raise Unusable(_("it ends too early: the file was not copied to its end"))
    is_raster = head["tile_type"] in RASTER
    if not is_raster and head["tile_type"] != TileType.MVT:
        raise Unusable(_("its tiles are neither MVT nor pictures"))
    west, south, east, north = (
        head[name] / E7 for name in ("min_lon_e7", "min_lat_e7", "max_lon_e7", "max_lat_e7")
    )
    return Basemap(
        path=path,
        is_raster=is_raster,
        layers=layers,
        bounds=(west, south, east, north),
        zoom_min=head["min_zoom"],
        zoom_max=head["max_zoom"],
        attribution=attribution,
        version=f"{size:x}-{changed_ns:x}",
    )


def _list_layers(said: dict[str, Any]) -> dict[str, frozenset[str]]:
    """Tippecanoe of old puts the list as text into `json`."""
    listed = said.get("vector_layers")
    if listed is None and isinstance(said.get("json"), str):
        try:
            listed = json.loads(said["json"]).get("vector_layers")
        except ValueError:
            listed = None
    return {
        str(each["id"]): frozenset(map(str, each.get("fields") or ()))
        for each in listed or ()
        if isinstance(each, dict) and "id" in each
    }


def _write_plain(attribution: object) -> str:
    """Links of it are left out; whose data it is stays."""
    text = nh3.clean(attribution, tags=set()) if isinstance(attribution, str) else ""
    return " ".join(html.unescape(text).split())
