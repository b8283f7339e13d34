"""What the texts of pages say of the community, and the blanks where it is not known yet.

In a text `{{ name }}` stands for a fact; where the fact is not known, words in brackets ask the
administrators for it. Links to another page name its file (`rules.md#anchor`), links to a place of
the site are `site:/data/`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from geoportal.pages.models import PageContent

PLACEHOLDER: Final = re.compile(r"\{\{ *(\w+) *\}\}")
PAGE_LINK: Final = re.compile(
    r"\]\((?:[./a-z]*/)?(?P<slug>[a-z0-9-]+)(?:\.(?:uk|en))?\.md(?P<anchor>#[^)\s]*)?\)"
)
SITE_LINK: Final = re.compile(r"\]\(site:(?P<path>/[^)\s]*)\)")


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
