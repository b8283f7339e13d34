"""The map is drawn over a base map of the town's own, and nobody else is asked."""

import re
from io import BytesIO

import numpy as np
from PIL import Image
from playwright.sync_api import expect

from tests.browser.map_page import MapPage
from tests.tiles.basemap.town import write_town
from tiles.basemap.reading import get_folder

PLACE = "#map=15/50.19/27.06&layers=pharmacies"


def measure_water(page):
    """The share of the map that is bluish: layers of the community may lie over the water."""
    picture = Image.open(BytesIO(page.locator("#map").screenshot())).convert("RGB")
    red, _green, blue = (np.asarray(band, dtype=int) for band in picture.split())
    return float(np.mean(blue - red > 20))


def wait_for_dark(page):
    """The ground goes dark when the style of the other theme is drawn."""
    with page.expect_response(re.compile(r"/tiles/basemap/.*theme=dark")):
        page.emulate_media(color_scheme="dark")
    page.wait_for_timeout(300)
    expect(page.locator("#map")).to_have_attribute("data-map-state", "idle")


def test_the_town_is_drawn_from_its_own_file_in_both_themes(witness, page, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    settings.BASEMAP_PMTILES = "town.pmtiles"
    write_town(get_folder() / "town.pmtiles")
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    laid = MapPage(page, witness.site)
    laid.open(PLACE)
    expect(page.locator("#list-count")).to_be_visible()
    expect(page.locator("#map")).to_have_attribute("data-map-state", "idle")
    assert measure_water(page) > 0.4
    page.get_by_label("Джерела карти").click()
    expect(page.locator("#attribution")).to_contain_text("© Мапа громади")
    wait_for_dark(page)
    assert measure_water(page) > 0.4
    assert any("/tiles/basemap/town.pmtiles?v=" in url for url in asked)
    assert witness.outside == []
    assert witness.complaints == []
