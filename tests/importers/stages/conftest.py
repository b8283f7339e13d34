"""Imports by the services, in the name of an officer of the council."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from geoportal.accounts.models import User
from geoportal.uploads.purposes import get_purpose
from geoportal.uploads.services import keep_file
from importers.models import Import
from importers.stages.publishing import name_preview
from importers.stages.services import publish_import, receive_import

TABLE = "id,lon,lat,species\n1,30.5,50.4,Дуб\n2,30.51,50.41,Клен\n3,30.52,50.42,Липа\n"


def send(actor: User, content: str | bytes, name: str = "trees.csv") -> Any:
    file = SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)
    return keep_file(actor=actor, purpose=get_purpose("imports"), file=file).pk


def publish(import_: Import, **given: Any) -> Import:
    """Its author looks at what stands, and publishes."""
    author = given.pop("actor", None) or import_.author
    values = {"actor": author, "seen": name_preview(import_)} | given
    return publish_import(import_=import_, **values)


@pytest.fixture
def receive(officer, council, django_capture_on_commit_callbacks) -> Callable[..., Import]:
    """Send a table and let its jobs run."""

    def call(text: str | bytes = TABLE, name: str = "trees.csv", **given: Any) -> Import:
        actor = given.pop("actor", officer)
        values = {"slug": "trees", "creates": False, "organisation": council} | given
        with django_capture_on_commit_callbacks(execute=True):
            import_ = receive_import(actor=actor, uploads=[send(actor, text, name)], **values)
        import_.refresh_from_db()
        return import_

    return call


@pytest.fixture
def do(django_capture_on_commit_callbacks) -> Callable[..., Import]:
    """Call a service and let its jobs run."""

    def call(service: Callable[..., Import], import_: Import, **given: Any) -> Import:
        with django_capture_on_commit_callbacks(execute=True):
            service(import_=import_, **given)
        import_.refresh_from_db()
        return import_

    return call
