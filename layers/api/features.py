"""One feature over HTTP: read by all who see the layer, written by its editors as changesets."""

from django.http import HttpResponseRedirect
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response

from geoportal.accounts.policies import require_user
from geoportal.core.http.openapi import ETAG, IF_MATCH, describe_document
from layers import services
from layers.access import access_feature, access_layer, can_see_internal
from layers.api.describe import FeatureDocument, FeatureInputDocument
from layers.api.editing import EditingView
from layers.api.serializers import FeatureInput, FeatureSerializer
from layers.api.versions import build_version_tag, require_expected_version
from layers.models import Feature

FEATURE = describe_document(FeatureDocument)
FEATURE_INPUT = describe_document(FeatureInputDocument)


class FeatureEditingView(EditingView):
    """What views of features share."""

    def read_feature(self, request: Request) -> FeatureInput:
        serializer = FeatureSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        given: FeatureInput = serializer.validated_data
        return given

    def answer(self, request: Request, feature: Feature, code: int = 200) -> Response:
        sees_internal = can_see_internal(request.user, feature.layer)
        document = FeatureSerializer(feature, context={"sees_internal": sees_internal}).data
        headers = {"ETag": build_version_tag(feature), "Cache-Control": "private, no-cache"}
        return Response(document, status=code, headers=headers)


class FeaturesView(FeatureEditingView):
    """Add a feature. Lists are read from `/ogc/collections/<slug>/items`."""

    @extend_schema(operation_id="features", responses={302: None})
    def get(self, request: Request, slug: str) -> HttpResponseRedirect:
        layer = access_layer(request.user, slug)
        query = request.META.get("QUERY_STRING", "")
        return HttpResponseRedirect(
            f"/ogc/collections/{layer.slug}/items" + (f"?{query}" if query else "")
        )

    @extend_schema(
        operation_id="add_feature",
        parameters=[ETAG],
        request=FEATURE_INPUT,
        responses={201: FEATURE},
    )
    def post(self, request: Request, slug: str) -> Response:
        layer = self.access_editable_layer(request, slug)
        given = self.read_feature(request)
        feature = services.add_feature(
            layer=layer,
            geom=given.get("geom"),
            values=given["values"],
            key=given.get("key", ""),
            visibility=given.get("visibility", Feature.Visibility.PUBLIC),
            actor=require_user(request.user),
        )
        return self.answer(request, feature, status.HTTP_201_CREATED)


class FeatureView(FeatureEditingView):
    """Read, replace, change or delete one feature; changes need `If-Match`."""

    @extend_schema(operation_id="feature", parameters=[ETAG], responses={200: FEATURE})
    def get(self, request: Request, slug: str, key: str) -> Response:
        layer = access_layer(request.user, slug)
        return self.answer(request, access_feature(request.user, layer, key))

    @extend_schema(
        operation_id="replace_feature",
        parameters=[IF_MATCH, ETAG],
        request=FEATURE_INPUT,
        responses={200: FEATURE},
    )
    def put(self, request: Request, slug: str, key: str) -> Response:
        """Replace: attributes that are not named become empty."""
        return self._edit(request, slug, key, replace=True)

    @extend_schema(
        operation_id="change_feature",
        parameters=[IF_MATCH, ETAG],
        request=FEATURE_INPUT,
        responses={200: FEATURE},
    )
    def patch(self, request: Request, slug: str, key: str) -> Response:
        """Change: what is not named stays."""
        return self._edit(request, slug, key, replace=False)

    @extend_schema(operation_id="delete_feature", parameters=[IF_MATCH], responses={204: None})
    def delete(self, request: Request, slug: str, key: str) -> Response:
        layer = self.access_editable_layer(request, slug)
        expected = require_expected_version(request)
        services.delete_feature(
            layer=layer,
            key=key,
            expected_changeset_id=expected,
            actor=require_user(request.user),
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _edit(self, request: Request, slug: str, key: str, *, replace: bool) -> Response:
        layer = self.access_editable_layer(request, slug)
        expected = require_expected_version(request)
        given = self.read_feature(request)
        values = given["values"]
        if replace:
            blank = {field.name: None for field in layer.fields.all()}
            blank.pop(layer.key_field, None)
            values = blank | values
        feature = services.edit_feature(
            layer=layer,
            key=key,
            values=values,
            geom=given.get("geom"),
            keep_geom=not replace and "geom" not in given,
            visibility=given.get("visibility"),
            expected_changeset_id=expected,
            actor=require_user(request.user),
        )
        return self.answer(request, feature)
