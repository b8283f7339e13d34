"""The page that takes files: they come in pieces by tus before, or whole with the form."""

import uuid
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from geoportal.accounts.models import Organisation, User
from geoportal.accounts.policies import (
    EDITING_ROLES,
    can_work_somewhere,
    is_administrator,
    list_memberships,
    require_user,
)
from geoportal.accounts.selectors import list_organisations
from geoportal.core.errors import DomainError, InvalidInput, NotAllowed
from geoportal.interface.jscatalog import get_script_words
from geoportal.staff.access import access_layer_to_edit, working_page
from geoportal.staff.imports.starting import (
    Aim,
    keep_files,
    list_waiting,
    start_from_address,
    start_imports,
    start_several,
)
from geoportal.staff.imports.targets import list_targets
from importers.formats.registry import list_titles
from importers.models import Import
from importers.remote.address import show_address
from importers.remote.errors import DatasetUnchosen
from importers.stages.services import PURPOSE

SCRIPT = "staff/js/imports/new.mjs"
# What a form says of the layer, while one dataset of an address is chosen.
NOTE_LETTERS = 200
KEPT = ("address", "into", "layer", "slug", "organisation")


@require_http_methods(["GET", "HEAD", "POST"])
@working_page
def new_page(request: HttpRequest) -> HttpResponse:
    """`layer` in the query chooses one; a refused form keeps the files that came."""
    user = require_user(request.user)
    if not can_work_somewhere(user):
        raise NotAllowed(_("Officers of organisations and administrators import files."))
    if request.method != "POST":
        return render_form(request, user)
    if request.POST.get("address", "").strip():
        return begin_from_address(request, user)
    try:
        kept = keep_files(user, request.FILES.getlist("files"))
        upload_ids = [*read_ids(request.POST.getlist("uploads")), *kept]
    except DomainError as refusal:
        return render_form(request, user, error=str(refusal.message), status=refusal.status)
    try:
        imports = start_imports(actor=user, upload_ids=upload_ids, aim=read_aim(request, user))
    except DomainError as refusal:
        return render_form(request, user, upload_ids, str(refusal.message), refusal.status)
    return go_to(imports)


def go_to(imports: Sequence[Import]) -> HttpResponse:
    """One has its page, several have one together."""
    if len(imports) == 1:
        return redirect("staff:import", imports[0].pk)
    return redirect("staff:import-group", imports[0].group_id)


def begin_from_address(request: HttpRequest, user: User) -> HttpResponse:
    """Where several datasets stand there, it is asked which of them; `all` says all."""
    named = request.POST.getlist("dataset")
    try:
        if len(named) > 1 or "all" in request.POST:
            several = start_several(
                actor=user,
                address=request.POST["address"],
                datasets=() if "all" in request.POST else named,
                aim=read_aim(request, user),
            )
            return go_to(several)
        import_ = start_from_address(
            actor=user,
            address=request.POST["address"],
            dataset=request.POST.get("dataset", ""),
            aim=read_aim(request, user),
        )
    except DatasetUnchosen as refusal:
        context = {
            "place": "imports",
            "address": show_address(request.POST["address"]),
            "unchosen": "listed" in request.POST,
            "is_into_layer": request.POST.get("into") != "new",
            "datasets": show_datasets(refusal.extra["datasets"]),
            "kept": [(name, request.POST[name]) for name in KEPT if name in request.POST],
        }
        return render(request, "staff/imports/datasets.html", context)
    except DomainError as refusal:
        return render_form(request, user, error=str(refusal.message), status=refusal.status)
    return redirect("staff:import", import_.pk)


def show_datasets(found: Any) -> list[dict[str, str]]:
    """Each with a line of what else is known of it."""
    facts = ("name", "format", "licence", "description")
    return [
        one | {"note": " · ".join(str(one[name])[:NOTE_LETTERS] for name in facts if one[name])}
        for one in found
    ]


def read_ids(texts: list[str]) -> list[uuid.UUID]:
    try:
        return [uuid.UUID(text) for text in texts]
    except ValueError as error:
        raise InvalidInput(_("The form names a file that is none. Choose it once more.")) from error


def read_aim(request: HttpRequest, user: User) -> Aim:
    """Raises `InvalidInput`, and what access to the layer is refused for."""
    if request.POST.get("into") != "new":
        slug = request.POST.get("layer", "")
        if not slug:
            raise InvalidInput(_("Choose a layer, or say that it is a new one."))
        return Aim(layer=access_layer_to_edit(user, slug))
    owners = list_owners(user)
    slug = request.POST.get("organisation", "")
    owner = next((each for each in owners if each.slug == slug), owners[0] if owners else None)
    return Aim(slug=request.POST.get("slug", "").strip(), organisation=owner)


def list_owners(user: User) -> list[Organisation]:
    """Whom a new layer may belong to."""
    if is_administrator(user):
        return list(list_organisations())
    return [each.organisation for each in list_memberships(user) if each.role in EDITING_ROLES]


def render_form(
    request: HttpRequest,
    user: User,
    upload_ids: list[uuid.UUID] | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    given = request.POST if request.method == "POST" else request.GET
    layers = list_targets(user)
    context = {
        "place": "imports",
        "layers": layers,
        "organisations": list_owners(user),
        "chosen": given.get("layer", ""),
        "into": given.get("into") or ("layer" if layers else "new"),
        "slug": given.get("slug", ""),
        "organisation": given.get("organisation", ""),
        "address": given.get("address", ""),
        "waiting": list_waiting(user, upload_ids or []),
        "error": error,
        "endpoint": reverse("uploads", args=[PURPOSE]),
        "bytes_max": settings.UPLOAD_BYTES_MAX,
        "whole_max": settings.REQUEST_BYTES_MAX,
        "formats": list_titles(),
        "config": {"language": get_language(), "words": get_script_words(SCRIPT)},
    }
    return render(request, "staff/imports/new.html", context, status=status)
