"""A real Chromium against a live server with a small community, and what it was seen doing."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.test import override_settings
from playwright.sync_api import BrowserContext, Page
from pytest_django.live_server_helper import LiveServer

from tests.browser.community import seed_community
from tests.browser.map_page import MapPage
from tests.collected import find_collected

CHROMIUM = Path(os.environ.get("GEOPORTAL_TEST_CHROMIUM", "/usr/bin/chromium"))
LOCAL_SCHEMES = ("data:", "blob:", "about:")
# Playwright's loop runs in the thread of the test, where Django's ORM is used as well.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    if not CHROMIUM.exists():
        pytest.skip(f"there is no Chromium at {CHROMIUM}")
    arguments = [
        "--use-angle=swiftshader",
        "--enable-unsafe-swiftshader",
        "--disable-background-networking",
    ]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return browser_type_launch_args | {"executable_path": str(CHROMIUM), "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return browser_context_args | {
        "viewport": {"width": 1400, "height": 900},
        "locale": "en-US",
        "timezone_id": "America/New_York",
        "reduced_motion": "reduce",
    }


@pytest.fixture(scope="session")
def collected() -> Path:
    return find_collected()


@pytest.fixture(scope="session")
def live_server(collected) -> Iterator[LiveServer]:
    """In place of pytest-django's: it serves the static files that a town serves."""
    with override_settings(STATIC_ROOT=collected):
        server = LiveServer("localhost")
    yield server
    server.stop()


@pytest.fixture(autouse=True)
def named_as_collected(collected, settings) -> None:
    """Pages name the static files that are served; other tests of this process see plain names."""
    settings.STATIC_ROOT = collected


@dataclass
class Witness:
    """What the browser asked for and complained of."""

    site: str
    outside: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Nothing but the site is let through; errors and broken policies are written down."""

        def route(route, request):
            if request.url.startswith((self.site, *LOCAL_SCHEMES)):
                route.continue_()
            else:
                self.outside.append(request.url)
                route.abort()

        context.route("**/*", route)
        context.on("page", self._listen)

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self._hear(message.type, message.text))

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error" or "Content Security Policy" in text:
            self.complaints.append(text)


@pytest.fixture
def community(live_server) -> str:
    """The address of a server with the small community."""
    seed_community()
    return str(live_server.url)


@pytest.fixture
def witness(community: str, context: BrowserContext) -> Witness:
    witness = Witness(community)
    witness.watch(context)
    return witness


@pytest.fixture
def map_page(witness: Witness, page: Page) -> Iterator[MapPage]:
    """The map on a wide screen; at the end nothing outside was asked and nothing complained of."""
    yield MapPage(page, witness.site)
    assert witness.outside == []
    assert witness.complaints == []


@pytest.fixture
def phone_page(witness: Witness, page: Page) -> MapPage:
    page.set_viewport_size({"width": 390, "height": 844})
    return MapPage(page, witness.site)
