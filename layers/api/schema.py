"""The schema of a layer over HTTP: read by all who see the layer, changed by its editors."""

from dataclasses import asdict

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from geoportal.accounts.policies import require_user
from geoportal.core.http.openapi import ETAG
from layers.access import access_layer, can_see_internal, require_can_change_schema
from layers.api.editing import EditingView
from layers.api.schema_serializers import (
    SchemaChangedSerializer,
    SchemaChangeSerializer,
    SchemaSerializer,
)
from layers.api.versions import require_expected_tag
from layers.models import Layer, LayerField
from layers.reading.parameters import parse_flag
from layers.schema.change import SchemaPreview, apply_change, build_version
from layers.schema.specs import FieldSpec, read_fields
from layers.services import change_schema, preview_schema

PREVIEW_IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="the ETag that was read, or *; required but for a preview",
)


class SchemaView(EditingView):
    """Fields of a layer: add, retitle, re-order, show to staff only, retire."""

    @extend_schema(
        operation_id="schema_of_layer", parameters=[ETAG], responses={200: SchemaSerializer}
    )
    def get(self, request: Request, slug: str) -> Response:
        layer = access_layer(request.user, slug)
        return self.answer_schema(request, layer, read_fields(layer))

    @extend_schema(
        operation_id="change_schema_of_layer",
        parameters=[
            OpenApiParameter("preview", bool, description="tell what the change would do, do not"),
            PREVIEW_IF_MATCH,
            ETAG,
        ],
        request=SchemaChangeSerializer,
        responses={200: SchemaChangedSerializer},
    )
    def patch(self, request: Request, slug: str) -> Response:
        """Change the fields that are named; `preview=true` only tells what that would do."""
        layer = self.access_editable_layer(request, slug)
        asked = SchemaChangeSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        is_preview = parse_flag(request.GET.get("preview"), "preview")
        expected = None if is_preview else require_expected_tag(request)
        fields = apply_change(read_fields(layer), asked.build_change())
        preview = preview_schema(layer=layer, fields=fields)
        if is_preview:
            return self.answer_schema(request, layer, fields, preview)
        require_can_change_schema(request.user, layer, preview)
        changeset = change_schema(
            layer=layer,
            fields=fields,
            actor=require_user(request.user),
            expected_version=expected or preview.version,
        )
        number = changeset.pk if changeset else None
        return self.answer_schema(request, layer, read_fields(layer), preview, number)

    def answer_schema(
        self,
        request: Request,
        layer: Layer,
        fields: tuple[FieldSpec, ...],
        preview: SchemaPreview | None = None,
        changeset: int | None = None,
    ) -> Response:
        """With the fields that the caller may see; a preview's version is that which stands."""
        public = LayerField.Audience.PUBLIC
        sees_all = can_see_internal(request.user, layer)
        version = build_version(read_fields(layer))
        document: dict[str, object] = {
            "version": version,
            "fields": [asdict(spec) for spec in fields if sees_all or spec.audience == public],
        }
        if preview is not None:
            document["changeset"] = changeset
            document["reordered"] = preview.reordered
            document["effects"] = [asdict(effect) for effect in preview.effects]
        headers = {"ETag": f'"{version}"', "Cache-Control": "private, no-cache"}
        return Response(document, headers=headers)
