"""People who register, letters that they get, and an organisation with a head."""

import re
from collections.abc import Callable

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives
from django.test import Client

from geoportal.accounts.models import Membership, Organisation, User
from geoportal.accounts.services import confirm_email, invite_member

PASSWORD = "correct horse 9"
NEWCOMER = {
    "first_name": "Оля",
    "last_name": "Гнатюк",
    "email": "Olia@Example.org",
    "password1": PASSWORD,
}


class Site:
    """The English pages: what they say does not hang on the catalogue."""

    def __init__(self, client: Client) -> None:
        client.cookies["django_language"] = "en"
        self.client = client

    def read(self, path: str, status: int = 200) -> str:
        response = self.client.get(path, headers={"Accept": "text/html"})
        assert response.status_code == status, response.content[:400]
        return plain(response.content.decode())

    def send(self, path: str, status: int = 302, **values: str) -> str:
        """What the form answers: the words, or where it leads."""
        response = self.client.post(path, values, headers={"Accept": "text/html"})
        assert response.status_code == status, plain(response.content.decode())[:600]
        return response.headers.get("Location") or plain(response.content.decode())

    def sign_in(self, email: str) -> None:
        """And enter the password once more, as pages about safety ask."""
        self.send("/accounts/login/", login=email, password=PASSWORD)
        self.send("/accounts/reauthenticate/", password=PASSWORD)


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def read_letters() -> list[EmailMultiAlternatives]:
    return mail.outbox  # type: ignore[return-value]


def find_link(letter: EmailMultiAlternatives) -> str:
    """The path of the link that stands alone on its line."""
    found = re.search(r"^http://testserver(/\S+)$", letter.body, re.MULTILINE)
    assert found, letter.body
    return found[1]


@pytest.fixture
def site(client: Client) -> Site:
    return Site(client)


@pytest.fixture
def other_site() -> Site:
    """Another browser."""
    return Site(Client())


@pytest.fixture
def utility(db) -> Organisation:
    return Organisation.objects.create(
        slug="utility", kind=Organisation.Kind.MUNICIPAL_ENTERPRISE, name_uk="Water Utility"
    )


@pytest.fixture
def join(utility: Organisation) -> Callable[..., User]:
    """A confirmed person in some role of the utility, or in none."""

    def make(name: str, role: str = "", **flags: bool) -> User:
        user = User.objects.create_user(f"{name}@example.org", PASSWORD, first_name=name, **flags)
        confirm_email(user)
        if role:
            Membership.objects.create(user=user, organisation=utility, role=role)
        return user

    return make


@pytest.fixture
def head(join: Callable[..., User]) -> User:
    return join("head", "head")


@pytest.fixture
def invite(utility: Organisation, head: User) -> Callable[..., str]:
    """Sends an invitation; returns the secret of its link."""

    def send(email: str, role: str = "officer") -> str:
        tokens: list[str] = []

        def build_link(token: str) -> str:
            tokens.append(token)
            return f"http://testserver/invitations/{token}/"

        invite_member(
            actor=head, organisation=utility, email=email, role=role, build_link=build_link
        )
        return tokens[0]

    return send
