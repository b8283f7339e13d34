"""Ukrainian by default whatever the browser prefers; English complete once it is chosen."""

import re

from playwright.sync_api import Page, expect

CYRILLIC = re.compile(r"[А-Яа-яІіЇїЄєҐґ]+")
# Data of the community stay in Ukrainian where they have no English; so does the switch back.
OWN_WORDS = re.compile(
    r"УКР|Українська|Подорожник|Аптека|Північний|М'ята|вул\.|Соборна|Міська рада|ліки|здоров.я"
)
PAGES = ("/", "/data/", "/layers/pharmacies/", "/accounts/login/")


def read_words(page: Page) -> str:
    """Everything that is read or heard: texts, labels, titles, placeholders."""
    return str(
        page.evaluate(
            """() => {
              const skip = ".maplibregl-map, .table, script, button[lang]";
              const texts = [];
              for (const node of document.querySelectorAll("body *")) {
                if (node.closest(skip)) continue;
                for (const name of ["aria-label", "title", "placeholder"])
                  texts.push(node.getAttribute(name) ?? "");
                for (const child of node.childNodes)
                  if (child.nodeType === Node.TEXT_NODE) texts.push(child.textContent);
              }
              return texts.join("\\n");
            }"""
        )
    )


def test_page_is_ukrainian_though_the_browser_asks_for_english(map_page):
    map_page.open()
    expect(map_page.page.locator("html")).to_have_attribute("lang", "uk")
    for text in ("Шари", "Що видно", "Назва, адреса або шар"):
        assert text in read_words(map_page.page)


def test_switch_keeps_the_view_and_leaves_no_ukrainian_word_of_the_interface(map_page):
    map_page.open("#map=15/50.18/27.07&layers=routes")
    page = map_page.page
    page.get_by_role("button", name="English").click()
    map_page.wait()
    assert map_page.address() == "map=15/50.18/27.07&layers=routes"
    expect(page.get_by_role("checkbox", name="Pharmacies")).to_be_attached()
    page.get_by_role("tab", name="In view").click()
    for path in PAGES:
        if path != "/":
            page.goto(map_page.site + path)
        expect(page.locator("html")).to_have_attribute("lang", "en")
        words = CYRILLIC.findall(OWN_WORDS.sub("", read_words(page)))
        assert words == [], path


def test_card_speaks_english_with_english_dates_and_numbers(map_page):
    map_page.open("#feature=pharmacies/0", query="?lang=en")
    map_page.expect_card("Аптека «Подорожник» № 1")
    expect(map_page.card()).to_contain_text("Open day and night")
    facts = map_page.card().locator(".facts").inner_text()
    for text in ("Municipal", "20 November 2026, 14:05", "84.5"):
        assert text in facts
    expect(map_page.card().get_by_role("link", name="Details")).to_be_visible()


def test_no_message_id_is_left_in_the_ukrainian_interface(map_page):
    map_page.open()
    page = map_page.page
    for path in PAGES:
        if path != "/":
            page.goto(map_page.site + path)
        latin = re.findall(r"\b[A-Z][a-z]+(?: [a-z]+)+\b", read_words(page))
        assert latin == [], path
