"""Where administrators write the pages: text and preview side by side, and every version."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from geoportal.accounts.policies import require_user
from geoportal.core.errors import VersionMismatch
from geoportal.pages.comparison import compare_pages
from geoportal.pages.facts import has_blanks
from geoportal.pages.forms import PageForm, RestoreForm
from geoportal.pages.models import Page, PageVersion
from geoportal.pages.selectors import access_page, access_version, list_pages_for, list_versions
from geoportal.pages.services import edit_page, restore_version
from geoportal.pages.specs import PageText, read_text
from geoportal.pages.views import render_body

LANGUAGES = ("uk", "en")
VERSIONS_SHOWN = 100


@require_safe
@login_required
def list_pages(request: HttpRequest) -> HttpResponse:
    pages = [(page, has_blanks(page)) for page in list_pages_for(request.user)]
    return render(request, "pages/list.html", {"pages": pages})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """`action=preview` shows what was written and saves nothing."""
    page = access_page(request.user, slug)
    if request.method != "POST":
        initial = vars(read_text(page)) | {"based_on": page.revision}
        return render_editor(request, page, PageForm(initial=initial))
    form = PageForm(request.POST)
    if request.POST.get("action") == "preview" or not form.is_valid():
        return render_editor(request, page, form)
    try:
        saved = edit_page(
            slug=slug,
            text=form.build_text(),
            based_on=form.cleaned_data["based_on"],
            actor=require_user(request.user),
            comment=form.cleaned_data["comment"],
        )
    except VersionMismatch:
        return render_conflict(request, slug, form)
    tell_saved(request, page, saved)
    return HttpResponseRedirect(reverse("pages:edit", args=[slug]))


def tell_saved(request: HttpRequest, before: Page, saved: Page) -> None:
    if saved.revision == before.revision:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
    else:
        messages.success(request, _("The page is saved."))


def render_conflict(request: HttpRequest, slug: str, form: PageForm) -> HttpResponse:
    """Both texts: what stands now, and the writer's own, which is on top of it from now on."""
    page = access_page(request.user, slug)
    data = request.POST.copy()
    data["based_on"] = str(page.revision)
    mine, theirs = form.build_text(), read_text(page)
    return render_editor(request, page, PageForm(data), conflict=(mine, theirs))


def render_editor(
    request: HttpRequest,
    page: Page,
    form: PageForm,
    conflict: tuple[PageText, PageText] | None = None,
) -> HttpResponse:
    context = {
        "page": page,
        "form": form,
        "parts": [build_part(form, language, conflict) for language in LANGUAGES],
        "conflict": conflict is not None,
        "editor": page.updated_by,
        "versions": list_versions(page)[:VERSIONS_SHOWN],
    }
    return render(request, "pages/edit.html", context, status=409 if conflict else 200)


def build_part(
    form: PageForm, language: str, conflict: tuple[PageText, PageText] | None
) -> dict[str, object]:
    """One language of the form: its fields, the preview, and what somebody else has saved."""
    title, body = form[f"title_{language}"], form[f"body_{language}"]
    theirs = None
    if conflict is not None:
        mine, standing = (
            (getattr(text, f"title_{language}"), getattr(text, f"body_{language}"))
            for text in conflict
        )
        theirs = dict(zip(("title", "body"), standing, strict=True)) if mine != standing else None
    return {
        "language": language,
        "title": title,
        "body": body,
        "preview": render_body(str(body.value() or "")).html,
        "theirs": theirs,
    }


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def show_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """A version and what it says otherwise than the page; a POST brings it back."""
    version = access_version(request.user, slug, number)
    if request.method != "POST":
        return render_version(request, version)
    form = RestoreForm(request.POST)
    based_on = form.cleaned_data["based_on"] if form.is_valid() else 0
    actor = require_user(request.user)
    try:
        restore_version(slug=slug, number=number, based_on=based_on, actor=actor)
    except VersionMismatch:
        return render_version(request, access_version(actor, slug, number), conflict=True)
    messages.success(request, _("The version is brought back."))
    return HttpResponseRedirect(reverse("pages:edit", args=[slug]))


def render_version(
    request: HttpRequest, version: PageVersion, *, conflict: bool = False
) -> HttpResponse:
    parts = [
        (code, getattr(version, f"title_{code}"), render_body(getattr(version, f"body_{code}")))
        for code in LANGUAGES
    ]
    context = {
        "version": version,
        "page": version.page,
        "differences": compare_pages(read_text(version.page), read_text(version)),
        "parts": parts,
        "conflict": conflict,
    }
    return render(request, "pages/version.html", context, status=409 if conflict else 200)
