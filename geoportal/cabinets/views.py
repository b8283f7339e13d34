"""The cabinet of an organisation: its lists, their map and files, bulk actions."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from geoportal.accounts.models import Organisation
from geoportal.accounts.policies import (
    can_manage_members,
    can_work_for,
    is_administrator,
    list_memberships,
    require_user,
)
from geoportal.accounts.selectors import access_cabinet, list_organisations
from geoportal.cabinets.bulk import BULK_ACTIONS, keep_bulk, run_bulk, take_bulk
from geoportal.cabinets.case import list_replies
from geoportal.cabinets.exports import render_export
from geoportal.cabinets.inbox import Sort, Tab, count_tabs, list_tab, with_assignment
from geoportal.cabinets.listing import Listing, list_categories
from geoportal.cabinets.paging import get_page
from geoportal.cabinets.places import MAP_PROBLEMS_MAX, answer_problems, list_outlines
from geoportal.cabinets.remaining import Clock
from geoportal.cabinets.rows import build_rows, with_pictures
from geoportal.cabinets.territory import list_watched, summarise
from geoportal.core.errors import InvalidInput
from geoportal.problems.workflow import Purpose, Resolution

ROWS_A_PAGE = 50


@never_cache
@require_safe
@login_required
def chooser(request: HttpRequest) -> HttpResponse:
    """The cabinets of the person; straight into the only one."""
    user = require_user(request.user)
    organisations = [each.organisation for each in list_memberships(user)]
    if len(organisations) == 1 and not is_administrator(user):
        return redirect("cabinets:inbox", organisations[0].slug)
    now = timezone.now()
    context = {
        "cabinets": [(each, count_tabs(user, each, now)) for each in organisations],
        "others": list_organisations() if is_administrator(user) else [],
    }
    return render(request, "cabinets/chooser.html", context)


@never_cache
@require_safe
@login_required
def inbox(request: HttpRequest, slug: str) -> HttpResponse:
    """The list of a tab, filtered and sorted, beside the map of the same problems."""
    organisation = access_cabinet(request.user, slug)
    now = timezone.now()
    listing = Listing.read(request, organisation, now)
    found = with_assignment(with_pictures(listing.problems), organisation)
    page = get_page(request, Paginator(found, ROWS_A_PAGE))
    context = build_context(request, organisation, listing) | {
        "rows": build_rows(page.items, Clock(now)),
        "page": page,
        "form": listing.build_form(request),
        "categories": list_categories(list_tab(request.user, organisation, listing.tab, now)),
        "sorts": Sort.choices,
        "listing_sort": listing.sort,
        "query": listing.as_query(),
        "map_url": reverse("cabinets:geojson", args=[slug]) + f"?{listing.as_query()}",
        "kept": take_bulk(request, slug),
        "bulk_actions": [(each.value, each.label) for each in BULK_ACTIONS],
        "replies": list_replies(organisation),
        "purposes": Purpose.choices,
        "resolutions": (Resolution.SOLVED, Resolution.NOT_SOLVABLE),
    }
    if listing.tab == Tab.TERRITORY:
        context["watched"] = list_watched(organisation)
        context["summary"] = summarise(listing.problems, now)
    return render(request, "cabinets/inbox.html", context)


def build_context(
    request: HttpRequest, organisation: Organisation, listing: Listing | None = None
) -> dict[str, object]:
    """What every page of a cabinet shows."""
    may_work = can_work_for(request.user, organisation.pk)
    tabs = listing.tabs if listing else count_tabs(request.user, organisation, timezone.now())
    return {
        "organisation": organisation,
        "tabs": tabs,
        "tab": listing.tab if listing else "",
        "may_work": may_work,
        "may_manage_members": can_manage_members(request.user, organisation.pk),
        "organisations": list_organisations().exclude(pk=organisation.pk) if may_work else [],
    }


@never_cache
@require_safe
@login_required
def geojson(request: HttpRequest, slug: str) -> JsonResponse:
    """The same problems as the list, for its map; with the outlines of watched territories."""
    organisation = access_cabinet(request.user, slug)
    listing = Listing.read(request, organisation, timezone.now(), counted=False)
    outlines = []
    if listing.tab == Tab.TERRITORY:
        watched = [(each.layer, each.key, "held") for each in list_watched(organisation)]
        outlines = list(list_outlines(watched))
    return answer_problems(listing.problems[: MAP_PROBLEMS_MAX + 1], *outlines)


@never_cache
@require_safe
@login_required
def export(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """The same problems as the list, as a file; `excel=1`: CSV as Excel reads it here."""
    organisation = access_cabinet(request.user, slug)
    now = timezone.now()
    listing = Listing.read(request, organisation, now, counted=False)
    found = with_assignment(listing.problems, organisation)
    for_excel = request.GET.get("excel") == "1"
    return render_export(extension, found, f"{slug}-{listing.tab}", now, for_excel=for_excel)


@never_cache
@require_POST
@login_required
def bulk(request: HttpRequest, slug: str) -> HttpResponse:
    """One action on the selected problems; the list says what became of each."""
    organisation = access_cabinet(request.user, slug)
    user = require_user(request.user)
    try:
        outcomes = run_bulk(actor=user, organisation=organisation, fields=request.POST)
    except InvalidInput as refusal:
        messages.error(request, str(refusal.message))
        keep_bulk(request, slug, [], str(refusal.message))
    else:
        keep_bulk(request, slug, outcomes)
    query = request.POST.get("back", "")
    target = f"{reverse('cabinets:inbox', args=[slug])}?{query}#bulk"
    return HttpResponseRedirect(target, status=303)
