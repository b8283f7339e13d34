"""Photograph the pages of a running server in Chromium: narrow and wide, light and dark.

`screenshots.py URL FOLDER`
"""

import json
import os
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = os.environ.get("GEOPORTAL_TEST_CHROMIUM", "/usr/bin/chromium")
SIZES = {"1400": ((1400, 900), 1), "390": ((390, 844), 2)}
THEMES = ("light", "dark")
TOWN_ZOOM = {"1400": 14.7, "390": 14.4}
MORE_LAYERS = ("pharmacies", "free_wifi", "public_transport_stops", "playgrounds")
OBJECT_LAYER = "hospitals"
IDLE = "[data-map-state='idle']"


def read_layers(site: str) -> list[dict[str, Any]]:
    with urllib.request.urlopen(f"{site}/api/v1/layers/", timeout=30) as answer:
        return list(json.load(answer)["layers"])


def find_town(layers: list[dict[str, Any]]) -> tuple[float, float]:
    """Longitude and latitude where the layers that the map opens with are closest together."""
    extents = [layer["extent"] for layer in layers if layer["shown_by_default"] and layer["extent"]]
    west, south, east, north = min(extents, key=lambda box: (box[2] - box[0]) * (box[3] - box[1]))
    return (west + east) / 2, (south + north) / 2


def find_object(site: str, slug: str) -> str:
    url = f"{site}/ogc/collections/{slug}/items?limit=1"
    with urllib.request.urlopen(url, timeout=30) as answer:
        return str(json.load(answer)["features"][0]["id"])


def list_pictures(site: str, size: str, theme: str) -> Iterator[tuple[str, str]]:
    """Name and path of each picture of one size; pages without a large map in one theme only."""
    layers = read_layers(site)
    lon, lat = find_town(layers)
    known = {str(layer["slug"]) for layer in layers}
    shown = [str(layer["slug"]) for layer in layers if layer["shown_by_default"]]
    shown += [slug for slug in MORE_LAYERS if slug in known]
    view = f"#map={TOWN_ZOOM[size]}/{lat:.5f}/{lon:.5f}&layers={','.join(shown)}"
    yield "map", f"/{view}"
    key = find_object(site, OBJECT_LAYER)
    yield "card", f"/#layers={','.join(shown)}&feature={OBJECT_LAYER}/{key}"
    if theme == "light":
        yield "layer", f"/layers/{OBJECT_LAYER}/"
        yield "object", f"/layers/{OBJECT_LAYER}/{key}/"
        yield "data", "/data/"


def open_page(browser: Browser, size: str, theme: str) -> Page:
    (width, height), scale = SIZES[size]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        color_scheme=theme,  # type: ignore[arg-type]
        reduced_motion="reduce",
        locale="uk-UA",
    )
    return context.new_page()


def take_picture(page: Page, url: str, file: Path) -> None:
    """The page when its map, if it has one, has come to rest and its icons are drawn."""
    page.goto("about:blank")
    page.goto(url, wait_until="networkidle")
    if page.locator("[data-map-state]").count():
        page.wait_for_selector(IDLE, state="attached", timeout=60_000)
        page.wait_for_timeout(700)
        page.wait_for_selector(IDLE, state="attached", timeout=60_000)
    page.screenshot(path=file)
    print(file)


def main(site: str, folder: str) -> int:
    target = Path(folder)
    target.mkdir(parents=True, exist_ok=True)
    arguments = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=arguments)
        for size in SIZES:
            for theme in THEMES:
                page = open_page(browser, size, theme)
                for name, path in list_pictures(site, size, theme):
                    take_picture(page, site + path, target / f"{name}-{size}-{theme}.png")
                page.context.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/"), sys.argv[2]))
