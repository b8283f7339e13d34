"""The list of public problems: search, filters, order, pages, and its feed."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from geoportal.core.errors import InvalidInput
from geoportal.problems.access import list_public_problems
from geoportal.problems.history.layer_spec import LAYER_SLUG
from geoportal.problems.lists.active_filters import ActiveFilter, list_active
from geoportal.problems.lists.cards import with_cards
from geoportal.problems.lists.filter_choices import FilterForm, build_form, count_states
from geoportal.problems.lists.filters import ProblemFilter, parse_filter
from geoportal.problems.lists.paging import (
    ProblemPage,
    Sort,
    get_page,
    list_in_order,
    parse_sort,
)
from geoportal.problems.models import PublicProblem
from geoportal.problems.workflow import PUBLISHED, State
from layers.models import Layer

NOTHING: ProblemPage[PublicProblem] = ProblemPage((), None, None)


@dataclass(frozen=True)
class Listing:
    """What the page shows: rows, how many there are in all, the form, and where it leads.

    `archived`: how many more the archive holds, which is off; `archive_query` adds them.
    """

    page: ProblemPage[PublicProblem]
    total: int
    form: FilterForm
    active: list[ActiveFilter]
    query: str
    sort: Sort
    archived: int = 0
    archive_query: str = ""

    @property
    def next_query(self) -> str:
        return self._at("after", self.page.after)

    @property
    def previous_query(self) -> str:
        return self._at("before", self.page.before)

    def _at(self, name: str, cursor: str | None) -> str:
        if cursor is None:
            return ""
        parts = [self.query, urlencode(_name_sort(self.sort)), urlencode({name: cursor})]
        return "&".join(part for part in parts if part)


def _name_sort(sort: Sort) -> dict[str, str]:
    return {} if sort == Sort.NEWEST else {"sort": sort.value}


@require_safe
def problems(request: HttpRequest) -> HttpResponse:
    """Twelve queries at most, however many problems there are."""
    try:
        listing, status = build_listing(request), 200
    except InvalidInput as error:
        listing, status = build_refused(request, error), 400
    has_data = Layer.objects.filter(slug=LAYER_SLUG).exists()
    context = {"listing": listing, "has_data": has_data, "feed_query": listing.query}
    return render(request, "web/problems.html", context, status=status)


def build_listing(request: HttpRequest) -> Listing:
    """Raises `InvalidInput` for a filter, an order or a cursor that cannot be."""
    shown = list_public_problems()
    chosen = parse_filter(request.GET, request.user)
    sort = parse_sort(request.GET.get("sort"))
    seen = chosen.leave_archive()
    found = seen.apply(shown)
    page = get_page(
        with_cards(found), sort, after=request.GET.get("after"), before=request.GET.get("before")
    )
    counts = count_states(shown, chosen)
    form = build_form(request.GET, request.user, counts, sort=sort)
    return Listing(
        page=page,
        total=count_total(seen, counts, found, sort),
        form=form,
        active=list_active(chosen, form, _name_sort(sort)),
        query=chosen.as_query(),
        sort=sort,
        archived=0 if chosen.states else counts.get(State.ARCHIVED, 0),
        archive_query=chosen.with_states(*PUBLISHED).as_query(),
    )


def count_total(
    chosen: ProblemFilter, counts: dict[str, int], found: QuerySet[PublicProblem], sort: Sort
) -> int:
    """From the counts by state where the order shows all that was found."""
    if sort in (Sort.NEWEST, Sort.VOTES):
        return sum(counts.get(state, 0) for state in chosen.states)
    return list_in_order(found, sort).count()


def build_refused(request: HttpRequest, error: InvalidInput) -> Listing:
    """The form as it was filled in, with what is wrong; no rows."""
    counts = count_states(list_public_problems(), ProblemFilter())
    errors = error.extra.get("errors")
    form = build_form(
        request.GET,
        request.user,
        counts,
        errors=errors if isinstance(errors, dict) else {"": str(error.message)},
    )
    return Listing(NOTHING, 0, form, [], "", Sort.NEWEST)
