"""What lies under the community's own layers, and where the map opens."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from geoportal.interface.community import find_community
from geoportal.interface.models import Community

View = Callable[[HttpRequest], HttpResponseBase]
WORLD_PX: Final = 512
# What is sure to be seen around the middle at the community's zoom, on a telephone too.
SEEN_PX: Final = 360


@dataclass(frozen=True)
class Ground:
    """A base map: the name or path of a PMTiles file that the portal serves itself; or from outside
    a MapLibre style or a raster template. Each may be empty.
    """

    style_url: str
    raster_url: str
    attribution: str
    pmtiles: str = ""

    @property
    def origins(self) -> list[str]:
        """Sites that the browser asks for it."""
        parts = [urlsplit(url) for url in (self.style_url, self.raster_url) if url]
        return sorted({f"{each.scheme}://{each.netloc}" for each in parts if each.netloc})


def get_ground(community: Community) -> Ground:
    """Settings of the operator go before the community's row, all of them together."""
    if settings.BASEMAP_PMTILES or settings.BASEMAP_STYLE_URL or settings.BASEMAP_RASTER_URL:
        return Ground(
            settings.BASEMAP_STYLE_URL,
            settings.BASEMAP_RASTER_URL,
            settings.BASEMAP_ATTRIBUTION,
            settings.BASEMAP_PMTILES,
        )
    return Ground(
        community.base_map_style_url,
        community.base_map_raster_url,
        community.base_map_attribution,
        community.base_map_pmtiles,
    )


def find_start(community: Community) -> list[float] | None:
    """west, south, east, north around the chosen middle; `None`: the map shows the boundary."""
    lon, lat, zoom = community.map_longitude, community.map_latitude, community.map_zoom
    if lon is None or lat is None or zoom is None:
        return None
    half = 180 * SEEN_PX / (WORLD_PX * 2**zoom)
    low = half * math.cos(math.radians(lat))
    return [lon - half, lat - low, lon + half, lat + low]


class GroundMiddleware:
    """Pages may load the community's base map from where it is (Content-Security-Policy)."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            origins = get_ground(remember_community(request)).origins
            if origins:
                response._csp_update = {"img-src": origins, "connect-src": origins}  # type: ignore[attr-defined]
        return response


def remember_community(request: HttpRequest) -> Community:
    """Asked of the database once in a request."""
    known: Community | None = getattr(request, "community", None)
    if known is None:
        known = find_community()
        request.community = known  # type: ignore[attr-defined]
    return known
