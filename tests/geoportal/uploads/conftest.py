"""A purpose of the tests' own, and the protocol spoken by hand."""

import base64
import io

import pytest
from django.test import Client

from geoportal.accounts.models import User
from geoportal.uploads import purposes
from geoportal.uploads.purposes import Purpose, register_purpose
from tests.conftest import write_staff
from tests.standing import standing_world

PIECE = "application/offset+octet-stream"
VERSION = {"Tus-Resumable": "1.0.0"}
FOLDER = "/api/v1/uploads/papers/"


@pytest.fixture
def papers(monkeypatch) -> Purpose:
    """Only staff may send, up to a hundred bytes."""
    purpose = Purpose("papers", lambda actor: actor.is_staff, lambda: 100)
    monkeypatch.setattr(purposes, "_purposes", {})
    register_purpose(purpose)
    return purpose


@standing_world
def standing_clerks() -> tuple[User, User]:
    return write_staff("clerk", is_staff=True), write_staff("other", is_staff=True)


@pytest.fixture
def clerk(standing_clerks: tuple[User, User]) -> User:
    return standing_clerks[0]


class Sender:
    """What a client of tus does, step by step."""

    def __init__(self, user: User | None = None) -> None:
        self.client = Client(raise_request_exception=False)
        if user:
            self.client.force_login(user)

    def begin(self, size: int, name: str = "дерева.csv", **headers: str):
        metadata = f"filename {base64.b64encode(name.encode()).decode()},broken"
        given = VERSION | {"Upload-Length": str(size), "Upload-Metadata": metadata} | headers
        return self.client.post(FOLDER, headers=given)

    def ask(self, url: str, **headers: str):
        return self.client.head(url, headers=VERSION | headers)

    def send(self, url: str, offset: int, piece: bytes, *, cut_at: int | None = None):
        """`cut_at`: the sender is gone after so many bytes."""
        came = piece if cut_at is None else piece[:cut_at]
        return self.send_from(url, offset, io.BytesIO(came), len(piece))

    def send_from(self, url: str, offset: int, stream: io.BytesIO, length: int | None):
        given = VERSION | {"Upload-Offset": str(offset)}
        environ = {"wsgi.input": stream, "CONTENT_LENGTH": "" if length is None else str(length)}
        return self.client.patch(url, headers=given, CONTENT_TYPE=PIECE, **environ)

    def remove(self, url: str):
        return self.client.delete(url, headers=VERSION)


@pytest.fixture
def sender(papers: Purpose, clerk: User) -> Sender:
    return Sender(clerk)
