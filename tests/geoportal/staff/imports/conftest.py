"""An officer at the wizard, page by page, without scripts."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from importers.models import Import

CSV = (
    "код;Порода;Висота;довгота;широта\r\n"
    "1;Дуб;12,5;30,5238;50,4547\r\n"
    "2;Клен;8,0;30,5300;50,4500\r\n"
    "3;Липа;висока;30,5350;50,4510\r\n"
)


class Wizard:
    """Forms of the wizard as a browser without scripts sends them; jobs run when a page has been
    answered."""

    def __init__(self, client: Client, run: Callable[..., Any]) -> None:
        self.client = client
        self._run = run
        self.page = ""

    def send(self, text: str | bytes = CSV, name: str = "дерева.csv", **form: Any):
        content = text if isinstance(text, bytes) else text.encode("cp1251")
        file = SimpleUploadedFile(name, content)
        fields = {"into": "layer", "layer": "trees", "files": [file]} | form
        return self.post_to("/staff/imports/new/", fields)

    def post(self, part: str, /, **form: Any):
        """A form of the import that was sent last."""
        number = Import.objects.latest("id").pk
        shown = re.search(r'name="preview" value="([^"]*)"', self.page)
        hidden = {"preview": shown[1]} if shown else {}
        return self.post_to(f"/staff/imports/{number}/{part}/", hidden | form)

    def get(self, part: str = "", **query: Any):
        number = Import.objects.latest("id").pk
        answer = self.client.get(f"/staff/imports/{number}/{part}", query)
        if "text/html" in answer.headers.get("Content-Type", ""):
            self.page = answer.content.decode()
        return answer

    def open(self, url: str) -> str:
        """What the page at this address says, without its tags."""
        self.page = self.client.get(url).content.decode()
        return self.words

    def post_to(self, url: str, fields: Any):
        with self._run(execute=True):
            answer = self.client.post(url, fields)
        if answer.status_code == 200 or answer.status_code >= 400:
            self.page = answer.content.decode()
        elif re.search(r"/staff/imports/\d+/$", answer.url):
            self.get()
        return answer

    @property
    def state(self) -> str:
        return Import.objects.latest("id").state

    @property
    def words(self) -> str:
        """What the page says, without its tags."""
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.page))


@pytest.fixture
def wizard(client, trees, officer, django_capture_on_commit_callbacks) -> Wizard:
    client.force_login(officer)
    return Wizard(client, django_capture_on_commit_callbacks)
