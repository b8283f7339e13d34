"""One geometry checked before it enters a layer: type, extent, validity."""

import re

import shapely
from django.contrib.gis.geos import GEOSGeometry, WKBWriter
from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput
from layers.geometry.antimeridian import leaps_over
from layers.geometry.words import describe_shape
from layers.models import Layer

LATITUDE_MAX = 85.06
ALLOWED_TYPES = {
    Layer.GeometryType.POINT: {"Point", "MultiPoint"},
    Layer.GeometryType.LINE: {"LineString", "MultiLineString"},
    Layer.GeometryType.POLYGON: {"Polygon", "MultiPolygon"},
}


REASON = re.compile(r"(?P<words>[^\[]+?)\s*(?:\[(?P<lon>\S+) (?P<lat>\S+)\])?")


def explain_invalid(reason: str) -> tuple[str, list[float] | None]:
    """What GEOS says of an invalid geometry, in words of the portal, and where (lon, lat)."""
    match = REASON.fullmatch(reason)
    if match is None:
        return reason, None
    said = {
        "Self-intersection": _("the border crosses itself"),
        "Ring Self-intersection": _("the border touches itself"),
        "Hole lies outside shell": _("a hole lies outside the area"),
        "Holes are nested": _("a hole lies inside another hole"),
        "Nested shells": _("a part lies inside another part"),
        "Interior is disconnected": _("holes cut the area apart"),
        "Duplicate Rings": _("the same border stands twice"),
        "Too few points in geometry component": _("there are too few different points"),
    }
    words = said.get(match["words"], match["words"])
    if match["lon"] is None:
        return words, None
    place = [round(float(match[name]), 7) for name in ("lon", "lat")]
    near = _("%(reason)s near %(lon)s, %(lat)s") % {
        "reason": words,
        "lon": place[0],
        "lat": place[1],
    }
    return near, place


def check_geometry(geom: GEOSGeometry, geometry_type: str) -> str:
    """Hexadecimal 2-D EWKB of a geometry in EPSG:4326.

    Raises `InvalidInput` with the reason, and with `place` (lon, lat) where GEOS tells it.
    """
    if geom.srid not in (None, 4326):
        raise InvalidInput(_("The coordinates must be longitude and latitude (WGS 84)."))
    if geom.empty:
        raise InvalidInput(_("The geometry has no coordinates."))
    allowed = ALLOWED_TYPES.get(Layer.GeometryType(geometry_type))
    if allowed and geom.geom_type not in allowed:
        raise InvalidInput(
            _("This layer does not hold such shapes: %(shapes)s.")
            % {"shapes": describe_shape(geom.geom_type)}
        )
    west, south, east, north = geom.extent
    if west < -180 or east > 180 or south < -LATITUDE_MAX or north > LATITUDE_MAX:
        raise InvalidInput(_("The coordinates lie outside the map; longitude comes first."))
    if leaps_over(shapely.from_wkb(bytes(geom.wkb))):
        raise InvalidInput(
            _(
                "A side of the shape is longer than half of the world; where the shape crosses the"
                " 180° meridian it must be cut."
            )
        )
    if not geom.valid:
        reason, place = explain_invalid(geom.valid_reason)
        raise InvalidInput(
            _("The geometry is not valid: %(reason)s.") % {"reason": reason},
            **({"place": place} if place else {}),
        )
    flat = geom.clone()
    flat.srid = 4326
    writer = WKBWriter(dim=2)
    writer.srid = True
    return str(writer.write_hex(flat).decode())
