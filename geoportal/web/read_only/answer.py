"""The answer of the map's page while the database is away."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.models import AnonymousUser
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from geoportal.core.database.away import is_database_away
from geoportal.interface.jscatalog import get_script_words
from geoportal.interface.language import pick_request_language
from geoportal.web.read_only.kept_page import KeptPage, find_page
from tiles.archives.kept import WHOLE_MAP, find_kept

SCRIPT = "web/js/read_only/main.mjs"
# By it the page, and whoever else asks, knows that this is not the whole portal.
HEADER = "Geoportal-Read-Only"

View = Callable[[HttpRequest], HttpResponse]


def or_read_only(view: View) -> View:
    """The view's answer; without a database the map that is kept, where one is."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponse:
        try:
            return view(request)
        except (OperationalError, InterfaceError):
            page = find_page(pick_request_language(request)) if is_database_away() else None
            if page is None:
                raise
            return show_page(request, page)

    return answer


def show_page(request: HttpRequest, page: KeptPage) -> HttpResponse:
    """200, since the map is there; nobody keeps it, and robots do not list it.

    Who has signed in is written in the database, so everybody is a visitor.
    """
    request.user = AnonymousUser()
    page.community.logo_digest = ""  # the picture is in the database
    request.community = page.community  # type: ignore[attr-defined]
    whole = find_kept(WHOLE_MAP)
    config = page.document | {
        "style": reverse("archive-style"),
        "words": get_script_words(SCRIPT),
    }
    context = {
        "config": config,
        "themes": page.themes,
        "built_at": timezone.localtime(whole.built_at if whole else None),
    }
    response = render(request, "web/map_read_only.html", context)
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers[HEADER] = "1"
    return response
