"""The texts that come with the portal, and those of the invented community."""

import re

import pytest
from django.core.management import call_command

from geoportal.interface.models import Community
from geoportal.packs.applying.community import build_facts
from geoportal.packs.applying.pages import describe_page
from geoportal.packs.extending import SHIPPED, load_pack
from geoportal.packs.findings import Findings
from geoportal.packs.first_pages import STARTER, load_missing_pages
from geoportal.pages.emergency import insert_emergency_numbers
from geoportal.pages.facts import BLANKS, has_blanks
from geoportal.pages.models import Page
from geoportal.pages.rendering import render_markdown
from geoportal.pages.services import edit_page
from geoportal.pages.specs import PageText, read_text


@pytest.mark.django_db
def test_a_new_portal_has_every_page_in_both_languages():
    pages = {page.slug: page for page in Page.objects.all()}
    assert set(pages) == set(PLACES)
    for page in pages.values():
        assert page.title_uk
        assert page.title_en
        assert len(page.body_uk) > 400
        assert len(page.body_en) > 400
        assert page.revision == 1


@pytest.mark.django_db
def test_pages_that_stand_are_left_alone_by_later_migrations(administrator):
    text = PageText(title_uk="Наші правила")
    edit_page(slug="rules", text=text, based_on=1, actor=administrator)
    call_command("migrate", verbosity=0)
    assert load_missing_pages() == []
    assert read_text(Page.objects.get(slug="rules")) == text


@pytest.mark.django_db
def test_a_page_asks_for_the_facts_of_the_community_until_they_are_there():
    rules = Page.objects.get(slug="rules")
    assert has_blanks(rules)
    assert "[електронна пошта]" in rules.body_uk
    assert "[e-mail]" in rules.body_en


def build_starter() -> dict[str, PageText]:
    pages = load_pack(STARTER, Findings()).list("pages")
    return {page.text("slug"): PageText(**describe_page(page, BLANKS, {})) for page in pages}


def build_invented() -> dict[str, PageText]:
    """As `apply_pack kalynobrid` writes them."""
    pack = load_pack(SHIPPED / "kalynobrid", Findings())
    names = {name: pack.community.text(name) for name in ("name_uk", "name_en")}
    facts = build_facts(Community(**names, **pack.community.table("contacts")))
    phones = {each.text("slug"): each.text("phone") for each in pack.list("organisations")}
    return {
        page.text("slug"): PageText(**describe_page(page, facts, phones))
        for page in pack.list("pages")
    }


LANGUAGES = ("uk", "en")
STARTERS = build_starter()
INVENTED = build_invented()
PLACES = tuple(STARTERS)


@pytest.fixture
def every() -> dict[str, PageText]:
    """Pages of the starter, and of the invented community."""
    return STARTERS | {f"demo/{slug}": text for slug, text in INVENTED.items()}


@pytest.mark.parametrize("slug", [*PLACES, *(f"demo/{slug}" for slug in PLACES)])
@pytest.mark.parametrize("language", LANGUAGES)
def test_links_between_pages_lead_to_headings_that_are_there(every, slug, language):
    texts = {name: getattr(every[name], f"body_{language}") for name in every}
    folder = "demo/" if slug.startswith("demo/") else ""
    for target, anchor in re.findall(r"\]\(/pages/([a-z-]+)/(?:#([^)]+))?\)", texts[slug]):
        headings = render_markdown(texts[folder + target]).headings
        assert not anchor or anchor in {heading.id for heading in headings}
    assert ".md" not in texts[slug]
    assert "site:" not in texts[slug]


@pytest.mark.parametrize("slug", [*PLACES, *(f"demo/{slug}" for slug in PLACES)])
def test_both_languages_have_the_same_parts(every, slug):
    shapes = [
        re.findall(r"<(h\d|table|ol|ul|li|tr|blockquote)\b", render_markdown(body).html)
        for body in (every[slug].body_uk, every[slug].body_en)
    ]
    assert shapes[0] == shapes[1]


@pytest.mark.parametrize("slug", PLACES)
def test_every_heading_begins_below_the_title_of_the_page(every, slug):
    assert not re.search(r"^# ", every[slug].body_uk + "\n" + every[slug].body_en, re.MULTILINE)


def test_nothing_but_the_emergency_numbers_is_left_to_fill_in(every, db):
    for name, text in every.items():
        body = insert_emergency_numbers(text.body_uk + text.body_en)
        left = set(re.findall(r"\{\{.*?\}\}", body))
        assert {mark for mark in left if "phone_of_" not in mark} == set(), name


def test_the_invented_community_has_its_own_pages():
    assert set(INVENTED) == set(PLACES)
    for slug, text in INVENTED.items():
        assert not has_blanks(text), slug
        assert "phone_of" not in text.body_uk + text.body_en
    assert "Калинобрідводоканал" in INVENTED["contacts"].body_uk
    assert "вигадано" in INVENTED["about"].body_uk
