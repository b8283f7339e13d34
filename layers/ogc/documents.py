"""The JSON documents of OGC API – Features: landing page, conformance, collections."""

from collections.abc import Sequence
from typing import TypedDict

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from geoportal.interface.community import get_portal_name
from layers.downloads.formats import DOWNLOAD_FORMATS
from layers.models import Layer
from layers.reading.summary import Summary

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GEOJSON = "application/geo+json"
CONFORMANCE = (
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/oas30",
    "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/geojson",
)


class Link(TypedDict):
    """RFC 8288 in JSON."""

    href: str
    rel: str
    type: str
    title: str


def link(href: str, rel: str, media_type: str = "application/json", title: str = "") -> Link:
    return {"href": href, "rel": rel, "type": media_type, "title": title or rel}


def build_landing(base: str, more: Sequence[Link] = ()) -> dict[str, object]:
    """`base` is the absolute URL of the service without a slash at the end, here and below.

    `more` links are those of other parts of OGC API.
    """
    return {
        "title": get_portal_name(),
        "description": _("Public layers of the community: registers, useful objects, territories."),
        "links": [
            link(f"{base}/", "self", title=_("This document")),
            link(
                f"{base}/api",
                "service-desc",
                "application/vnd.oai.openapi+json;version=3.0",
                _("Definition of the API"),
            ),
            link(f"{base}/conformance", "conformance", title=_("Conformance classes")),
            link(f"{base}/collections", "data", title=_("Layers")),
            *more,
        ],
    }


def build_conformance(more: Sequence[str] = ()) -> dict[str, object]:
    return {"conformsTo": [*CONFORMANCE, *more]}


def build_collection(
    base: str, site: str, layer: Layer, summary: Summary, more: Sequence[Link] = ()
) -> dict[str, object]:
    """One layer as a collection; `site` is the absolute URL of the portal without a slash."""
    here = f"{base}/collections/{layer.slug}"
    collection: dict[str, object] = {
        "id": layer.slug,
        "title": layer.title,
        "description": layer.description,
        "keywords": layer.keywords,
        "itemType": "feature",
        "crs": [CRS84],
        "links": [
            link(here, "self", title=layer.title),
            link(f"{here}/items", "items", GEOJSON, _("Features as GeoJSON")),
            link(f"{site}/layers/{layer.slug}/", "alternate", "text/html", _("Page of the layer")),
            link(f"{site}/tiles/{layer.slug}.json", "describedby", title="TileJSON"),
            *(
                link(
                    f"{site}/data/{layer.slug}.{download.extension}",
                    "enclosure",
                    download.media_type,
                    download.name,
                )
                for download in DOWNLOAD_FORMATS
            ),
            link(
                f"https://spdx.org/licenses/{layer.licence}.html",
                "license",
                "text/html",
                layer.licence,
            ),
            *more,
        ],
    }
    if summary.extent:
        collection["extent"] = {"spatial": {"bbox": [list(summary.extent)], "crs": CRS84}}
    return collection


def build_collections(base: str, collections: list[dict[str, object]]) -> dict[str, object]:
    return {
        "links": [link(f"{base}/collections", "self", title=_("Layers"))],
        "collections": collections,
    }


def current_language() -> str:
    """The language answers are written in; part of their entity tags."""
    return get_language() or "uk"
