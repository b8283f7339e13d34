"""Which parts of one file are imported, and into which layers each of them goes."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from geoportal.accounts.policies import require_user
from geoportal.core.errors import DomainError
from geoportal.staff.access import working_page
from geoportal.staff.imports.import_views import build_parts, render_import
from geoportal.staff.imports.parts_shown import PartShown, read_aims, show_parts
from importers.models import Import
from importers.stages.dividing import divide_import
from importers.stages.parts import list_parts
from importers.stages.selectors import access_import


@require_http_methods(["GET", "HEAD", "POST"])
@working_page
def parts_page(request: HttpRequest, number: int) -> HttpResponse:
    """A refused form keeps what it said."""
    import_ = access_import(request.user, number)
    parts = list_parts(import_)
    if not parts:
        return redirect("staff:import", number)
    if request.method != "POST":
        return render_parts(request, import_, show_parts(parts))
    actor = require_user(request.user)
    try:
        imports = divide_import(actor=actor, import_=import_, aims=read_aims(parts, request.POST))
    except DomainError as refusal:
        errors = refusal.extra.get("errors", {})
        shown = show_parts(parts, request.POST, errors if isinstance(errors, dict) else {})
        return render_parts(request, import_, shown, str(refusal.message), refusal.status)
    if len(imports) > 1 and imports[0].group_id is not None:
        return redirect("staff:import-group", imports[0].group_id)
    return redirect("staff:import", number)


def render_parts(
    request: HttpRequest,
    import_: Import,
    shown: Sequence[PartShown],
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    more = build_parts(request, shown)
    return render_import(request, import_, refusal=refusal, status=status, more=more)
