"""Pages of the site: the preview follows the writer, and works by its button without scripts."""

import re

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from geoportal.accounts.models import User
from geoportal.pages.models import Page as SitePage
from tests.browser.conftest import SHARP

pytestmark = SHARP

EDITOR = "/staff/pages/rules/"


@pytest.fixture
def writer(witness, page: Page) -> Page:
    """The browser of an administrator."""
    client = Client()
    client.force_login(User.objects.create_superuser("writer@example.org"))
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": witness.site}]
    )
    return page


def test_preview_follows_what_is_written_and_saving_publishes_it(writer, witness):
    writer.goto(f"{witness.site}{EDITOR}")
    writer.locator("#id_body_uk").fill("## Новий розділ\n\n<script>alert(1)</script>")
    preview = writer.locator("[data-preview=uk]")
    expect(preview.get_by_role("heading", name="Новий розділ")).to_be_visible()
    expect(preview).to_contain_text("<script>alert(1)</script>")
    assert SitePage.objects.get(slug="rules").revision == 1
    writer.locator("button[value=save]").click()
    expect(writer.get_by_role("status")).to_be_visible()
    writer.goto(f"{witness.site}/pages/rules/")
    expect(writer.get_by_role("heading", name="Новий розділ")).to_be_visible()
    assert witness.complaints == []
    assert witness.outside == []


def test_what_was_not_saved_is_not_left_by_accident(writer, witness):
    writer.goto(f"{witness.site}{EDITOR}")
    asked = []

    def stay(dialog):
        asked.append(dialog.type)
        dialog.accept()

    writer.on("dialog", stay)
    writer.locator("#id_comment").press_sequentially("Не збережено")
    writer.goto(f"{witness.site}/data/")
    assert asked == ["beforeunload"]


def test_contents_lead_to_their_headings_by_keyboard(writer, witness):
    writer.goto(f"{witness.site}/pages/rules/")
    link = writer.locator(".article-contents a").nth(1)
    link.focus()
    writer.keyboard.press("Enter")
    expect(writer).to_have_url(re.compile("#"))
    expect(writer.locator(".article h2").nth(1)).to_be_in_viewport()


@pytest.mark.parametrize("width", [390, 1400])
@pytest.mark.parametrize("path", ["/pages/how-it-works/", "/staff/pages/", EDITOR])
def test_nothing_is_wider_than_the_screen(writer, witness, path, width):
    writer.set_viewport_size({"width": width, "height": 844})
    writer.goto(f"{witness.site}{path}")
    assert writer.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_editor_works_without_scripts(witness, writer, browser):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(writer.context.cookies())
    plain = context.new_page()
    plain.goto(f"{witness.site}{EDITOR}")
    plain.locator("#id_body_uk").fill("## Без скриптів")
    plain.locator("button[value=preview]").click()
    expect(plain.locator("[data-preview=uk] h2")).to_have_text("Без скриптів")
    expect(plain.locator("#id_body_uk")).to_have_value("## Без скриптів")
    assert SitePage.objects.get(slug="rules").revision == 1
    context.close()
