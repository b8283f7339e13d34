"""What every page needs to know of the site."""

from dataclasses import dataclass

from django.conf import settings
from django.db import Error
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from geoportal.accounts.policies import is_administrator, is_staff
from geoportal.pages.models import Page
from geoportal.pages.selectors import list_linked_pages


@dataclass(frozen=True)
class PageLinks:
    """Pages of the site that every page leads to."""

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


def site(request: HttpRequest) -> dict[str, object]:
    return {
        "demo": settings.DEMO,
        "staff_member": hasattr(request, "user") and is_staff(request.user),
        "administrator": hasattr(request, "user") and is_administrator(request.user),
        "page_links": SimpleLazyObject(find_page_links),
    }
