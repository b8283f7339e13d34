"""Pages of a list by number; a wrong number is the nearest page there is."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest


@dataclass(frozen=True)
class Page:
    """`earlier` and `later`: query strings of the neighbours, empty where there is none."""

    items: list[Any]
    number: int
    pages: int
    count: int
    earlier: str
    later: str


def get_page(request: HttpRequest, paginator: Paginator[Any]) -> Page:
    """The page that `page` of the query names."""
    found = paginator.get_page(request.GET.get("page"))
    return Page(
        items=list(found.object_list),
        number=found.number,
        pages=paginator.num_pages,
        count=paginator.count,
        earlier=_link(request, found.number - 1) if found.has_previous() else "",
        later=_link(request, found.number + 1) if found.has_next() else "",
    )


def _link(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query.pop("done", None)
    query["page"] = str(number)
    return f"?{query.urlencode()}"
