"""Resumable uploads by tus 1.0.0 (https://tus.io/protocols/resumable-upload), short and our own.

The core protocol with the extensions creation, termination and expiration. A piece that breaks off
is kept as far as it came. How large a piece may be is said as the protocol's successor says it
(`Upload-Limit`, draft-ietf-httpbis-resumable-upload). Checksums are left to TLS and to the readers
of the file.
"""

import base64
import binascii
import uuid
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import http_date
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from geoportal.core.errors import InvalidInput, VersionMismatch
from geoportal.uploads.models import Upload
from geoportal.uploads.purposes import Purpose, get_purpose
from geoportal.uploads.selectors import access_upload
from geoportal.uploads.services import append_bytes, begin_upload, discard_upload

VERSION = "1.0.0"
EXTENSIONS = "creation,termination,expiration"
PIECE_TYPE = "application/offset+octet-stream"


class TusView(APIView):
    """Version and capabilities, in every answer."""

    purpose: Purpose

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        self.purpose = get_purpose(kwargs["purpose"])
        speaks = request.headers.get("Tus-Resumable") == VERSION
        if not speaks and request.method in self.allowed_methods and request.method != "OPTIONS":
            raise VersionMismatch(_("This address speaks tus 1.0.0 (header Tus-Resumable)."))

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Response:
        response.headers["Tus-Resumable"] = VERSION
        response.headers["Cache-Control"] = "no-store"
        if response.status_code == VersionMismatch.status:
            response.headers["Tus-Version"] = VERSION
        return super().finalize_response(request, response, *args, **kwargs)

    @extend_schema(exclude=True)
    def options(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Response:
        headers = {
            "Tus-Version": VERSION,
            "Tus-Extension": EXTENSIONS,
            "Tus-Max-Size": str(self.purpose.bytes_max()),
        }
        return Response(status=204, headers=headers | describe_limit())


class UploadsView(TusView):
    """Where an upload begins (extension creation)."""

    @extend_schema(exclude=True)
    def post(self, request: Request, purpose: str) -> Response:
        """The deferred length of the protocol is refused: room is made before anything comes."""
        upload = begin_upload(
            actor=request.user,
            purpose=self.purpose,
            name=read_metadata(request.headers.get("Upload-Metadata", "")).get("filename", ""),
            size=read_number(request, "Upload-Length"),
        )
        address = reverse("upload", args=[purpose, upload.pk])
        headers = {"Location": request.build_absolute_uri(address)}
        return Response(status=201, headers=headers | describe(upload))


class UploadView(TusView):
    """One upload: how far it is, the next piece, its end before its time."""

    @extend_schema(exclude=True)
    def head(self, request: Request, purpose: str, upload_id: uuid.UUID) -> Response:
        upload = access_upload(request.user, purpose, upload_id)
        name = base64.b64encode(upload.name.encode()).decode()
        headers = {"Upload-Length": str(upload.size), "Upload-Metadata": f"filename {name}"}
        return Response(status=200, headers=headers | describe(upload))

    @extend_schema(exclude=True)
    def patch(self, request: Request, purpose: str, upload_id: uuid.UUID) -> Response:
        access_upload(request.user, purpose, upload_id)
        if request.content_type != PIECE_TYPE:
            raise UnsupportedMediaType(str(request.content_type))
        upload = append_bytes(
            actor=request.user,
            purpose=purpose,
            upload_id=upload_id,
            offset=read_number(request, "Upload-Offset"),
            read=request.stream.read if request.stream else lambda most: b"",
            most=read_number(request, "Content-Length"),
        )
        return Response(status=204, headers=describe(upload))

    @extend_schema(exclude=True)
    def delete(self, request: Request, purpose: str, upload_id: uuid.UUID) -> Response:
        discard_upload(actor=request.user, purpose=purpose, upload_id=upload_id)
        return Response(status=204)


def describe(upload: Upload) -> dict[str, str]:
    return {
        "Upload-Offset": str(upload.offset),
        "Upload-Expires": http_date(upload.expires_at.timestamp()),
    } | describe_limit()


def describe_limit() -> dict[str, str]:
    return {"Upload-Limit": f"max-append-size={settings.UPLOAD_PIECE_BYTES_MAX}"}


def read_number(request: Request, header: str) -> int:
    """Raises `InvalidInput`."""
    text = request.headers.get(header, "")
    if not (text.isascii() and text.isdigit()) or len(text) > 15:
        raise InvalidInput(_("The header %(name)s must be a number of bytes.") % {"name": header})
    return int(text)


def read_metadata(text: str) -> dict[str, str]:
    """Pairs of a key and Base64, separated by commas; what is not, is passed over."""
    found = {}
    for pair in text.split(","):
        key, _space, value = pair.strip().partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            continue
    return found
