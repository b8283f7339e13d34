"""Pages of the site for the invented community: some are its own, the rest default texts."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Final

from django.db import transaction

from geoportal.accounts.models import Organisation
from geoportal.demo import community
from geoportal.demo.organisations import BY_SLUG, CITY_COUNCIL, contact_of
from geoportal.pages.defaults import PLACES, TEXTS, CommunityFacts, build_default_text
from geoportal.pages.models import Page
from geoportal.pages.services import create_page, rewrite_page
from geoportal.pages.specs import PageText

OWN_TEXTS: Final = Path(__file__).parent
PHONE_OF: Final = re.compile(r"\{\{ phone_of_(\w+) \}\}")
EMAIL: Final = contact_of(CITY_COUNCIL)
FACTS: Final = {
    "uk": CommunityFacts(
        community=f"{community.COMMUNITY_UK} міська територіальна громада",
        authority="виконавчий комітет Калинобрідської міської ради (код ЄДРПОУ "
        f"{community.CITY_COUNCIL_EDRPOU})",
        address=f"{community.POST_CODE}, Україна, {community.OBLAST_UK}, {community.RAION_UK}, "
        f"м. {community.TOWN_UK}, вул. Шевченка, 2",
        email=f"[{EMAIL}](mailto:{EMAIL})",
        phone=community.phone(100),
        hours="понеділок – четвер 8:00–17:15, п’ятниця 8:00–16:00, перерва 12:00–13:00",
        reviewed="1 жовтня 2026 року",
    ),
    "en": CommunityFacts(
        community=f"the {community.TOWN_EN} territorial community",
        authority=f"the Executive Committee of {BY_SLUG[CITY_COUNCIL].name_en}",
        address=f"2 Shevchenka Street, {community.TOWN_EN}, Khmelnytskyi oblast, "
        f"{community.POST_CODE}, Ukraine",
        email=f"[{EMAIL}](mailto:{EMAIL})",
        phone=community.phone(100),
        hours="Monday to Thursday 8:00–17:15, Friday 8:00–16:00, break 12:00–13:00",
        reviewed="1 October 2026",
    ),
}


@transaction.atomic
def write_pages() -> int:
    """Every page as the invented community has it; returns how many were written or changed.

    What was changed by hand goes back, as a version of its own: nothing of it is lost.
    """
    standing = dict(Page.objects.values_list("slug", "revision"))
    changed = 0
    for slug in PLACES:
        text = insert_phones(build_default_text(slug, FACTS, (OWN_TEXTS, TEXTS)))
        if slug not in standing:
            create_page(slug=slug, text=text)
            changed += 1
        else:
            changed += rewrite_page(slug=slug, text=text).revision != standing[slug]
    return changed


def insert_phones(text: PageText) -> PageText:
    """Phones of organisations that the texts name by their slugs."""
    phones = dict(Organisation.objects.values_list("slug", "phone"))

    def find(match: re.Match[str]) -> str:
        return phones[match[1].replace("_", "-")]

    return replace(
        text,
        body_uk=PHONE_OF.sub(find, text.body_uk),
        body_en=PHONE_OF.sub(find, text.body_en),
    )
