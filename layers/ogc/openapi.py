"""The OpenAPI 3.0 definition of the OGC service (conformance class `oas30`)."""

from collections.abc import Mapping

from django.conf import settings

from geoportal.interface.community import get_portal_name

JSON_ANSWER = {"description": "OK", "content": {"application/json": {"schema": {"type": "object"}}}}
GEOJSON_ANSWER = {
    "description": "OK",
    "content": {"application/geo+json": {"schema": {"type": "object"}}},
}
PROBLEM = {
    "description": "RFC 9457",
    "content": {"application/problem+json": {"schema": {"type": "object"}}},
}


def build_openapi(
    base: str, slugs: list[str], more: Mapping[str, object] | None = None
) -> dict[str, object]:
    """`base` is the absolute URL of the service; `slugs` are the collections there are.

    `more` paths are those of other parts of OGC API.
    """
    return {
        "openapi": "3.0.3",
        "info": {
            "title": f"{get_portal_name()}: OGC API – Features",
            "version": "1.0.0",
            "license": {"name": "Apache-2.0"},
        },
        "servers": [{"url": base}],
        "paths": {
            "/": describe_read("getLandingPage"),
            "/conformance": describe_read("getConformanceDeclaration"),
            "/collections": describe_read("getCollections"),
            "/collections/{collectionId}": describe_read(
                "describeCollection", describe_collection(slugs)
            ),
            "/collections/{collectionId}/items": describe_read(
                "getFeatures", describe_collection(slugs), *_items_parameters(), geojson=True
            ),
            "/collections/{collectionId}/items/{featureId}": describe_read(
                "getFeature",
                describe_collection(slugs),
                describe_in_path("featureId", {"type": "string"}),
                geojson=True,
            ),
            **(more or {}),
        },
    }


def describe_read(
    operation: str, *parameters: dict[str, object], geojson: bool = False
) -> dict[str, object]:
    answers = {"200": GEOJSON_ANSWER if geojson else JSON_ANSWER, "400": PROBLEM, "404": PROBLEM}
    return {"get": {"operationId": operation, "parameters": list(parameters), "responses": answers}}


def describe_in_path(name: str, schema: dict[str, object]) -> dict[str, object]:
    return {"name": name, "in": "path", "required": True, "schema": schema}


def describe_collection(slugs: list[str]) -> dict[str, object]:
    return describe_in_path("collectionId", {"type": "string", "enum": slugs})


def _items_parameters() -> tuple[dict[str, object], ...]:
    limit = {
        "type": "integer",
        "minimum": 1,
        "maximum": settings.ITEMS_LIMIT_MAX,
        "default": settings.ITEMS_LIMIT_DEFAULT,
    }
    box = {
        "type": "array",
        "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
        "items": {"type": "number"},
    }
    common = {"in": "query", "required": False, "style": "form", "explode": False}
    return (
        {"name": "limit", "schema": limit} | common,
        {"name": "bbox", "schema": box} | common,
        {"name": "datetime", "schema": {"type": "string"}} | common,
        {"name": "after", "schema": {"type": "integer", "minimum": 0}} | common,
        {
            "name": "properties",
            "in": "query",
            "required": False,
            "style": "form",
            "explode": True,
            "schema": {"type": "object", "additionalProperties": {"type": "string"}},
        },
    )
