"""Several datasets of one file over HTTP: what there is, and which go into which layers."""

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from geoportal.accounts.policies import require_user
from geoportal.core.http.openapi import describe_document
from importers.api.documents import (
    ImportsDocument,
    PartsDocument,
    describe_part,
    describe_summary,
)
from importers.api.serializers import ChosenPartsSerializer
from importers.api.views import ImportingView
from importers.stages.dividing import PartAim, divide_import
from importers.stages.parts import list_parts
from importers.stages.selectors import access_import

PARTS = describe_document(PartsDocument)
IMPORTS = describe_document(ImportsDocument)


class PartsView(ImportingView):
    """The datasets of a file that holds several."""

    @extend_schema(operation_id="import_parts", responses={200: PARTS})
    def get(self, request: Request, number: int) -> Response:
        import_ = access_import(request.user, number)
        document: PartsDocument = {"parts": [describe_part(one) for one in list_parts(import_)]}
        return Response(document)

    @extend_schema(
        operation_id="choose_import_parts", request=ChosenPartsSerializer, responses={200: IMPORTS}
    )
    def post(self, request: Request, number: int) -> Response:
        """The import goes on with the first part; each of the others is an import beside it."""
        import_ = access_import(request.user, number)
        given = ChosenPartsSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        aims = [
            PartAim(
                dataset=one["dataset"],
                slug=one["layer"],
                creates=one["create"],
                title=one.get("title", ""),
            )
            for one in given.validated_data["parts"]
        ]
        imports = divide_import(actor=require_user(request.user), import_=import_, aims=aims)
        document: ImportsDocument = {
            "imports": [describe_summary(request, one) for one in imports],
            "next": None,
        }
        return Response(document)
