"""The remarks of a check by kind, with the numbers of rows as the file has them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from geoportal.staff.access import working_page
from importers.stages.selectors import (
    access_import,
    group_issues,
    list_issues,
    read_issue,
)

ISSUES_A_PAGE = 100


@require_safe
@working_page
def issues_page(request: HttpRequest, number: int) -> HttpResponse:
    """`code` chooses a kind."""
    import_ = access_import(request.user, number)
    code = request.GET.get("code", "")
    page = Paginator(list_issues(import_, code), ISSUES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "place": "imports",
        "import": import_,
        "groups": group_issues(import_),
        "code": code,
        "page": page,
        "remarks": [read_issue(kept) for kept in page],
    }
    return render(request, "staff/imports/issues.html", context)
