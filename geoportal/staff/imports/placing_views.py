"""Addresses that were not found, placed by hand: a list beside a map."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from geoportal.core.errors import DomainError
from geoportal.staff.access import working_page
from geoportal.staff.imports.placing_forms import (
    SHOWN_MAX,
    AddressShown,
    is_house,
    keep_written,
    read_places,
    show_addresses,
)
from importers.addresses.book import open_book
from importers.addresses.candidates import list_candidates
from importers.models import Import
from importers.stages.answers import ADDRESS_LENGTH_MAX, build_addresses
from importers.stages.checking import get_proposed
from importers.stages.placing import list_open_addresses, place_addresses
from importers.stages.selectors import access_import
from importers.states import State


@require_http_methods(["GET", "HEAD", "POST"])
@working_page
def placing_page(request: HttpRequest, number: int) -> HttpResponse:
    """Saved places are answers of the import: the rows are checked again with them."""
    import_ = access_import(request.user, number)
    addresses = list_open_addresses(import_) if import_.state == State.READY else []
    if not addresses:
        messages.info(request, _("No addresses of this import wait to be placed."))
        return redirect("staff:import", number)
    book, settlement = open_book(), find_settlement(import_)
    shown = show_addresses(addresses, book, settlement)
    if request.method != "POST":
        return render_placing(request, import_, shown, len(addresses))
    read = read_places(request.POST, addresses, book, settlement)
    if read.errors:
        kept = keep_written(shown, request.POST, read.errors)
        return render_placing(request, import_, kept, len(addresses), status=400)
    try:
        _standing, changed = place_addresses(import_, read.places)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        return render_placing(
            request, import_, keep_written(shown, request.POST, {}), len(addresses), status=409
        )
    messages.success(request, say_placed(changed))
    return redirect("staff:import", number)


def say_placed(changed: int) -> str:
    if not changed:
        return _("Nothing was changed, so nothing was saved.")
    words = ngettext(
        "%(count)s address is placed otherwise; the rows are checked again.",
        "%(count)s addresses are placed otherwise; the rows are checked again.",
        changed,
    )
    return words % {"count": changed}


def find_settlement(import_: Import) -> str:
    return build_addresses(get_proposed(import_) | import_.answers).settlement


def render_placing(
    request: HttpRequest,
    import_: Import,
    shown: list[AddressShown],
    count: int,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "place": "imports",
        "import": import_,
        "addresses": shown,
        "count": count,
        "more": max(0, count - SHOWN_MAX),
        "errors": sum(bool(each.error) for each in shown),
    }
    return render(request, "staff/imports/addresses.html", context, status=status)


@require_safe
@working_page
def find_places(request: HttpRequest, number: int) -> JsonResponse:
    """Where the text `address` may be, by the register: the likeliest first."""
    import_ = access_import(request.user, number)
    text = request.GET.get("address", "")[:ADDRESS_LENGTH_MAX]
    found = list_candidates(open_book(), text, find_settlement(import_))
    return JsonResponse(
        {
            "places": [
                {
                    "title": each.spot.title,
                    "lon": each.spot.lon,
                    "lat": each.spot.lat,
                    "is_house": is_house(each),
                }
                for each in found
            ]
        }
    )
