"""Markdown of a pack's page into the title and the text of one language, links turned into ours."""

import re
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from geoportal.packs.entries import Entry
from geoportal.packs.folder import PackFolder
from geoportal.packs.tables import PAGE
from geoportal.packs.values import Unfit
from geoportal.pages.specs import tidy

TITLE: Final = re.compile(r"\A\s*# +(?P<title>.+?)[ \t]*(?:\n|\Z)")
PAGE_LINK: Final = re.compile(
    r"\]\((?:[./a-z]*/)?(?P<slug>[a-z0-9-]+)(?:\.(?:uk|en))?\.md(?:#[^)\s]*)?\)"
)
MARK: Final = re.compile(r"\{\{ *(?P<name>[A-Za-z0-9_]+) *\}\}")


def read_page_text(folder: PackFolder, path: Path, page: Entry, language: str) -> None:
    """Put `title_…` and `body_…` into the page."""
    words = folder.read_text(path)
    if words is None:
        return
    match = TITLE.match(words)
    if match is None:
        message = _("A page begins with its title: # Title.")
        folder.findings.error(folder.place(path, 1), message)
        return
    parts = {f"title_{language}": match["title"], f"body_{language}": tidy(words[match.end() :])}
    for key, value in parts.items():
        try:
            page.put(key, PAGE.keys[key].check(value), folder.place(path, 1))
        except Unfit as error:
            folder.findings.error(folder.place(path, 1), f"{key}: {error}")


def list_matches(pattern: re.Pattern[str], path: Path) -> list[tuple[re.Match[str], int]]:
    """Everything in a page's file that matches, with its line."""
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    return [
        (match, number)
        for number, line in enumerate(lines, start=1)
        for match in pattern.finditer(line)
    ]
