"""The pages that a new portal begins with: those of the starter pack, with blanks for all facts."""

from typing import Any

from geoportal.core.database.current_sql import is_migrated
from geoportal.packs.applying.pages import describe_page
from geoportal.packs.extending import SHIPPED
from geoportal.packs.findings import Findings
from geoportal.packs.folder import PackFolder
from geoportal.packs.reading import read_section
from geoportal.packs.tables import BY_NAME
from geoportal.pages.facts import BLANKS
from geoportal.pages.models import Page
from geoportal.pages.services import create_page
from geoportal.pages.specs import PageText

STARTER = SHIPPED / "ukraine"


def load_missing_pages() -> list[str]:
    """Write the starter's pages that are not there; slugs of those written.

    Of the pack only the pages are read: `migrate` does not wait for its layers and their styles.
    """
    standing = set(Page.objects.values_list("slug", flat=True))
    written = []
    for entry in read_section(PackFolder(STARTER, Findings()), BY_NAME["pages"]):
        slug = entry.text("slug")
        if slug not in standing:
            create_page(slug=slug, text=PageText(**describe_page(entry, BLANKS, {})))  # type: ignore[arg-type]
            written.append(slug)
    return written


def load_after_migrate(using: str, **kwargs: Any) -> None:
    """Receiver of `post_migrate`: does nothing while the tables of pages are on their way."""
    if using == "default" and is_migrated("pages", using):
        load_missing_pages()
