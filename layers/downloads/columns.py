"""The columns of a download, from the layer's schema, with names that each format can hold."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from geoportal.core.words.romanisation import ROMANISED
from layers.models import Layer, LayerField

KEY_COLUMN = "key"
DBF_NAME_LENGTH = 10
# GDAL takes a column of this name for the number of a row, whatever the format.
GDAL_RESERVED = ("ogc_fid",)

# Headings of places in CSV, the usual first, and names that readers take for a place besides.
POINT_HEADINGS = (
    ("lon", "lat"), ("longitude", "latitude"), ("lng", "lat"), ("довгота", "широта"),
)  # fmt: skip
SHAPE_HEADINGS = (
    "wkt", "geom", "geometry", "the_geom", "wkt_geom", "геометрія", "geojson", "shape",
)  # fmt: skip
COORDINATE_NAMES = frozenset((
    *(name for pair in POINT_HEADINGS for name in pair),
    "long", "constructionlon", "долгота", "longitude_wgs84", "wgs84_lon", "coord_lon", "geo_lon",
    "point_x", "xcoord", "x_coord", "easting", "east", "x", "latitude_wgs84", "wgs84_lat",
    "coord_lat", "geo_lat", "point_y", "ycoord", "y_coord", "northing", "north", "y",
))  # fmt: skip


@dataclass(frozen=True)
class Column:
    """`name` heads the column; the value is the feature's key when `field` is `None`."""

    name: str
    field: LayerField | None = None


@dataclass(frozen=True)
class PlaceHeadings:
    """Headings of places in CSV that no field of the layer has, and the names they reserve.

    `point` is empty where fields of the layer tell the places themselves.
    `confusable`: a reader may take fields for coordinates unless `point` is there to be taken.
    """

    point: tuple[str, ...]
    shape: str
    reserved: frozenset[str]
    confusable: bool


def list_columns(layer: Layer) -> list[Column]:
    """Public fields in the schema's order; first the key, where no public field holds it."""
    everything = list(layer.fields.all())
    fields = [field for field in everything if field.audience == "public"]
    columns = [Column(field.name, field) for field in fields]
    if layer.key_field in {field.name for field in fields}:
        return columns
    key_column = free_name(KEY_COLUMN, (field.name for field in everything), prefix="feature_")
    return [Column(key_column), *columns]


def free_name(name: str, taken: Iterable[str], prefix: str = "_") -> str:
    """`name`, with prefixes where it is taken, letters' case aside."""
    folded = {other.strip().casefold() for other in taken}
    while name.casefold() in folded:
        name = prefix + name
    return name


def escape_names(
    columns: Iterable[Column], reserved: Iterable[str] = frozenset()
) -> dict[str, str]:
    """Column name → a name unlike the others and the reserved ones, letters' case aside.

    What clashes gets underscores at its end, and the importer takes them off again.
    """
    names = [column.name for column in columns]
    used = set(reserved)
    originals = {name.strip().casefold() for name in names}
    escaped: dict[str, str] = {}
    for name in names:
        safe = name
        while safe.strip().casefold() in used or (
            safe != name and safe.strip().casefold() in originals
        ):
            safe += "_"
        used.add(safe.strip().casefold())
        escaped[name] = safe
    return escaped


def choose_place_headings(
    layer: Layer, place_fields: tuple[str, str] | None = None
) -> PlaceHeadings:
    """Staff's fields count too: an import must not fill them with coordinates.

    `place_fields`: of longitude and latitude, which tell every place.
    """
    names = set()
    for field in layer.fields.all():
        names.add(field.name.strip().casefold())
        if field.audience != "public":
            names.add(field.title_uk.strip().casefold())
    others = (names & COORDINATE_NAMES) - set(place_fields or ())
    if place_fields in POINT_HEADINGS[:1] or (place_fields and not others):
        reserved = frozenset(SHAPE_HEADINGS) - set(place_fields)
        return PlaceHeadings((), SHAPE_HEADINGS[0], reserved, confusable=False)
    point = next((pair for pair in POINT_HEADINGS if not names & set(pair)), POINT_HEADINGS[-1])
    shape = next((name for name in SHAPE_HEADINGS if name not in names), SHAPE_HEADINGS[-1])
    before = POINT_HEADINGS[: POINT_HEADINGS.index(point) + 1]
    return PlaceHeadings(
        point=point,
        shape=shape,
        reserved=frozenset((*SHAPE_HEADINGS, *(name for pair in before for name in pair))),
        confusable=bool(names & COORDINATE_NAMES),
    )


def shorten_names(columns: Iterable[Column]) -> dict[str, str]:
    """Column name → unique ASCII name of at most 10 characters, as DBF wants."""
    short: dict[str, str] = {}
    used = set(GDAL_RESERVED)
    for column in columns:
        latin = "".join(ROMANISED.get(letter, letter) for letter in column.name.lower())
        base = re.sub(r"[^a-z0-9_]+", "_", latin).strip("_")[:DBF_NAME_LENGTH] or "field"
        name, number = base, 1
        while name in used:
            suffix = f"_{number}"
            name, number = base[: DBF_NAME_LENGTH - len(suffix)] + suffix, number + 1
        used.add(name)
        short[column.name] = name
    return short
