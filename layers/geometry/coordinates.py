"""Fields that repeat the place, as official tables have `lat` and `lon` among their columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.contrib.gis.geos import GEOSGeometry, Point

from layers.models import Feature, LayerField

# Longitude and latitude (EPSG:4326). The second is of annex 64 of the official structures.
PAIRS = (("lon", "lat"), ("constructionlon", "lat"))


@dataclass(frozen=True)
class NewPlace:
    """Where a feature shall be, and as it stood before; `None`: it is new."""

    geom: GEOSGeometry | None
    feature: Feature | None = None


def find_coordinate_fields(fields: Iterable[LayerField]) -> tuple[str, str] | None:
    """Names of the public numbers of longitude and latitude, where the layer has both."""
    numbers = {
        field.name
        for field in fields
        if field.type == LayerField.Type.NUMBER and field.audience == LayerField.Audience.PUBLIC
    }
    return next((pair for pair in PAIRS if numbers.issuperset(pair)), None)


def follow_place(
    fields: Iterable[LayerField], values: Mapping[str, object], place: NewPlace
) -> Mapping[str, object]:
    """The values with coordinates of the new place, where they told the old one.

    What somebody stated otherwise stays, and so do coordinates that told something else before.
    """
    pair = find_coordinate_fields(fields)
    if pair is None or not isinstance(place.geom, Point) or place.geom.empty:
        return values
    before = place.feature
    standing = {name: before.properties.get(name) if before else None for name in pair}
    if before and not tells_place(before, [*standing.values()]):
        return values
    if any(values.get(name, old) not in (old, None, "") for name, old in standing.items()):
        return values
    return {**values, pair[0]: place.geom.x, pair[1]: place.geom.y}


def tells_place(feature: Feature, coordinates: Sequence[object]) -> bool:
    return isinstance(feature.geom, Point) and coordinates == [*feature.geom.coords[:2]]
