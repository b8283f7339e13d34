"""What a first view of a page costs: requests and bytes as they are sent, on a cold browser.

`first_view.py [URL] [PATH…] [--as EMAIL PASSWORD] [--slow]`, of a running server. Bodies count, not
headers; a file once, since a worker that reads it again has it from the browser's own store.
"""

import argparse
import os
import time
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Request,
    StorageState,
    ViewportSize,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as TookTooLong

CHROMIUM = os.environ.get("GEOPORTAL_TEST_CHROMIUM", "/usr/bin/chromium")
PAGES = ("/", "/problems/new/", "/problems/")
PHONE: ViewportSize = {"width": 390, "height": 844}
# A mobile network on the edge of a town, as Lighthouse has it.
SLOW = {"latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
IDLE = "[data-map-state=idle]"
SETTLED_MS = 60_000
MAP_MS = 40_000
QUIET_MS = 1_500
KINDS = {
    "mjs": "modules",
    "css": "styles",
    "woff2": "letters",
    "svg": "pictures",
    "png": "pictures",
}


@dataclass
class View:
    """One page as it was loaded; sizes in bytes by kind, of one entry for each file."""

    path: str
    sizes: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    read_s: float = 0.0
    settled_s: float = 0.0
    complaints: list[str] = field(default_factory=list)

    def render(self) -> str:
        lines = [f"{self.path}: {render_cost(self.list_counted())} beside tiles"]
        for kind, sizes in sorted(self.sizes.items()):
            lines.append(f"    {kind:10} {render_cost(sizes)}")
        lines.append(
            f"    first words after {self.read_s:.1f} s, settled after {self.settled_s:.1f} s"
        )
        return "\n".join([*lines, *(f"    ! {each}" for each in self.complaints)])

    def list_counted(self) -> list[int]:
        return [size for kind, sizes in self.sizes.items() if kind != "tiles" for size in sizes]


def render_cost(sizes: list[int]) -> str:
    return f"{len(sizes):3} requests, {sum(sizes) / 1000:6.1f} KB"


def name_kind(path: str) -> str:
    if path.endswith(".mvt"):
        return "tiles"
    if path.startswith("/static/"):
        return KINDS.get(path.rsplit(".", 1)[-1], "others")
    return "documents"


def look(browser: Browser, site: str, path: str, state: StorageState | None, slow: bool) -> View:
    """The page in a browser that has seen nothing yet."""
    context = browser.new_context(
        viewport=PHONE, locale="uk-UA", ignore_https_errors=True, storage_state=state
    )
    page = context.new_page()
    view, asked = View(path), listen(context)
    page.on("pageerror", lambda error: view.complaints.append(str(error)))
    if slow:
        session = context.new_cdp_session(page)
        session.send("Network.emulateNetworkConditions", {"offline": False, **SLOW})
    started = time.monotonic()
    page.goto(site + path, wait_until="commit")
    page.wait_for_load_state("domcontentloaded", timeout=SETTLED_MS)
    page.wait_for_load_state("load", timeout=SETTLED_MS)
    view.settled_s = time.monotonic() - started
    if await_map(page):
        view.settled_s = time.monotonic() - started
    view.read_s = read_first_paint(page)
    page.wait_for_timeout(QUIET_MS)
    for address, request in asked.items():
        view.sizes[name_kind(urlsplit(address).path)].append(weigh(request))
    context.close()
    return view


def await_map(page: Page) -> bool:
    """Whether the page has drawn a map; some draw theirs only when they are asked to."""
    if not page.locator("[data-map-state]").count():
        return False
    try:
        page.wait_for_selector(IDLE, state="attached", timeout=MAP_MS)
    except TookTooLong:
        return False
    return True


def listen(context: BrowserContext) -> dict[str, Request]:
    asked: dict[str, Request] = {}

    def note(request: Request) -> None:
        if request.url.startswith("http"):
            asked.setdefault(request.url, request)

    context.on("requestfinished", note)
    return asked


def read_first_paint(page: Page) -> float:
    """Seconds from the asking of the page; 0 where the browser does not tell."""
    painted = page.evaluate(
        "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
    )
    return float(painted) / 1000


def weigh(request: Request) -> int:
    response = request.response()
    stated = response.headers.get("content-length") if response else None
    return int(stated) if stated else max(request.sizes()["responseBodySize"], 0)


def sign_in(browser: Browser, site: str, email: str, password: str) -> StorageState:
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    page.goto(f"{site}/accounts/login/")
    page.fill("[name=login]", email)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "login" not in url)
    state = context.storage_state()
    context.close()
    return state


def main() -> None:
    parser = argparse.ArgumentParser(prog="script/bench first_view", description=__doc__)
    parser.add_argument("site", nargs="?", default="http://127.0.0.1:8000")
    parser.add_argument("paths", nargs="*", default=PAGES)
    parser.add_argument("--as", dest="person", nargs=2, metavar=("EMAIL", "PASSWORD"))
    parser.add_argument("--slow", action="store_true", help="on a slow mobile network")
    chosen = parser.parse_args()
    arguments = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
    arguments += ["--disable-background-networking"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        found = CHROMIUM if Path(CHROMIUM).exists() else None
        browser = playwright.chromium.launch(executable_path=found, args=arguments)
        site = chosen.site.rstrip("/")
        state = sign_in(browser, site, *chosen.person) if chosen.person else None
        for path in chosen.paths:
            print(look(browser, site, path, state, chosen.slow).render(), flush=True)
        browser.close()


main()
