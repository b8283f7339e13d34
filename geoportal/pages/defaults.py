"""The texts that a new portal begins with, from files; `texts/<language>/<slug>.md`.

A file begins with `# Title`. In it `{{ name }}` stands for a fact of the community; where the fact
is not known yet, words in brackets ask the administrators for it. Links to another page name its
file (`rules.md#anchor`), links to a place of the site are `site:/data/`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from geoportal.core.current_sql import is_migrated
from geoportal.pages.models import Page, PageContent
from geoportal.pages.services import create_page
from geoportal.pages.specs import PageText, tidy

TEXTS: Final = Path(__file__).parent / "texts"
LANGUAGES: Final = ("uk", "en")
TITLE: Final = re.compile(r"\A# +(?P<title>.+?)\s*\n")
PLACEHOLDER: Final = re.compile(r"\{\{ *(\w+) *\}\}")
PAGE_LINK: Final = re.compile(r"\]\((?:[./a-z]*/)?(?P<slug>[a-z0-9-]+)\.md(?P<anchor>#[^)\s]*)?\)")
SITE_LINK: Final = re.compile(r"\]\(site:(?P<path>/[^)\s]*)\)")


@dataclass(frozen=True)
class Place:
    """Where a page is linked from: `position` orders them everywhere."""

    position: int
    in_menu: bool = False
    in_footer: bool = True


PLACES: Final[Mapping[str, Place]] = {
    "how-it-works": Place(10, in_menu=True),
    "rules": Place(20, in_menu=True),
    "about": Place(30),
    "contacts": Place(40, in_menu=True),
    "privacy": Place(50),
    "accessibility": Place(60),
}


@dataclass(frozen=True)
class CommunityFacts:
    """What the texts say of a community in one language; `reviewed` is a date in words."""

    community: str
    authority: str
    address: str
    email: str
    phone: str
    hours: str
    reviewed: str


BLANKS: Final[Mapping[str, CommunityFacts]] = {
    "uk": CommunityFacts(
        community="[назва громади]",
        authority="[назва ради або її виконавчого органу]",
        address="[адреса]",
        email="[електронна пошта]",
        phone="[телефон]",
        hours="[години роботи]",
        reviewed="[дата]",
    ),
    "en": CommunityFacts(
        community="[name of the community]",
        authority="[name of the council or its executive body]",
        address="[address]",
        email="[e-mail]",
        phone="[phone]",
        hours="[working hours]",
        reviewed="[date]",
    ),
}


def build_default_text(
    slug: str,
    facts: Mapping[str, CommunityFacts] = BLANKS,
    folders: tuple[Path, ...] = (TEXTS,),
) -> PageText:
    """A page in both languages; the first folder that has its file is the one that counts."""
    parts: dict[str, Any] = {}
    for language in LANGUAGES:
        paths = (folder / language / f"{slug}.md" for folder in folders)
        path = next(path for path in paths if path.is_file())
        title, body = read_document(path.read_text(encoding="utf-8"), facts[language])
        parts |= {f"title_{language}": title, f"body_{language}": body}
    return PageText(**parts, **vars(PLACES[slug]))


def read_document(text: str, facts: CommunityFacts) -> tuple[str, str]:
    """Title and body of a file."""
    match = TITLE.match(text)
    if match is None:
        raise ValueError("a text begins with its title: # Title")
    return fill(match["title"], facts), tidy(fill(text[match.end() :], facts))


def fill(text: str, facts: CommunityFacts) -> str:
    """Put facts into a text; what is filled in at every reading stays as it is."""
    known = vars(facts)
    text = PLACEHOLDER.sub(lambda match: known.get(match[1], match[0]), text)
    text = PAGE_LINK.sub(lambda m: f"](/pages/{m['slug']}/{m['anchor'] or ''})", text)
    return SITE_LINK.sub(r"](\g<path>)", text)


def has_blanks(content: PageContent) -> bool:
    """Whether the text still asks for a fact of the community."""
    words = [word for facts in BLANKS.values() for word in vars(facts).values()]
    return any(word in content.body_uk or word in content.body_en for word in words)


def load_missing_pages() -> list[str]:
    """Write the default pages that are not there; slugs of those written."""
    standing = set(Page.objects.values_list("slug", flat=True))
    missing = [slug for slug in PLACES if slug not in standing]
    for slug in missing:
        create_page(slug=slug, text=build_default_text(slug))
    return missing


def load_after_migrate(using: str, **kwargs: Any) -> None:
    """Receiver of `post_migrate`: does nothing while the tables of pages are on their way."""
    if using == "default" and is_migrated("pages", using):
        load_missing_pages()
