"""One geometry checked before it enters a layer: type, extent, validity."""

from django.contrib.gis.geos import GEOSGeometry, WKBWriter
from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput
from layers.models import Layer

LATITUDE_MAX = 85.06
ALLOWED_TYPES = {
    Layer.GeometryType.POINT: {"Point", "MultiPoint"},
    Layer.GeometryType.LINE: {"LineString", "MultiLineString"},
    Layer.GeometryType.POLYGON: {"Polygon", "MultiPolygon"},
}


def check_geometry(geom: GEOSGeometry, geometry_type: str) -> str:
    """Hexadecimal 2-D EWKB of a geometry in EPSG:4326; raises `InvalidInput` with the reason."""
    if geom.srid not in (None, 4326):
        raise InvalidInput(_("The coordinates must be longitude and latitude (WGS 84)."))
    if geom.empty:
        raise InvalidInput(_("The geometry has no coordinates."))
    allowed = ALLOWED_TYPES.get(Layer.GeometryType(geometry_type))
    if allowed and geom.geom_type not in allowed:
        raise InvalidInput(
            _("This layer does not hold a geometry of the type %(type)s.")
            % {"type": geom.geom_type}
        )
    west, south, east, north = geom.extent
    if west < -180 or east > 180 or south < -LATITUDE_MAX or north > LATITUDE_MAX:
        raise InvalidInput(_("The coordinates lie outside the map; longitude comes first."))
    if not geom.valid:
        raise InvalidInput(
            _("The geometry is not valid: %(reason)s.") % {"reason": geom.valid_reason}
        )
    flat = geom.clone()
    flat.srid = 4326
    writer = WKBWriter(dim=2)
    writer.srid = True
    return str(writer.write_hex(flat).decode())
