"""Pages beside the map: what scripts add to them."""

import re

from playwright.sync_api import expect


def test_page_of_an_object_has_a_small_map_and_leads_to_the_large_one(map_page):
    page = map_page.page
    page.goto(f"{map_page.site}/layers/pharmacies/0/")
    page.wait_for_selector("#place-map[data-map-state='idle']", timeout=20_000)
    page.get_by_role("link", name="Показати на карті").click()
    map_page.wait()
    map_page.expect_card("Аптека «Подорожник» № 1")


def test_address_of_a_service_is_copied(map_page, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = map_page.page
    page.goto(f"{map_page.site}/layers/pharmacies/")
    page.locator("button.copy").first.click()
    expect(page.locator("button.copy").first).to_have_text("Скопійовано")
    assert page.evaluate("() => navigator.clipboard.readText()") == f"{map_page.site}/ogc/"


def test_link_to_the_view_is_copied(map_page, context):
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    map_page.open("#map=15/50.18/27.07&layers=parks")
    map_page.page.get_by_role("button", name="Поділитися цим виглядом").click()
    expect(map_page.page.locator(".message")).to_have_text("Посилання скопійовано.")
    copied = map_page.page.evaluate("() => navigator.clipboard.readText()")
    assert re.search(r"#map=15/50\.18\d*/27\.07\d*&layers=parks$", copied)


def test_values_that_need_a_browser_look_the_same_on_the_map_and_on_pages(map_page):
    from tests.geoportal.mapkit.value_cases import NEED_A_BROWSER

    page = map_page.page
    map_page.open()
    for language in ("uk", "en"):
        page.goto(f"{map_page.site}/?lang={language}")
        for kind, value, expected in NEED_A_BROWSER:
            shown = page.evaluate(
                """async ([kind, value]) => {
                  // As they are written, beside those that the page has joined.
                  const { useLanguage } = await import("/static/interface/js/i18n.mjs");
                  const { formatValue } = await import("/static/mapkit/js/values.mjs");
                  const brought = JSON.parse(document.getElementById("map-config").textContent);
                  const { language, words } = await (await fetch(brought.document)).json();
                  useLanguage(language, words);
                  return formatValue({ type: kind, unit: "", choices: [] }, value).text;
                }""",
                [kind, value],
            )
            assert shown == expected[language], (kind, value)
