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
from tests.browser.reporting import seed_reporting
from tests.collected import find_collected
from tests.standing import standing_world

CHROMIUM = Path(os.environ.get("GEOPORTAL_TEST_CHROMIUM", "/usr/bin/chromium"))
LOCAL_SCHEMES = ("data:", "blob:", "about:")
# The last two draw the list below an address bar, which nobody sees, in a process of its own for
# each new window: half of what an empty page costs. The others are those that Playwright turns off,
# whose list this one replaces.
FEATURES_OFF = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
)
# For files that measure whether a page fits: half a point of the page would be rounded up.
SHARP = pytest.mark.browser_context_args(device_scale_factor=1)
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
        # Nothing but this machine is found; `Witness` writes down what was looked for elsewhere.
        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
        # The page around the map is put together without the detour by WebGL.
        "--disable-gpu-compositing",
        f"--disable-features={','.join(FEATURES_OFF)}",
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
        # A quarter of the points to draw; the page is laid out the same.
        "device_scale_factor": 0.5,
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
        """From now on; to stop each request on its way would keep the browser from its cache."""
        context.on("request", lambda request: self._see(request.url))
        context.on("response", lambda response: self._hear_answer(response.url))
        context.on("page", self._listen)

    def _see(self, url: str) -> None:
        if not url.startswith((self.site, *LOCAL_SCHEMES)):
            self.outside.append(url)

    def _hear_answer(self, url: str) -> None:
        """Outside there is nobody: what answers is played by the test."""
        if url in self.outside:
            self.outside.remove(url)

    def _listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self._hear(message.type, message.text))

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error" or "Content Security Policy" in text:
            self.complaints.append(text)


@standing_world
def standing_browsed() -> None:
    seed_community()


@standing_world
def standing_reporting(standing_browsed: None) -> None:
    """The small community, where problems can be reported."""
    seed_reporting()


@pytest.fixture
def community(live_server, standing_browsed) -> str:
    """The address of a server with the small community."""
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
