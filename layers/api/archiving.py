"""Archive a layer and restore it, over HTTP; for administrators."""

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from geoportal.accounts.policies import require_user
from layers.access import access_layer_to_manage
from layers.api.changesets import ChangesetSerializer, describe_changeset
from layers.api.editing import EditingView
from layers.api.schema_serializers import StrictSerializer
from layers.services import archive_layer, restore_layer


class CommentSerializer(StrictSerializer):
    """Why; it stands in the journal of changes."""

    comment = serializers.CharField(required=False, allow_blank=True, max_length=1000)


def read_comment(request: Request) -> str:
    given = CommentSerializer(data=request.data)
    given.is_valid(raise_exception=True)
    return str(given.validated_data.get("comment", ""))


class ArchiveView(EditingView):
    """Take a layer from lists, map, tiles, search and downloads; its history stays."""

    @extend_schema(
        operation_id="archive_layer",
        request=CommentSerializer,
        responses={200: ChangesetSerializer},
    )
    def post(self, request: Request, slug: str) -> Response:
        layer = access_layer_to_manage(request.user, slug)
        changeset = archive_layer(
            layer=layer, actor=require_user(request.user), comment=read_comment(request)
        )
        return Response(describe_changeset(request.user, changeset))


class RestoreView(EditingView):
    """Give an archived layer back to everybody who saw it."""

    @extend_schema(
        operation_id="restore_layer",
        request=CommentSerializer,
        responses={200: ChangesetSerializer},
    )
    def post(self, request: Request, slug: str) -> Response:
        layer = access_layer_to_manage(request.user, slug)
        changeset = restore_layer(
            layer=layer, actor=require_user(request.user), comment=read_comment(request)
        )
        return Response(describe_changeset(request.user, changeset))
