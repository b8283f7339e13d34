"""One filter for the table, the map and the exports of a cabinet."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.http import urlencode

from geoportal.accounts.models import Organisation
from geoportal.accounts.policies import Actor
from geoportal.cabinets.inbox import (
    ORDERS,
    Sort,
    Tab,
    TabCount,
    choose_sort,
    choose_tab,
    count_tabs,
    find_tab,
    list_tab,
)
from geoportal.problems.lists.filter_choices import FilterForm, build_form
from geoportal.problems.lists.filters import ProblemFilter, parse_filter
from geoportal.problems.models import Category, Problem
from geoportal.problems.workflow import PUBLISHED


@dataclass(frozen=True)
class Listing:
    """What is shown of a cabinet: a tab, a filter, an order."""

    organisation: Organisation
    tab: Tab
    tabs: list[TabCount]
    sort: Sort
    chosen: ProblemFilter
    problems: QuerySet[Problem]

    @classmethod
    def read(
        cls,
        request: HttpRequest,
        organisation: Organisation,
        now: datetime,
        *,
        counted: bool = True,
    ) -> Self:
        """From a query string. Raises `NotFound`, `InvalidInput` with `errors` by field.

        `counted`: `tabs` are shown; the map and the files, which name their tab, show none.
        """
        actor: Actor = request.user
        named = request.GET.get("tab")
        tabs = [] if named and not counted else count_tabs(actor, organisation, now)
        tab = choose_tab(named, tabs) if tabs or not named else find_tab(named, organisation)
        chosen = parse_filter(request.GET, actor)
        sort = choose_sort(request.GET.get("sort"))
        found = chosen.apply(list_tab(actor, organisation, tab, now)).order_by(*ORDERS[sort])
        return cls(organisation, tab, tabs, sort, chosen, found)

    def as_query(self) -> str:
        """The canonical query string: the map and the exports are asked with it."""
        return urlencode([("tab", self.tab), ("sort", self.sort), *self.chosen.as_fields()])

    def build_form(self, request: HttpRequest) -> FilterForm:
        return build_form(request.GET, request.user, {}, states=PUBLISHED)


def list_categories(problems: QuerySet[Problem]) -> list[Category]:
    """Categories that occur among the problems, those that are not public too."""
    found = Category.objects.filter(pk__in=problems.order_by().values("category"))
    return sorted(found, key=lambda each: each.title.casefold())
