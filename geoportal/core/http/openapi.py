"""What the OpenAPI description of the REST API is made of: documents by their types, errors, tags.

A document is a `TypedDict`; mypy holds the code to it, and `describe_document` makes of it the
serializer that the description shows.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers

from geoportal.core.http.problem_details import CONTENT_TYPE

Fields = serializers.Field[Any, Any, Any, Any]
PLAIN: Mapping[type, Callable[..., Fields]] = {
    str: serializers.CharField,
    int: serializers.IntegerField,
    float: serializers.FloatField,
    bool: serializers.BooleanField,
}
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="the ETag that was read, or *; without it 428, with an older one 412",
)
ETAG = OpenApiParameter(
    "ETag", str, OpenApiParameter.HEADER, response=[200, 201], description="names this version"
)
PROBLEM = {
    "type": "object",
    "description": "What went wrong (RFC 9457). Tell errors apart by `type`.",
    "properties": {
        "type": {"type": "string", "description": "urn:geoportal: and the slug of the error"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "a sentence in the language of the request"},
        "parameter": {"type": "string", "description": "which parameter is meant"},
        "errors": {"type": "object", "additionalProperties": True, "description": "by field"},
    },
    "required": ["type", "title", "status", "detail"],
    "additionalProperties": True,
}
METHODS = ("get", "post", "put", "patch", "delete")


class PasswordScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """HTTP Basic, whose class stands above this package and is named by its path."""

    target_class = "geoportal.accounts.api_authentication.PasswordAuthentication"
    name = "password"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "basic",
            "description": "E-mail and password; not for accounts with a second factor.",
        }


@cache
def describe_document(document: type) -> type[serializers.Serializer[Any]]:
    """A serializer with the members of a `TypedDict`, named without its ending `Document`."""
    required: frozenset[str] = getattr(document, "__required_keys__", frozenset())
    members: dict[str, object] = {
        name: _build_field(hint, required=name in required)
        for name, hint in get_type_hints(document).items()
    }
    name = re.sub(r"Document$", "", document.__name__)
    return type(f"{name}Serializer", (serializers.Serializer,), members | {
        "__doc__": document.__doc__, "__module__": document.__module__
    })  # fmt: skip


def _build_field(hint: Any, **given: object) -> Fields:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, UnionType):
        (inner,) = [each for each in arguments if each is not NoneType]
        return _build_field(inner, **given | {"allow_null": True})
    if is_typeddict(hint):
        return describe_document(hint)(**given)  # type: ignore[arg-type]
    if origin is Literal:
        return serializers.ChoiceField(choices=list(arguments), **given)  # type: ignore[arg-type]
    if origin is list and is_typeddict(arguments[0]):
        return describe_document(arguments[0])(many=True, **given)  # type: ignore[arg-type]
    if origin is list:
        return serializers.ListField(child=_build_field(arguments[0]), **given)  # type: ignore[arg-type]
    if origin is dict:
        return serializers.DictField(**given)  # type: ignore[arg-type]
    if hint in PLAIN:
        return PLAIN[hint](**given)
    return serializers.JSONField(**given)  # type: ignore[arg-type]


def describe_errors(result: dict[str, Any], **kwargs: object) -> dict[str, Any]:
    """Hook: each operation may answer with problem details, with If-Match by two of their own."""
    result["components"].setdefault("schemas", {})["Problem"] = PROBLEM
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for path in result["paths"].values():
        for method in METHODS:
            if method not in path:
                continue
            answers = path[method]["responses"]
            answers["default"] = {"description": "Problem details", "content": content}
            named = {each["name"] for each in path[method].get("parameters", [])}
            if "If-Match" in named:
                answers["412"] = {"description": "Another version stands", "content": content}
                answers["428"] = {"description": "If-Match is missing", "content": content}
    return result
