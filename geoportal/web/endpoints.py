"""The addresses that programs connect to, for one layer and for all of them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from layers.models import Layer


@dataclass(frozen=True)
class Service:
    """An address to connect to; `ident` is unique on a page."""

    ident: str
    name: str | Promise
    url: str
    hint: str | Promise


def build_map_services(site: str) -> list[Service]:
    """`site`: scheme and host without a slash at the end."""
    return [
        Service(
            "style",
            _("Style of the whole map for MapLibre"),
            f"{site}/tiles/style.json",
            _("All of the map as it is drawn here, with letters and signs, for another site."),
        ),
        Service(
            "ogc",
            "OGC API – Features, OGC API – Tiles",
            f"{site}/ogc/",
            _("In QGIS: Layer → Add Layer → Add WFS / OGC API – Features Layer."),
        ),
    ]


def build_services(site: str, layer: Layer) -> list[Service]:
    """`site`: scheme and host without a slash at the end."""
    return [
        Service(
            "ogc",
            "OGC API – Features",
            f"{site}/ogc/",
            _("In QGIS: Layer → Add Layer → Add WFS / OGC API – Features Layer."),
        ),
        Service(
            "items",
            "GeoJSON",
            f"{site}/ogc/collections/{layer.slug}/items",
            _("Pages of features for scripts: limit and bbox choose."),
        ),
        Service(
            "tiles",
            "TileJSON",
            f"{site}/tiles/{layer.slug}.json",
            _("Vector tiles for MapLibre and QGIS."),
        ),
        Service(
            "style",
            _("Style of the layer for MapLibre"),
            f"{site}/tiles/{layer.slug}/style.json",
            _("The layer as it is drawn here, with letters and signs, for a map on another site."),
        ),
        Service(
            "ogc-tiles",
            "OGC API – Tiles",
            f"{site}/ogc/collections/{layer.slug}/tiles",
            _("For clients of that standard: GDAL 3.12 and others."),
        ),
    ]
