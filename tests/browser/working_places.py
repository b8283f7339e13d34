"""People signed in to their working places, and a town with problems for them."""

from pathlib import Path

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from PIL import Image
from playwright.sync_api import Page, expect

from geoportal.accounts.models import User
from tests.geoportal.problems.conftest import (  # noqa: F401
    author,
    make_problem,
    make_report,
    moderator,
    standing_town,
    town,
)

MAP_WAIT_MS = 20_000
PHONE = {"width": 390, "height": 844}


def sign_in(page: Page, user: User, site: str) -> None:
    """Put the session of this person into the browser."""
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.save()
    page.context.add_cookies(
        [{"name": "sessionid", "value": str(session.session_key), "url": site}]
    )


def wait_for_map(page: Page) -> None:
    page.wait_for_selector("#work-map[data-map-state='idle']", timeout=MAP_WAIT_MS)


def expect_chosen(page: Page, number: int) -> None:
    """This report is marked in the queue."""
    expect(page.locator(".report.is-chosen")).to_have_attribute("data-number", str(number))


def expect_fits(page: Page) -> None:
    """Nothing is wider than the screen."""
    page.wait_for_load_state()
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth"), page.url


def write_photo(folder: Path) -> Path:
    path = folder / "after.jpg"
    Image.new("RGB", (320, 240), "green").save(path)
    return path
