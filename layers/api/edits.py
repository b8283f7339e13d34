"""Many features at once over HTTP: read with their versions, saved as one changeset."""

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from geoportal.accounts.policies import require_user
from geoportal.core.errors import VersionMismatch
from layers.access import can_see_internal
from layers.api.changesets import build_next, describe_changeset
from layers.api.editing import EditingView
from layers.api.edits_serializers import (
    EditsSerializer,
    FeaturesToEditSerializer,
    SavedEditsSerializer,
)
from layers.api.serializers import FeatureSerializer
from layers.models import Feature, Layer, LayerState
from layers.reading.edit_items import EditQuery, get_items_to_edit
from layers.reading.parameters import Box, parse_bbox, parse_whole
from layers.schema.values import dump_json
from layers.services import apply_edits

PAGE_DEFAULT = 1000
PAGE_MAX = 2000


class EditsView(EditingView):
    """Features as their editors read them; many changes saved as one changeset, or none."""

    @extend_schema(
        operation_id="features_to_edit",
        parameters=[
            OpenApiParameter("bbox", str, description="west,south,east,north in degrees"),
            OpenApiParameter("limit", int, description="at most 2000; 1000 when not given"),
            OpenApiParameter("after", int, description="take it from `next`"),
        ],
        responses={(200, "application/geo+json"): FeaturesToEditSerializer},
    )
    def get(self, request: Request, slug: str) -> HttpResponse:
        """With `version`, `internal`, `visibility` and exact coordinates; for editors only."""
        layer = self.access_editable_layer(request, slug)
        limit = parse_whole(request.GET.get("limit"), "limit", PAGE_DEFAULT, lowest=1)
        # Read first: a change that comes in between is refused later, not overlooked.
        revision = LayerState.objects.values_list("revision", flat=True).get(layer=layer)
        page = get_items_to_edit(
            EditQuery(
                layer=layer,
                limit=min(limit, PAGE_MAX),
                after=parse_whole(request.GET.get("after"), "after", 0),
                box=self.parse_box(request),
            ),
        )
        following = build_next(request, after=page.after) if page.after is not None else None
        head = dump_json({"type": "FeatureCollection", "revision": revision, "next": following})
        body = f'{head[:-1]},"features":[{",".join(page.texts)}]}}'
        headers = {"Cache-Control": "private, no-store"}
        return HttpResponse(body, content_type="application/geo+json", headers=headers)

    def parse_box(self, request: Request) -> Box | None:
        parsed = parse_bbox(request.GET.get("bbox"))
        return parsed.boxes[0] if parsed else None

    @extend_schema(
        operation_id="save_edits",
        request=EditsSerializer,
        responses={200: SavedEditsSerializer},
    )
    def post(self, request: Request, slug: str) -> Response:
        """All as one changeset, or nothing; 412 with `conflicts` tells what others changed."""
        layer = self.access_editable_layer(request, slug)
        asked = EditsSerializer(data=request.data)
        asked.is_valid(raise_exception=True)
        given = asked.validated_data
        try:
            applied = apply_edits(
                layer=layer,
                edits=asked.build_edits(),
                expected_revision=given["revision"],
                keeps_coverage=given["keeps_coverage"],
                actor=require_user(request.user),
                comment=given["comment"],
            )
        except VersionMismatch as error:
            error.extra["conflicts"] = self.describe_conflicts(request, layer, error)
            raise
        applied.changeset.layer = layer
        revision = LayerState.objects.values_list("revision", flat=True).get(layer=layer)
        document = {
            "changeset": describe_changeset(request.user, applied.changeset),
            "revision": revision,
            "features": self.describe(request, layer, applied.features),
        }
        return Response(document)

    def describe_conflicts(
        self, request: Request, layer: Layer, error: VersionMismatch
    ) -> list[dict[str, object]]:
        """With each feature as it stands now; `null` where it was removed."""
        conflicts = error.extra.get("conflicts")
        named = [each["id"] for each in conflicts] if isinstance(conflicts, list) else []
        standing = Feature.objects.filter(layer=layer, key__in=named)
        found = {
            str(document["id"]): document
            for document in self.describe(request, layer, list(standing))
        }
        return [{"id": key, "feature": found.get(key)} for key in named]

    def describe(
        self, request: Request, layer: Layer, features: list[Feature]
    ) -> list[dict[str, object]]:
        context = {"sees_internal": can_see_internal(request.user, layer)}
        return [FeatureSerializer(feature, context=context).data for feature in features]
