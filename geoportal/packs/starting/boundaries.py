"""What lies in a community, cut out of files of boundaries; coordinates are lon/lat, EPSG:4326.

The files are what OpenStreetMap and others give: names in `name:uk` or `name`, codes in `katotth`,
levels of administration in `admin_level` (7 a community, 8 an okruh, 9 a settlement).
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import geopandas
import pandas
import pyogrio
from django.utils.translation import gettext as _
from shapely import to_geojson
from shapely.geometry.base import BaseGeometry

from geoportal.core.errors import InvalidInput
from geoportal.packs.starting.codifier import Hromada

DEGREES: Final = "EPSG:4326"
AREAS: Final = ("Polygon", "MultiPolygon")
CODE_COLUMNS: Final = ("katotth", "katottg", "CATUTTC", "ref:katotth")
NAME_COLUMNS: Final = ("name:uk", "name_uk", "name", "Назва", "title", "NAME")
ENGLISH_COLUMNS: Final = ("name:en", "name_en", "nameEn")
LEVEL: Final = "admin_level"
OKRUH, SETTLEMENT = "8", "9"
# Of an area at the edge, what is left of it after cutting; slivers come from lines drawn twice.
SLIVER: Final = 0.02
APOSTROPHES: Final = re.compile("[`ʼ'‘’]")
Frame = Any  # geopandas has no type information


@dataclass(frozen=True)
class Area:
    """A named area; `code` is KATOTTG or empty."""

    name: str
    shape: BaseGeometry
    area_ha: float
    name_en: str = ""
    code: str = ""


@dataclass
class Cut:
    """What was found; `is_osm`: the files come from OpenStreetMap, whose licence is ODbL."""

    boundary: Area
    settlements: dict[str, Area] = field(default_factory=dict)
    okruhs: list[Area] = field(default_factory=list)
    is_osm: bool = False


def cut_out(hromada: Hromada, files: Iterable[Path], okruhs: Path | None = None) -> Cut:
    """Raises `InvalidInput` for files that cannot be read or do not hold the community."""
    frame = pandas.concat([read_areas(path) for path in files], ignore_index=True)
    cut = Cut(_find_boundary(hromada, frame), is_osm="@id" in frame)
    inside = _clip(frame[_level(frame).isin([OKRUH, SETTLEMENT])], cut.boundary)
    levels = _level(inside)
    cut.settlements = match_settlements(hromada, _list_areas(inside[levels == SETTLEMENT]))
    own = read_areas(okruhs) if okruhs else None
    found = inside[levels == OKRUH] if own is None else _clip(own, cut.boundary)
    cut.okruhs = sorted(_list_areas(found), key=lambda area: area.name)
    return cut


def match_settlements(hromada: Hromada, areas: Iterable[Area]) -> dict[str, Area]:
    """Areas by the settlement's code; by name where the area has no code of the community.

    Two villages of one name cannot be told apart by it: such an area is nobody's.
    """
    codes = {settlement.code for settlement in hromada.settlements}
    by_name: dict[str, list[str]] = {}
    for settlement in hromada.settlements:
        by_name.setdefault(fold(settlement.name), []).append(settlement.code)
    found: dict[str, Area] = {}
    for area in sorted(areas, key=lambda area: area.code not in codes):
        named = [area.code] if area.code in codes else by_name.get(fold(area.name), [])
        if len(named) == 1:
            found.setdefault(named[0], area)
    return found


def read_areas(path: Path) -> Frame:
    """Areas of a file that GDAL reads, in degrees, without points and lines."""
    try:
        frame = geopandas.read_file(path)
    except (pyogrio.errors.DataSourceError, OSError, ValueError) as error:
        raise InvalidInput(
            _("The file “%(name)s” cannot be read.") % {"name": path.name}
        ) from error
    if not isinstance(frame, geopandas.GeoDataFrame):
        raise InvalidInput(_("The file “%(name)s” holds no areas.") % {"name": path.name})
    frame = frame.set_crs(DEGREES) if frame.crs is None else frame.to_crs(DEGREES)
    frame = frame[frame.geom_type.isin(AREAS)]
    return frame.set_geometry(frame.geometry.make_valid())


def _find_boundary(hromada: Hromada, frame: Frame) -> Area:
    codes = _column(frame, CODE_COLUMNS)
    found = frame[codes == hromada.code]
    if found.empty:
        known = _column(frame, NAME_COLUMNS)
        wanted = fold(hromada.name)
        communities = (_level(frame) == "7") & known.map(lambda name: fold(name).startswith(wanted))
        found = frame[communities]
    areas = list(_list_areas(found))
    if len(areas) != 1:
        raise InvalidInput(
            _(
                "The files of boundaries hold %(count)s areas of the community %(code)s;"
                " one is needed."
            )
            % {"count": len(areas), "code": hromada.code}
        )
    return areas[0]


def _clip(frame: Frame, boundary: Area) -> Frame:
    """What of the areas lies in the boundary; neighbours that only touch it are left out."""
    if frame.empty:
        return frame
    whole = frame.geometry.to_crs(frame.estimate_utm_crs()).area
    clipped = geopandas.clip(frame, boundary.shape, keep_geom_type=True)
    left = clipped.geometry.to_crs(frame.estimate_utm_crs()).area / whole.loc[clipped.index]
    return clipped[left > SLIVER]


def _list_areas(frame: Frame) -> Iterator[Area]:
    if frame.empty:
        return
    sizes = frame.geometry.to_crs(frame.estimate_utm_crs()).area / 10_000
    names, english = _column(frame, NAME_COLUMNS), _column(frame, ENGLISH_COLUMNS)
    codes = _column(frame, CODE_COLUMNS)
    for index, shape in frame.geometry.items():
        size = round(float(sizes[index]), 1)
        yield Area(names[index], shape, size, english[index], codes[index])


def _column(frame: Frame, names: Iterable[str]) -> Frame:
    """The first of the columns that has a text, row by row; "" where none has."""
    found = pandas.Series("", index=frame.index, dtype=object)
    for name in names:
        if name in frame:
            texts = frame[name].fillna("").astype(str).str.strip()
            found = found.where(found != "", texts)
    return found


def _level(frame: Frame) -> Frame:
    return _column(frame, (LEVEL,)).str.replace(r"\.0$", "", regex=True)


def fold(name: str) -> str:
    """Names that differ by apostrophes, case or blanks are the same."""
    return " ".join(APOSTROPHES.sub("’", name).casefold().split())


def write_geojson(rows: Iterable[tuple[str, BaseGeometry | None, Mapping[str, object]]]) -> str:
    """A feature a line, with its key as `id`."""
    lines = [
        f'{{"type": "Feature", "id": {json.dumps(key, ensure_ascii=False)}, "geometry": '
        f"{to_geojson(shape) if shape is not None else 'null'}, "
        f'"properties": {json.dumps(values, ensure_ascii=False)}}}'
        for key, shape, values in rows
    ]
    return '{"type": "FeatureCollection", "features": [\n' + ",\n".join(lines) + "\n]}\n"
