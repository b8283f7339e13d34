"""What the form of a report asks while it is filled in, and how it is sent."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser, MultiPartParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from geoportal.core.errors import InvalidInput, NotFound
from geoportal.core.http.body_limit import require_length
from geoportal.core.http.openapi import describe_document
from geoportal.core.words.personal_data import describe_found
from geoportal.problems.access import access_problem
from geoportal.problems.api.describe import (
    AddressDocument,
    NotesDocument,
    ReportDocument,
    SentDocument,
    SimilarListDocument,
    TextsDocument,
    UploadDocument,
    UploadsDocument,
    describe_similar,
    describe_upload,
)
from geoportal.problems.api.documents import read_form
from geoportal.problems.forms.filled_forms import NO_CATEGORY, find_category
from geoportal.problems.forms.sending import require_upload_rate, send_report
from geoportal.problems.lists.addresses import find_nearest_address
from geoportal.problems.lists.similar import get_radius_m, list_similar
from geoportal.problems.media.uploads import (
    access_upload,
    add_upload,
    list_draft_uploads,
    remove_upload,
)
from geoportal.problems.personal_data.flagged import ANSWER
from geoportal.problems.personal_data.notes import CHECKED_LETTERS_MAX, list_notes
from geoportal.problems.personal_data.public_words import find_in_words
from geoportal.problems.workflow import State
from layers.reading.parameters import parse_coordinate

# Of a multipart body beside the file itself.
FORM_BYTES = 64 * 1024
TEXT_BYTES_MAX = 128 * 1024
CHECKED_FIELDS = ("title", "description", "address", "words")
PLACE = [
    OpenApiParameter("lon", float, required=True),
    OpenApiParameter("lat", float, required=True),
]

UPLOAD = describe_document(UploadDocument)


class UploadFormSerializer(serializers.Serializer[Any]):
    """One photo or video of a draft."""

    draft_id = serializers.UUIDField()
    file = serializers.FileField()


def read_place(request: Request) -> tuple[float, float]:
    lon = parse_coordinate(request.GET.get("lon"), "lon", 180)
    return lon, parse_coordinate(request.GET.get("lat"), "lat", 85.06)


def read_draft_id(text: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(text or "")
    except ValueError:
        raise InvalidInput(_("This draft has a wrong number."), parameter="draft_id") from None


class LimitedView(APIView):
    """Refuses a body that says it is larger than `bytes_max` before anything looks into it."""

    bytes_max = TEXT_BYTES_MAX

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        require_length(request._request, self.bytes_max)
        super().initial(request, *args, **kwargs)


class DocumentParser(JSONParser):
    """JSON; what is nested without end is refused like any other text that is none."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().parse(*args, **kwargs)
        except RecursionError:
            raise ParseError from None


class AddressView(APIView):
    """The nearest house of the address register; an empty address where none is near."""

    @extend_schema(
        operation_id="nearest_address",
        parameters=PLACE,
        responses={200: describe_document(AddressDocument)},
    )
    def get(self, request: Request) -> Response:
        found = find_nearest_address(*read_place(request))
        document: AddressDocument = {
            "address": found.text if found else "",
            "distance_m": round(found.distance_m) if found else None,
        }
        return Response(document)


class SimilarView(APIView):
    """Open problems of the category around a point, within the radius of the category."""

    @extend_schema(
        operation_id="similar_problems",
        parameters=[OpenApiParameter("category", str, required=True), *PLACE],
        responses={200: describe_document(SimilarListDocument)},
    )
    def get(self, request: Request) -> Response:
        category = find_category(request.GET.get("category", ""))
        if category is NO_CATEGORY:
            raise NotFound(_("There is no such category."))
        found = list_similar(request.user, category, *read_place(request))
        document: SimilarListDocument = {
            "radius_m": get_radius_m(category),
            "problems": [describe_similar(each) for each in found],
        }
        return Response(document)


class CheckTextView(LimitedView):
    """Personal data in what everyone will read: `title`, `description`, `address`, `answers` by
    code of a report, `words` of a later step; each with where it stands.

    With `problem`, its number, the message on `words` also tells of what the problem keeps from the
    public, to those who know that anyway.
    """

    parser_classes = [DocumentParser]

    @extend_schema(
        operation_id="check_text",
        request=describe_document(TextsDocument),
        responses={200: describe_document(NotesDocument)},
    )
    def post(self, request: Request) -> Response:
        given = request.data if isinstance(request.data, dict) else {}
        found, message = list_notes(_read_texts(given))
        number, words = given.get("problem"), str(given.get("words") or "")[:CHECKED_LETTERS_MAX]
        if words and isinstance(number, int) and 0 < number < 2**31:
            problem = access_problem(request.user, number)
            message = describe_found(find_in_words(request.user, problem, words))
        document: NotesDocument = {"found": found, "message": message}
        return Response(document)


def _read_texts(given: Mapping[str, Any]) -> dict[str, str]:
    answers = given.get("answers")
    named = {name: str(given.get(name) or "") for name in CHECKED_FIELDS}
    if not isinstance(answers, dict):
        return named
    return named | {f"{ANSWER}{code}": str(text or "") for code, text in answers.items()}


class UploadsView(LimitedView):
    """Photos and videos of a draft of the signed-in person."""

    permission_classes = [IsAuthenticated]
    parser_classes = [MultiPartParser]

    @property
    def bytes_max(self) -> int:  # type: ignore[override]
        return int(settings.VIDEO_BYTES_MAX) + FORM_BYTES

    @extend_schema(
        operation_id="uploads_of_draft",
        parameters=[OpenApiParameter("draft_id", OpenApiTypes.UUID, required=True)],
        responses={200: describe_document(UploadsDocument)},
    )
    def get(self, request: Request) -> Response:
        uploads = list_draft_uploads(request.user, read_draft_id(request.GET.get("draft_id")))
        document: UploadsDocument = {"uploads": [describe_upload(each) for each in uploads]}
        return Response(document)

    @extend_schema(
        operation_id="add_upload",
        request={"multipart/form-data": UploadFormSerializer},
        responses={201: UPLOAD},
    )
    def post(self, request: Request) -> Response:
        require_upload_rate(request._request)
        file = request.FILES.get("file")
        if not isinstance(file, UploadedFile):
            raise InvalidInput(_("Choose a photo or a video."), parameter="file")
        draft_id = read_draft_id(request.POST.get("draft_id"))
        upload = add_upload(actor=request.user, draft_id=draft_id, file=file)
        document = describe_upload(upload.attachment, upload.taken_lonlat)
        return Response(document, status=status.HTTP_201_CREATED)


class UploadView(APIView):
    """One of them: how far its preparation is; or take it away."""

    permission_classes = [IsAuthenticated]

    @extend_schema(operation_id="upload", responses={200: UPLOAD})
    def get(self, request: Request, upload_id: int) -> Response:
        return Response(describe_upload(access_upload(request.user, upload_id)))

    @extend_schema(operation_id="remove_upload", responses={204: None})
    def delete(self, request: Request, upload_id: int) -> Response:
        remove_upload(actor=request.user, upload_id=upload_id)
        return Response(status=status.HTTP_204_NO_CONTENT)


class ReportsView(LimitedView):
    """Send a report; the same `client_request_id` again answers with the same problem."""

    permission_classes = [IsAuthenticated]
    parser_classes = [DocumentParser]

    @extend_schema(
        operation_id="send_report",
        request=describe_document(ReportDocument),
        responses={201: describe_document(SentDocument)},
    )
    def post(self, request: Request) -> Response:
        problem = send_report(request._request, read_form(request.data))
        document: SentDocument = {
            "number": problem.pk,
            "state": problem.state,
            "state_title": problem.get_state_display(),
            "waits_for_confirmation": problem.state == State.UNCONFIRMED,
            "url": f"/problems/{problem.pk}/",
            "sent_url": f"/problems/new/sent/{problem.pk}/",
        }
        return Response(document, status=status.HTTP_201_CREATED)
