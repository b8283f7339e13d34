"""What a person does on the map, for tests: open it, wait, point at places, read the address."""

import math
from urllib.parse import unquote

from playwright.sync_api import Locator, Page, expect

IDLE = "#map[data-map-state='idle']"
TILE_PX = 512
WAIT_MS = 20_000


class MapPage:
    """The residents' map in a browser."""

    def __init__(self, page: Page, site: str) -> None:
        self.page = page
        self.site = site

    def open(self, fragment: str = "", query: str = "") -> None:
        """Load the map anew, and wait until all of it is drawn."""
        self.page.goto("about:blank")
        self.page.goto(f"{self.site}/{query}{fragment}")
        self.wait()

    def wait(self) -> None:
        self.page.wait_for_selector(IDLE, state="attached", timeout=WAIT_MS)

    def settle(self) -> None:
        """Wait for a movement to end, and for what it needs."""
        self.page.wait_for_timeout(150)
        self.wait()

    def address(self) -> str:
        return unquote(self.page.url.partition("#")[2])

    def layer(self, title: str) -> Locator:
        """The layer's switch, also while a card hides the list."""
        return self.page.locator(".layer").filter(has_text=title).locator("input")

    def card(self) -> Locator:
        return self.page.locator("#card")

    def card_title(self) -> Locator:
        return self.card().get_by_role("heading", level=2)

    def find_pixel(self, lon: float, lat: float) -> tuple[float, float]:
        """Where a place in degrees is on the screen, by the view that the address tells."""
        parts = dict(part.split("=", 1) for part in self.address().split("&"))
        zoom, centre_lat, centre_lon = map(float, parts["map"].split("/"))
        frame = self.page.evaluate(
            """() => {
              const phone = innerWidth <= 720;
              const panel = document.getElementById("panel").getBoundingClientRect();
              const top = document.querySelector(".top").getBoundingClientRect();
              return phone ? [innerWidth / 2, (top.bottom + innerHeight - 92) / 2]
                           : [(panel.right + innerWidth) / 2, innerHeight / 2];
            }"""
        )
        scale = TILE_PX * 2**zoom
        east = (lon - centre_lon) / 360 * scale
        south = (mercator(lat) - mercator(centre_lat)) * scale
        return frame[0] + east, frame[1] + south

    def click_place(self, lon: float, lat: float) -> None:
        x, y = self.find_pixel(lon, lat)
        self.page.mouse.click(x, y)

    def expect_card(self, title: str) -> None:
        expect(self.card_title()).to_have_text(title)
        expect(self.card().locator(".skeleton")).to_have_count(0)


def mercator(lat: float) -> float:
    """From 0 at the north edge of the world to 1 at the south."""
    return 0.5 - math.log(math.tan(math.pi / 4 + math.radians(lat) / 2)) / (2 * math.pi)
