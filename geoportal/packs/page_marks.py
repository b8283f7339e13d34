"""Marks in the texts of pages: `{{ phone }}` and the like, and what is put in their place."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from typing import Final

from django.utils.translation import gettext as _

from geoportal.packs.entries import Entry
from geoportal.packs.findings import Findings, Place
from geoportal.packs.page_files import MARK, PAGE_LINK, list_matches
from geoportal.packs.values import show, suggest
from geoportal.pages.facts import BLANKS, CommunityFacts, fill

PHONE_OF: Final = "phone_of_"
# Filled in at every reading of a page.
LATER: Final = "emergency_numbers"
FACTS: Final = tuple(fact.name for fact in fields(CommunityFacts))


def fill_marks(text: str, facts: CommunityFacts, phones: Mapping[str, str], blank: str) -> str:
    """Facts, links, phones; a phone that is not known becomes the `blank`."""

    def find_phone(name: str) -> str:
        return phones.get(name.removeprefix(PHONE_OF).replace("_", "-")) or blank

    filled = MARK.sub(
        lambda match: find_phone(match["name"]) if match["name"].startswith(PHONE_OF) else match[0],
        text,
    )
    return fill(filled, facts)


def check_marks(
    pages: Iterable[Entry], slugs: Collection[str], organisations: Collection[str],
    findings: Findings,
) -> None:  # fmt: skip
    """Marks are known, links to other pages lead to one."""
    phones = {f"{PHONE_OF}{slug.replace('-', '_')}" for slug in organisations}
    for page in pages:
        for key in ("body_uk", "body_en"):
            if key in page:
                _check_file(page.place_of(key), slugs, {*FACTS, LATER, *phones}, findings)


def _check_file(
    place: Place, slugs: Collection[str], marks: Collection[str], findings: Findings
) -> None:
    for match, line in list_matches(MARK, place.file):
        if match["name"] not in marks:
            message = _("The mark %s is not known.") % show(match["name"])
            findings.error(
                Place(place.root, place.file, line), message + suggest(match["name"], marks)
            )
    for match, line in list_matches(PAGE_LINK, place.file):
        if match["slug"] not in slugs:
            message = _("There is no page %s.") % show(match["slug"])
            findings.error(
                Place(place.root, place.file, line), message + suggest(match["slug"], slugs)
            )


def remark_blanks(
    pages: Iterable[Entry], facts: Mapping[str, CommunityFacts], findings: Findings
) -> None:
    """Which facts the pages still wait for: one remark a page."""
    for page in pages:
        for language, known in facts.items():
            key = f"body_{language}"
            wanted = {match["name"] for match in MARK.finditer(page.text(key))} & set(FACTS)
            blank = vars(BLANKS[language])
            missing = sorted(name for name in wanted if vars(known)[name] == blank[name])
            if missing:
                message = _("Not known yet, left blank: %(names)s.")
                findings.remark(page.place_of(key), message % {"names": ", ".join(missing)})
