"""A page of items: the FeatureCollection around texts that PostGIS wrote, and its links."""

import json
from collections.abc import Iterator

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from layers.ogc.documents import GEOJSON, Link, link

FEATURES_A_CHUNK = 500


def build_page_links(request: HttpRequest, slug: str, after: int | None) -> list[Link]:
    """`after` is the id of the page's last feature where there is a next page."""
    collection = request.build_absolute_uri(f"/ogc/collections/{slug}")
    links = [
        link(request.build_absolute_uri(), "self", GEOJSON, _("This page")),
        link(collection, "collection", title=slug),
    ]
    if after is not None:
        parameters = request.GET.copy()
        parameters["after"] = str(after)
        href = f"{collection}/items?{parameters.urlencode(safe=',')}"
        links.append(link(href, "next", GEOJSON, _("Next page")))
    return links


def render_page(texts: list[str], links: list[Link], matched: int | None) -> Iterator[bytes]:
    """A FeatureCollection in chunks; `numberMatched` is left out where it is not known."""
    members: dict[str, object] = {
        "type": "FeatureCollection",
        "timeStamp": timezone.now().isoformat(timespec="seconds").replace("+00:00", "Z"),
        "numberReturned": len(texts),
        "links": links,
    }
    if matched is not None:
        members["numberMatched"] = matched
    yield json.dumps(members, ensure_ascii=False)[:-1].encode() + b', "features": ['
    for start in range(0, len(texts), FEATURES_A_CHUNK):
        chunk = ",\n".join(texts[start : start + FEATURES_A_CHUNK])
        yield ((",\n" if start else "") + chunk).encode()
    yield b"]}\n"
