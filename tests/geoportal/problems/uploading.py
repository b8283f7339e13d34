"""Files as a browser sends them, for tests of uploads."""

import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from geoportal.accounts.models import User
from tests.geoportal.media import making

UPLOADS = "/api/v1/problems/uploads/"
SCRIPT = b"#!/bin/sh\nrm -rf /\n"


def photo(name: str = "яма.jpg", *, with_place: bool = False) -> SimpleUploadedFile:
    exif = {"exif": making.build_gps_block()} if with_place else {}
    content = making.save(making.draw_corners(), "JPEG", **exif)
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def script(name: str = "яма.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, SCRIPT, content_type="image/jpeg")


def sign_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def send(client: Client, draft: uuid.UUID, file: object, status: int = 201) -> dict[str, Any]:
    response = client.post(UPLOADS, {"draft_id": str(draft), "file": file})
    assert response.status_code == status, response.content
    return dict(response.json())


def list_files() -> list[str]:
    """Names of what is kept, from the media folder down."""
    root = Path(settings.MEDIA_ROOT)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())
