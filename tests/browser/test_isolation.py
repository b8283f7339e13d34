"""The map needs nobody else, and breaks calmly where something of its own is missing."""

import re

from playwright.sync_api import expect

from tests.browser.map_page import MapPage


def test_map_draws_with_nothing_but_its_own_server_and_policy(map_page, witness):
    map_page.open()
    map_page.page.get_by_role("tab", name="Що видно").click()
    expect(map_page.page.locator("#list-items li")).to_have_count(12)
    assert witness.outside == []


def test_outside_base_map_lies_under_the_layers_of_the_community(witness, page, settings):
    settings.BASEMAP_STYLE_URL = "https://tiles.example/style.json"
    settings.BASEMAP_ATTRIBUTION = "© Сусіди"
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    settings.CONTENT_SECURITY_POLICY = {
        "DIRECTIVES": directives | {"connect-src": ["'self'", "https://tiles.example"]}
    }
    area = {"type": "Polygon", "coordinates": [[[27, 50], [28, 50], [28, 51], [27, 50]]]}
    style = {
        "version": 8,
        "glyphs": "https://tiles.example/{fontstack}/{range}.pbf",
        "sources": {"land": {"type": "geojson", "data": area}},
        "layers": [
            {"id": "land", "type": "fill", "source": "land", "paint": {"fill-color": "#00ff00"}}
        ],
    }
    page.route("https://tiles.example/style.json", lambda route: route.fulfill(json=style))
    laid = MapPage(page, witness.site)
    laid.open("#map=15/50.19/27.06&layers=pharmacies")
    expect(page.locator("#list-count")).to_be_visible()
    page.get_by_label("Джерела карти").click()
    expect(page.locator("#attribution")).to_contain_text("© Сусіди")
    assert witness.complaints == []
    assert witness.outside == []


def test_outside_base_map_that_fails_changes_nothing(witness, page, settings):
    settings.BASEMAP_STYLE_URL = "https://tiles.example/style.json"
    settings.BASEMAP_RASTER_URL = "https://tiles.example/{z}/{x}/{y}.png"
    apart = MapPage(page, witness.site)
    apart.open()
    expect(page.locator("#list-count")).to_have_text("12")
    expect(page.locator(".message")).to_have_count(0)


def test_tiles_that_fail_are_told_and_can_be_asked_for_again(witness, page):
    page.route("**/tiles/pharmacies*/**", lambda route: route.fulfill(status=503))
    broken = MapPage(page, witness.site)
    broken.open()
    message = page.locator(".message")
    expect(message).to_contain_text("Частина карти не завантажилася")
    page.unroute("**/tiles/pharmacies*/**")
    message.get_by_role("button", name="Спробувати ще раз").click()
    expect(page.locator("#list-count")).to_have_text("12")


def test_style_that_fails_leaves_layers_and_search(witness, page):
    page.route("**/tiles/style.json**", lambda route: route.fulfill(status=500))
    page.goto(witness.site)
    expect(page.locator(".message")).to_contain_text("Карта не завантажилася")
    page.unroute("**/tiles/style.json**")
    page.locator(".message").get_by_role("button", name="Спробувати ще раз").click()
    MapPage(page, witness.site).wait()


def test_card_that_fails_can_be_tried_again(witness, page):
    page.route("**/cards/**", lambda route: route.abort())
    broken = MapPage(page, witness.site)
    broken.open("#feature=pharmacies/1")
    expect(broken.card()).to_contain_text("Об’єкт не завантажився")
    page.unroute("**/cards/**")
    broken.card().get_by_role("button", name="Спробувати ще раз").click()
    broken.expect_card("М'ята")


def test_without_webgl_search_leads_to_the_page_of_the_object(witness, page):
    page.add_init_script(
        """const get = HTMLCanvasElement.prototype.getContext;
        HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
          return kind.startsWith("webgl") ? null : get.call(this, kind, ...rest);
        };"""
    )
    page.goto(witness.site)
    expect(page.get_by_role("heading", name="Карту тут не намалювати")).to_be_visible()
    page.get_by_role("combobox").type("м'ята")
    page.get_by_role("option", name="М'ята").click()
    expect(page).to_have_url(re.compile(r"/layers/pharmacies/1/$"))


def test_without_javascript_layers_and_search_still_work(browser, witness, browser_context_args):
    context = browser.new_context(**browser_context_args | {"java_script_enabled": False})
    page = context.new_page()
    page.goto(witness.site)
    expect(page.get_by_role("heading", name="Для карти потрібен JavaScript")).to_be_visible()
    expect(page.get_by_role("checkbox")).to_have_count(0)
    page.get_by_role("searchbox").fill("coборна")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name="Аптека «Подорожник» № 1").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Аптека «Подорожник» № 1")
    page.goto(witness.site)
    page.get_by_role("link", name="Про шар «Аптеки»").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Аптеки")
    context.close()


def test_location_is_shown_or_explained(witness, page, context):
    located = MapPage(page, witness.site)
    located.open()
    page.get_by_role("button", name="Де я", exact=True).click()
    expect(page.locator(".message")).to_contain_text("Браузер не дозволяє сторінці знати, де ви")
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"longitude": 27.05, "latitude": 50.16, "accuracy": 30})
    page.get_by_role("button", name="Де я", exact=True).click()
    located.settle()
    assert re.search(r"map=16\.5/50\.16\d*/27\.05", located.address())
    context.set_geolocation({"longitude": 24.0, "latitude": 49.8})
    page.reload()
    located.wait()
    page.get_by_role("button", name="Де я", exact=True).click()
    expect(page.locator(".message")).to_contain_text("Ви за межами громади")
