"""What stands at an address, over HTTP, before one of its datasets is imported."""

from typing import TypedDict

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from geoportal.accounts.policies import can_work_somewhere, require_user
from geoportal.core.errors import NotAllowed
from geoportal.core.http.openapi import describe_document
from importers.api.serializers import RemoteAddressSerializer
from importers.api.views import ImportingView
from importers.remote.discovery import DatasetJson, describe_dataset
from importers.stages.from_address import look_at


class DatasetsDocument(TypedDict):
    """`kind`: `ogc-features`, `wfs`, `arcgis`, `ckan` or `file`."""

    kind: str
    title: str
    datasets: list[DatasetJson]


class DatasetsView(ImportingView):
    """For who may import somewhere."""

    @extend_schema(
        operation_id="datasets_of_address",
        request=RemoteAddressSerializer,
        responses={200: describe_document(DatasetsDocument)},
    )
    def post(self, request: Request) -> Response:
        """The server at the address is asked now."""
        if not can_work_somewhere(require_user(request.user)):
            raise NotAllowed(_("Officers of organisations and administrators import files."))
        given = RemoteAddressSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        found = look_at(given.validated_data["address"])
        document: DatasetsDocument = {
            "kind": found.kind,
            "title": found.title,
            "datasets": [describe_dataset(one) for one in found.datasets],
        }
        return Response(document)
