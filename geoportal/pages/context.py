"""Pages of the site that every page leads to."""

from dataclasses import dataclass

from django.db import Error
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from geoportal.pages.models import Page
from geoportal.pages.selectors import list_linked_pages


@dataclass(frozen=True)
class PageLinks:
    """`menu` stands in the panel of the map, `footer` under every other page."""

    menu: tuple[Page, ...] = ()
    footer: tuple[Page, ...] = ()


def find_page_links() -> PageLinks:
    """None when the database is away: the page that says so is drawn without them."""
    try:
        pages = list(list_linked_pages())
    except Error:
        return PageLinks()
    return PageLinks(
        menu=tuple(page for page in pages if page.in_menu),
        footer=tuple(page for page in pages if page.in_footer),
    )


def page_links(request: HttpRequest) -> dict[str, object]:
    return {"page_links": SimpleLazyObject(find_page_links)}
