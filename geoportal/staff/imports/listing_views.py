"""The list of imports: where each stands, and what waits for somebody."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from geoportal.accounts.policies import can_work_somewhere, require_user
from geoportal.staff.access import working_page
from geoportal.staff.imports.standing import describe_standing
from importers.stages.selectors import list_imports_for
from importers.states import WORKING

ROWS_A_PAGE = 50


@require_safe
@working_page
def imports_page(request: HttpRequest) -> HttpResponse:
    """`who=mine` or `all`; pages by `page`."""
    who = "all" if request.GET.get("who") == "all" else "mine"
    found = list_imports_for(request.user)
    if who == "mine":
        found = found.filter(author=require_user(request.user))
    page = Paginator(found, ROWS_A_PAGE).get_page(request.GET.get("page"))
    rows = [describe_standing(each) for each in page]
    context = {
        "place": "imports",
        "who": who,
        "page": page,
        "rows": rows,
        "may_import": can_work_somewhere(request.user),
        "working": any(row.import_.state in WORKING for row in rows),
    }
    return render(request, "staff/imports/list.html", context)
