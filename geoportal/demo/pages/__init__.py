"""Pages of the site for the invented community: some are its own, the rest default texts."""

from pathlib import Path
from typing import Final

from django.db import transaction

from geoportal.accounts.models import Organisation
from geoportal.demo import community
from geoportal.demo.organisations import BY_SLUG, CITY_COUNCIL, contact_of
from geoportal.packs.applying.pages import describe_page
from geoportal.packs.extending import load_pack
from geoportal.packs.findings import Findings
from geoportal.packs.first_pages import STARTER
from geoportal.packs.folder import PAGE_FILE, PackFolder
from geoportal.packs.page_files import read_page_text
from geoportal.pages.facts import CommunityFacts
from geoportal.pages.models import Page
from geoportal.pages.services import create_page, rewrite_page
from geoportal.pages.specs import PageText

OWN_TEXTS: Final = Path(__file__).parent
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
    for slug, text in build_texts().items():
        if slug not in standing:
            create_page(slug=slug, text=text)
            changed += 1
        else:
            changed += rewrite_page(slug=slug, text=text).revision != standing[slug]
    return changed


def build_texts() -> dict[str, PageText]:
    """The starter's pages, and in their place those that the community has of its own."""
    phones = dict(Organisation.objects.values_list("slug", "phone"))
    findings = Findings()
    own = PackFolder(OWN_TEXTS, findings)
    texts = {}
    for entry in load_pack(STARTER, findings).list("pages"):
        slug = entry.text("slug")
        for path in own.list_in(".", ".md"):
            match = PAGE_FILE.fullmatch(path.name)
            if match and match["slug"] == slug:
                read_page_text(own, path, entry, match["language"])
        texts[slug] = PageText(**describe_page(entry, FACTS, phones))  # type: ignore[arg-type]
    return texts
