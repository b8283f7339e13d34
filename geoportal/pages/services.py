"""Writes pages: every save is a version, nothing is ever lost."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from geoportal.accounts.models import User
from geoportal.core.errors import Conflict, InvalidInput, VersionMismatch
from geoportal.pages.models import Page, PageVersion
from geoportal.pages.selectors import access_version, get_page, require_editor
from geoportal.pages.specs import PageText, read_text


@transaction.atomic
def create_page(*, slug: str, text: PageText) -> Page:
    """A new page with its first version. Raises `Conflict`, `InvalidInput`."""
    if Page.objects.filter(slug=slug).exists():
        raise Conflict(_("There is a page “%(slug)s” already.") % {"slug": slug})
    page = Page(slug=slug, **vars(text))
    _require_clean(page)
    page.save()
    _append_version(page)
    return page


@transaction.atomic
def rewrite_page(*, slug: str, text: PageText, comment: str = "") -> Page:
    """Put a text into a page that stands, whoever wrote it last; a version if it differs."""
    return _write(_lock_page(slug), text, None, comment)


@transaction.atomic
def edit_page(*, slug: str, text: PageText, based_on: int, actor: User, comment: str = "") -> Page:
    """Save what an administrator wrote on top of the version `based_on`.

    Raises `NotAllowed`, `NotFound`, `InvalidInput`, and `VersionMismatch` when somebody else has
    saved meanwhile. No version is made when nothing differs.
    """
    require_editor(actor)
    page = _lock_page(slug)
    if page.revision != based_on:
        raise VersionMismatch(
            _("Somebody else has saved this page meanwhile."), revision=page.revision
        )
    return _write(page, text, actor, comment)


@transaction.atomic
def restore_version(*, slug: str, number: int, based_on: int, actor: User) -> Page:
    """Bring an earlier version back as a new one. Raises as `edit_page` does."""
    version = access_version(actor, slug, number)
    comment = _("Version %(number)d brought back") % {"number": number}
    return edit_page(
        slug=slug, text=read_text(version), based_on=based_on, actor=actor, comment=comment
    )


def _lock_page(slug: str) -> Page:
    """Writers of one page follow one another."""
    return Page.objects.select_for_update().get(pk=get_page(slug).pk)


def _write(page: Page, text: PageText, actor: User | None, comment: str) -> Page:
    if read_text(page) == text:
        return page
    for name, value in vars(text).items():
        setattr(page, name, value)
    _require_clean(page)
    page.revision += 1
    page.updated_by = actor
    page.save()
    _append_version(page, comment)
    return page


def _append_version(page: Page, comment: str = "") -> None:
    PageVersion.objects.create(
        page=page,
        number=page.revision,
        author=page.updated_by,
        comment=comment,
        **vars(read_text(page)),
    )


def _require_clean(page: Page) -> None:
    try:
        page.full_clean(validate_unique=False)
    except ValidationError as error:
        raise InvalidInput(
            _("The page cannot be saved so; see `errors`."), errors=error.message_dict
        ) from error
