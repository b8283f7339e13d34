"""What changed in a layer, over HTTP: its changesets, and the difference of two as GeoJSON."""

from typing import Any

from django.http.request import QueryDict
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from geoportal.accounts.policies import Actor
from layers.access import access_layer, can_see_internal
from layers.models import Changeset, Layer
from layers.reading.history import (
    Difference,
    access_changeset,
    diff_changesets,
    list_changesets_for,
)
from layers.reading.parameters import parse_whole

PAGE_DEFAULT = 100
PAGE_MAX = 1000
LATEST = 2**63 - 2
GEOJSON = "application/geo+json"


class PassportChangeSerializer(serializers.Serializer[Any]):
    """One member of a layer's passport before and after: a text, a number, yes or no, a list."""

    name = serializers.CharField()
    before = serializers.JSONField(allow_null=True)
    after = serializers.JSONField(allow_null=True)


class ChangesetSerializer(serializers.Serializer[Any]):
    """One change of a layer. `source`, `comment`, `author` and `publisher`, who let what another
    has sent become public, and `passport`, what a change of that kind has changed, are for those
    who see internals."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=Changeset.Kind.choices)
    title = serializers.CharField(help_text="The kind in the language of the request.")
    at = serializers.DateTimeField()
    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    removed = serializers.IntegerField()
    rolls_back = serializers.IntegerField(allow_null=True)
    source = serializers.CharField(required=False)  # type: ignore[assignment]
    comment = serializers.CharField(required=False)
    author = serializers.CharField(required=False, allow_null=True)
    publisher = serializers.CharField(required=False, allow_null=True)
    passport = PassportChangeSerializer(many=True, required=False)


class ChangesetsSerializer(serializers.Serializer[Any]):
    """A page, the latest first; `next` is the URL of the page of earlier ones."""

    changesets = ChangesetSerializer(many=True)
    next = serializers.URLField(allow_null=True)


class SideSerializer(serializers.Serializer[Any]):
    """How a feature was. `internal` is empty for those who do not see it."""

    geometry = serializers.JSONField(allow_null=True)
    properties = serializers.DictField()
    internal = serializers.DictField()


class DifferenceSerializer(serializers.Serializer[Any]):
    """A GeoJSON Feature (RFC 7946) as it became; a removed one as it was."""

    type = serializers.ChoiceField(choices=["Feature"])
    id = serializers.CharField(help_text="The feature's key.")
    geometry = serializers.JSONField(allow_null=True)
    properties = serializers.DictField()
    action = serializers.ChoiceField(choices=["added", "changed", "removed"])
    before = SideSerializer(allow_null=True)
    after = SideSerializer(allow_null=True)


class DifferencesSerializer(serializers.Serializer[Any]):
    """A page of a FeatureCollection in the order of keys; `next` is the URL of the next one."""

    type = serializers.ChoiceField(choices=["FeatureCollection"])
    features = DifferenceSerializer(many=True)
    next = serializers.URLField(allow_null=True)


def describe_changeset(actor: Actor, changeset: Changeset) -> dict[str, object]:
    document: dict[str, object] = {
        "id": changeset.pk,
        "kind": changeset.kind,
        "title": changeset.get_kind_display(),
        "at": changeset.created_at.isoformat(),
        "added": changeset.added,
        "changed": changeset.changed,
        "removed": changeset.removed,
        "rolls_back": changeset.rolls_back_id,
    }
    if can_see_internal(actor, changeset.layer):
        document["source"] = changeset.source
        document["comment"] = changeset.comment
        document["author"] = str(changeset.author) if changeset.author else None
        if changeset.kind == Changeset.Kind.PASSPORT:
            document["passport"] = changeset.details.get("passport", [])
        document["publisher"] = str(changeset.publisher) if changeset.publisher else None
    return document


def describe_difference(difference: Difference) -> dict[str, object]:
    shown = difference.after or difference.before or {}
    return {
        "type": "Feature",
        "id": difference.key,
        "geometry": shown.get("geometry"),
        "properties": shown.get("properties", {}),
        "action": difference.action,
        "before": difference.before,
        "after": difference.after,
    }


def build_next(request: Request, **changed: object) -> str:
    """This URL with some parameters changed."""
    parameters = QueryDict(request.META.get("QUERY_STRING", ""), mutable=True)
    for name, value in changed.items():
        parameters[name] = str(value)
    return request.build_absolute_uri(f"{request.path}?{parameters.urlencode()}")


def parse_page(request: Request) -> int:
    limit = parse_whole(request.GET.get("limit"), "limit", PAGE_DEFAULT, lowest=1)
    return min(limit, PAGE_MAX)


PAGE_PARAMETER = OpenApiParameter("limit", int, description="at most 1000; 100 when not given")


class ChangesetsView(APIView):
    """Changesets of a layer, the latest first."""

    @extend_schema(
        operation_id="changesets_of_layer",
        parameters=[PAGE_PARAMETER, OpenApiParameter("before", int, description="ids below this")],
        responses={200: ChangesetsSerializer},
    )
    def get(self, request: Request, slug: str) -> Response:
        layer = access_layer(request.user, slug)
        limit = parse_page(request)
        before = parse_whole(request.GET.get("before"), "before", LATEST, lowest=1)
        found = list(list_changesets_for(request.user, layer).filter(pk__lt=before)[: limit + 1])
        shown = found[:limit]
        for changeset in shown:
            changeset.layer = layer
        more = len(found) > limit
        return Response(
            {
                "changesets": [describe_changeset(request.user, each) for each in shown],
                "next": build_next(request, before=shown[-1].pk) if more else None,
            }
        )


class ChangesetView(APIView):
    """One changeset; what it did to features is the difference from the one before it."""

    @extend_schema(operation_id="changeset_of_layer", responses={200: ChangesetSerializer})
    def get(self, request: Request, slug: str, number: int) -> Response:
        layer = access_layer(request.user, slug)
        changeset = access_changeset(request.user, layer, number)
        return Response(describe_changeset(request.user, changeset))


class DiffView(APIView):
    """How the layer after one changeset differs from it after another, as GeoJSON."""

    @extend_schema(
        operation_id="difference_of_changesets",
        parameters=[
            OpenApiParameter("from", int, description="changeset; 0: before the first"),
            OpenApiParameter("to", int, description="changeset; the latest when not given"),
            PAGE_PARAMETER,
            OpenApiParameter("after", str, description="take it from `next`"),
        ],
        responses={(200, GEOJSON): DifferencesSerializer},
    )
    def get(self, request: Request, slug: str) -> Response:
        layer = access_layer(request.user, slug)
        first = parse_whole(request.GET.get("from"), "from", 0)
        second = self.parse_end(request, layer)
        page = diff_changesets(
            request.user,
            layer,
            first,
            second,
            after=request.GET.get("after", ""),
            limit=parse_page(request),
        )
        document = {
            "type": "FeatureCollection",
            "features": [describe_difference(each) for each in page.differences],
            "next": None
            if page.after is None
            # The end is named, so that pages are of one difference whatever is changed meanwhile.
            else build_next(request, to=second, after=page.after),
        }
        return Response(document, content_type=GEOJSON)

    def parse_end(self, request: Request, layer: Layer) -> int:
        latest = list_changesets_for(request.user, layer).values_list("pk", flat=True).first()
        return parse_whole(request.GET.get("to"), "to", latest or 0)
