"""Reads pages and their versions."""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from geoportal.accounts.policies import Actor, is_administrator
from geoportal.core.errors import NotAllowed, NotFound
from geoportal.pages.models import Page, PageVersion


def get_page(slug: str) -> Page:
    """A page for everybody; raises `NotFound`."""
    return _require_page(Page.objects.filter(slug=slug).first())


def _require_page(page: Page | None) -> Page:
    if page is None:
        raise NotFound(_("There is no such page."))
    return page


def list_linked_pages() -> QuerySet[Page]:
    """Titles and places of pages in the menu or at the foot, without their texts."""
    linked = Page.objects.filter(in_menu=True) | Page.objects.filter(in_footer=True)
    return linked.only("slug", "title_uk", "title_en", "in_menu", "in_footer", "position")


def can_edit_pages(actor: Actor) -> bool:
    return is_administrator(actor)


def require_editor(actor: Actor) -> None:
    """Raises `NotAllowed`."""
    if not can_edit_pages(actor):
        raise NotAllowed(_("Only administrators of the portal edit its pages."))


def list_pages_for(actor: Actor) -> QuerySet[Page]:
    """All pages with their editors, for those who edit them."""
    require_editor(actor)
    return Page.objects.select_related("updated_by")


def access_page(actor: Actor, slug: str) -> Page:
    """The page, for editing."""
    return _require_page(list_pages_for(actor).filter(slug=slug).first())


def list_versions(page: Page) -> QuerySet[PageVersion]:
    """From the latest down, without their texts."""
    bodies = ("body_uk", "body_en")
    return page.versions.defer(*bodies).select_related("author")


def access_version(actor: Actor, slug: str, number: int) -> PageVersion:
    """One version of a page, for those who edit it."""
    page = access_page(actor, slug)
    version = page.versions.filter(number=number).select_related("author", "page").first()
    if version is None:
        raise NotFound(_("There is no such version of the page."))
    return version
