"""Archive a layer and restore it, over HTTP; for administrators."""

from collections.abc import Callable

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from geoportal.accounts.policies import require_user
from layers.access import access_layer_to_manage
from layers.api.changesets import ChangesetSerializer, describe_changeset
from layers.api.editing import EditingView
from layers.api.schema_serializers import StrictSerializer
from layers.models import Changeset
from layers.services import archive_layer, restore_layer


class CommentSerializer(StrictSerializer):
    """Why; it stands in the journal of changes."""

    comment = serializers.CharField(required=False, allow_blank=True, max_length=1000)


class LifecycleView(EditingView):
    """One step in the life of a layer; `write` makes it and gives its changeset."""

    write: Callable[..., Changeset]

    def answer(self, request: Request, slug: str) -> Response:
        layer = access_layer_to_manage(request.user, slug)
        given = CommentSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        changeset = self.write(
            layer=layer,
            actor=require_user(request.user),
            comment=given.validated_data.get("comment", ""),
        )
        return Response(describe_changeset(request.user, changeset))


class ArchiveView(LifecycleView):
    """Take a layer from lists, map, tiles, search and downloads; its history stays."""

    write = staticmethod(archive_layer)

    @extend_schema(
        operation_id="archive_layer",
        request=CommentSerializer,
        responses={200: ChangesetSerializer},
    )
    def post(self, request: Request, slug: str) -> Response:
        return self.answer(request, slug)


class RestoreView(LifecycleView):
    """Give an archived layer back to everybody who saw it."""

    write = staticmethod(restore_layer)

    @extend_schema(
        operation_id="restore_layer",
        request=CommentSerializer,
        responses={200: ChangesetSerializer},
    )
    def post(self, request: Request, slug: str) -> Response:
        return self.answer(request, slug)
