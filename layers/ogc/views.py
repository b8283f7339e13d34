"""The OGC service over HTTP: parse, ask, stream."""

import json
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from geoportal.core.http.answers import (
    build_bytes_response,
    build_etag,
    build_stream_response,
    find_not_modified,
)
from layers.access import access_layer, is_open, list_layers_for, list_visibilities
from layers.models import Layer
from layers.ogc import documents
from layers.ogc.extensions import list_extensions
from layers.ogc.openapi import build_openapi
from layers.ogc.pages import build_page_links, render_page
from layers.reading.items import ItemsQuery, access_item, find_count, get_page
from layers.reading.parameters import (
    check_time,
    parse_bbox,
    parse_crs,
    parse_equals,
    parse_limit,
    parse_whole,
)
from layers.reading.summary import get_summary

RESERVED = {"bbox", "limit", "after", "datetime", "crs", "bbox-crs"}


def parse_query(request: HttpRequest, layer: Layer) -> ItemsQuery:
    """The page that was asked for; raises `InvalidInput` naming the parameter."""
    parameters = request.GET
    for name in ("crs", "bbox-crs"):
        parse_crs(parameters.get(name), name, documents.CRS84)
    check_time(parameters.get("datetime"))
    return ItemsQuery(
        layer=layer,
        visibilities=list_visibilities(request.user, layer),
        limit=parse_limit(parameters.get("limit")),
        after=parse_whole(parameters.get("after"), "after", 0),
        bbox=parse_bbox(parameters.get("bbox")),
        equals=parse_equals(parameters.dict(), list(layer.fields.all()), RESERVED),
    )


def build_base(request: HttpRequest) -> tuple[str, str]:
    """Absolute URLs of the service and of the portal, without a slash at the end."""
    site = request.build_absolute_uri("/").rstrip("/")
    return f"{site}/ogc", site


def answer(document: dict[str, object], media_type: str = "application/json") -> JsonResponse:
    return JsonResponse(
        document, content_type=media_type, json_dumps_params={"ensure_ascii": False}
    )


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    base, _site = build_base(request)
    more = [each for extension in list_extensions() for each in extension.link_landing(base)]
    return answer(documents.build_landing(base, more))


@require_safe
def conformance(request: HttpRequest) -> HttpResponse:
    more = [each for extension in list_extensions() for each in extension.conformance]
    return answer(documents.build_conformance(more))


@require_safe
def api(request: HttpRequest) -> HttpResponse:
    slugs = list(list_layers_for(request.user).values_list("slug", flat=True))
    more: dict[str, object] = {}
    for extension in list_extensions():
        more |= extension.describe_paths(slugs)
    document = build_openapi(build_base(request)[0], slugs, more)
    return answer(document, "application/vnd.oai.openapi+json;version=3.0")


@require_safe
def collections(request: HttpRequest) -> HttpResponse:
    described = [describe_layer(request, layer) for layer in list_layers_for(request.user)]
    return answer(documents.build_collections(build_base(request)[0], described))


@require_safe
def collection(request: HttpRequest, slug: str) -> HttpResponse:
    return answer(describe_layer(request, access_layer(request.user, slug)))


def describe_layer(request: HttpRequest, layer: Layer) -> dict[str, object]:
    """The layer as a collection, with links to all that is served of it."""
    base, site = build_base(request)
    summary = get_summary(layer, list_visibilities(request.user, layer))
    links = [link for each in list_extensions() for link in each.link_collection(base, layer)]
    return documents.build_collection(base, site, layer, summary, links)


@require_safe
def items(request: HttpRequest, slug: str) -> HttpResponseBase:
    """One page of features; `next` continues after the last id, however deep (keyset)."""
    layer = access_layer(request.user, slug)
    query = parse_query(request, layer)
    shared = is_open(layer, query.visibilities)
    etag = build_etag(
        layer.pk,
        layer.state.revision,
        query,
        request.build_absolute_uri(),
        documents.current_language(),
    )
    if (not_modified := find_not_modified(request, etag, shared=shared)) is not None:
        return not_modified
    page = get_page(query)
    links = build_page_links(request, slug, page.after)
    chunks = render_page(page.texts, links, find_count(query))
    return build_stream_response(request, chunks, documents.GEOJSON, etag, shared=shared)


@require_safe
def item(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    layer = access_layer(request.user, slug)
    visibilities = list_visibilities(request.user, layer)
    shared = is_open(layer, visibilities)
    text = access_item(layer, key, visibilities)
    here = f"{build_base(request)[0]}/collections/{slug}"
    links = [
        documents.link(f"{here}/items/{quote(key, safe='')}", "self", documents.GEOJSON),
        documents.link(here, "collection", title=layer.title),
    ]
    body = f'{text[:-1]},"links":{json.dumps(links, ensure_ascii=False)}}}'
    etag = build_etag(body)
    if (not_modified := find_not_modified(request, etag, shared=shared)) is not None:
        return not_modified
    return build_bytes_response(request, body.encode(), documents.GEOJSON, etag, shared=shared)
