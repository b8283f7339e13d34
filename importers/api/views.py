"""Imports over HTTP: received, answered about, published, cancelled; the layers' editors do it."""

from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from geoportal.accounts.policies import require_user
from geoportal.accounts.selectors import get_organisation
from geoportal.core.errors import VersionRequired
from geoportal.core.http.openapi import describe_document
from geoportal.uploads.purposes import get_purpose
from geoportal.uploads.services import keep_file
from importers.api.documents import (
    ImportDocument,
    ImportsDocument,
    describe_import,
    describe_summary,
)
from importers.api.serializers import (
    AnswersSerializer,
    NewImportSerializer,
    PublishSerializer,
)
from importers.models import Import
from importers.stages import services
from importers.stages.answers import CONSENTS
from importers.stages.from_address import receive_from_address
from importers.stages.publishing import name_preview
from importers.stages.selectors import access_import, list_imports_for
from importers.states import State
from layers.api.changesets import build_next, parse_page
from layers.api.versions import require_expected_tag
from layers.reading.parameters import parse_whole

PREVIEW_ETAG = OpenApiParameter(
    "ETag",
    str,
    OpenApiParameter.HEADER,
    response=[200],
    description="names the preview, while one waits to be published",
)
PREVIEW_IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    required=True,
    description="the ETag of the import that was looked at; without it 428, with another 412",
)
IMPORT = describe_document(ImportDocument)
IMPORTS = describe_document(ImportsDocument)
NEWEST = 2**63 - 2


class ImportingView(APIView):
    """For signed-in people; an import of others is not found."""

    permission_classes = [IsAuthenticated]

    def answer(self, request: Request, import_: Import, code: int = 200) -> Response:
        return name_answer(Response(describe_import(request, import_), status=code), import_)


def name_answer(response: Response, import_: Import) -> Response:
    """With the tag of the preview that the answer belongs to; without one where none stands."""
    if import_.state == State.READY:
        response.headers["ETag"] = f'"{name_preview(import_)}"'
    response.headers["Cache-Control"] = "no-store"
    return response


class ImportsView(ImportingView):
    """Imports that the caller may see: one's own and those into layers that one edits."""

    parser_classes = [MultiPartParser, FormParser, JSONParser]

    @extend_schema(
        operation_id="imports",
        parameters=[
            OpenApiParameter("layer", str, description="slug"),
            OpenApiParameter("state", str, enum=State.values),
            OpenApiParameter("group", int, description="those that came together"),
            OpenApiParameter("before", int, description="ids below this"),
            OpenApiParameter("limit", int, description="at most 1000; 100 when not given"),
        ],
        responses={200: IMPORTS},
    )
    def get(self, request: Request) -> Response:
        limit = parse_page(request)
        before = parse_whole(request.GET.get("before"), "before", NEWEST, lowest=1)
        found = list_imports_for(request.user).filter(pk__lt=before)
        if layer := request.GET.get("layer"):
            found = found.filter(slug=layer)
        if state := request.GET.get("state"):
            found = found.filter(state=state)
        if "group" in request.GET:
            found = found.filter(group=parse_whole(request.GET["group"], "group", NEWEST, lowest=1))
        page = list(found[: limit + 1])
        shown = page[:limit]
        more = len(page) > limit
        document: ImportsDocument = {
            "imports": [describe_summary(request, one) for one in shown],
            "next": build_next(request, before=shown[-1].pk) if more else None,
        }
        return Response(document)

    @extend_schema(
        operation_id="begin_import",
        request={
            "multipart/form-data": NewImportSerializer,
            "application/json": NewImportSerializer,
        },
        responses={201: IMPORT},
    )
    def post(self, request: Request) -> Response:
        """Send a file, name uploaded ones or an address; a job reads it, and questions follow."""
        given = NewImportSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        actor = require_user(request.user)
        slug = values.get("organisation", "")
        aim: dict[str, Any] = {
            "actor": actor,
            "slug": values["layer"],
            "creates": values["create"],
            "organisation": get_organisation(slug) if slug else None,
            "answers": values.get("answers"),
            "comment": values.get("comment", ""),
            "goes_to": values["goes_to"],
        }
        if address := values.get("address"):
            import_ = receive_from_address(
                address=address, dataset=values.get("dataset", ""), **aim
            )
        else:
            uploads = [*values.get("upload", ()), *keep_files(request, values.get("file", ()))]
            import_ = services.receive_import(uploads=uploads, **aim)
        return self.answer(request, import_, status.HTTP_201_CREATED)


def keep_files(request: Request, files: "list[UploadedFile[Any]]") -> list[UUID]:
    actor, purpose = require_user(request.user), get_purpose(services.PURPOSE)
    return [keep_file(actor=actor, purpose=purpose, file=file).pk for file in files]


class ImportView(ImportingView):
    """One import: its state, stages, questions, remarks by kind, brakes."""

    @extend_schema(operation_id="import", parameters=[PREVIEW_ETAG], responses={200: IMPORT})
    def get(self, request: Request, number: int) -> Response:
        return self.answer(request, access_import(request.user, number))

    @extend_schema(operation_id="answer_import", request=AnswersSerializer, responses={200: IMPORT})
    def patch(self, request: Request, number: int) -> Response:
        """Answer questions; what depends on the answers is done again."""
        import_ = access_import(request.user, number)
        given = AnswersSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        answered = services.answer_import(
            import_=import_,
            answers=given.validated_data.get("answers", {}),
            comment=given.validated_data.get("comment"),
        )
        return self.answer(request, answered)


class CheckView(ImportingView):
    """From answers to the check of all rows and the preview."""

    @extend_schema(operation_id="check_import", request=None, responses={200: IMPORT})
    def post(self, request: Request, number: int) -> Response:
        import_ = access_import(request.user, number)
        return self.answer(request, services.check_import(import_=import_))


class PublishView(ImportingView):
    """The difference that the preview shows becomes a changeset of the layer."""

    @extend_schema(
        operation_id="publish_import",
        request=PublishSerializer,
        parameters=[PREVIEW_IF_MATCH],
        responses={200: IMPORT},
    )
    def post(self, request: Request, number: int) -> Response:
        """`If-Match` names the preview that was looked at; another one is not published."""
        import_ = access_import(request.user, number)
        given = PublishSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        published = services.publish_import(
            import_=import_,
            actor=require_user(request.user),
            seen=read_preview_tag(request),
            agrees={name: values[name] for name in CONSENTS if name in values} or None,
            comment=values.get("comment"),
        )
        return self.answer(request, published)


def read_preview_tag(request: Request) -> str:
    """Raises `VersionRequired`, also for `*`: some preview must have been looked at."""
    tag = require_expected_tag(request)
    if tag is None:
        raise VersionRequired(_("Send If-Match with the ETag of the import that you looked at."))
    return tag


class CancelView(ImportingView):
    """The import ends; nothing of the layer has changed."""

    @extend_schema(operation_id="cancel_import", request=None, responses={200: IMPORT})
    def post(self, request: Request, number: int) -> Response:
        import_ = access_import(request.user, number)
        return self.answer(request, services.cancel_import(import_=import_))
