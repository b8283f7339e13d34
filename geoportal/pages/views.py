"""A page as everybody reads it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from geoportal.pages.emergency import insert_emergency_numbers
from geoportal.pages.rendering import RenderedPage, render_markdown
from geoportal.pages.selectors import can_edit_pages, get_page


def render_body(body: str) -> RenderedPage:
    """Markdown as it is written in the database, with what settings say filled in."""
    return render_markdown(insert_emergency_numbers(body))


@require_safe
def show_page(request: HttpRequest, slug: str) -> HttpResponse:
    page = get_page(slug)
    context = {
        "page": page,
        "text": render_body(page.body),
        "language": "en" if page.is_body_english else "uk",
        "can_edit": can_edit_pages(request.user),
    }
    return render(request, "pages/page.html", context)
