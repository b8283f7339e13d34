"""Photos and videos that came after a moderator had looked at the report."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from geoportal.cabinets.moderation import queue, words
from geoportal.cabinets.paging import get_page

FILES_A_PAGE = 24


@never_cache
@require_safe
@login_required
def media(request: HttpRequest) -> HttpResponse:
    """Each with its problem and the words it came with; shown to everyone or kept hidden."""
    unchecked = queue.list_unchecked(request.user)
    page = get_page(
        request, Paginator(unchecked.select_related("problem__category", "change"), FILES_A_PAGE)
    )
    reasons = [words.write_in(each.problem.language, words.HIDDEN) for each in page.items]
    context = {
        "tab": "media",
        "counts": queue.count_waiting(request.user, timezone.now()),
        "files": list(zip(page.items, reasons, strict=True)),
        "page": page,
    }
    return render(request, "moderation/media.html", context)
