"""Numbers of public problems as tables, charts and CSV."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geoportal.accounts.policies import Actor
from geoportal.core.errors import InvalidInput, NotFound
from geoportal.core.words.csv_text import CsvText, guard_formula
from geoportal.problems.categories.working_days import kyiv_day
from geoportal.problems.lists.charts import BarPiece, build_bar, build_chart
from geoportal.problems.lists.counting import Counts, count_problems
from geoportal.problems.lists.filters import ProblemFilter, parse_filter
from geoportal.problems.lists.statistics import (
    Line,
    list_all,
    list_by_category,
    list_by_month,
    list_by_organisation,
    list_by_territory,
)
from geoportal.problems.workflow import PUBLISHED
from layers.access import list_layers_for
from layers.models import Layer


@dataclass(frozen=True)
class Table:
    """`name`: of its CSV in the URL; `first`: the heading of its first column."""

    name: str
    title: str
    first: str
    lines: Sequence[Line]

    @property
    def rows(self) -> list[tuple[Line, list[BarPiece]]]:
        highest = max((line.total for line in self.lines), default=0)
        return [(line, build_bar(line, highest)) for line in self.lines]


@dataclass(frozen=True)
class Period:
    title: str
    query: str
    is_chosen: bool


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """Five queries at most beside those that read the filter, however many problems there are."""
    layers = list_territory_layers(request.user)
    message = ""
    try:
        chosen = parse_filter(request.GET, request.user)
    except InvalidInput as error:
        chosen, message = ProblemFilter(), str(error.message)
    layer = choose_layer(layers, request.GET.get("layer", ""))
    counts = count_problems(chosen, layer)
    makers = list_makers(counts)
    tables = {name: make() for name, make in makers.items()}
    months = tables["months"]
    context = {
        "all": list_all(counts),
        "tables": tables,
        "months": build_chart(months.lines),
        "chosen": chosen,
        "message": message,
        "layers": layers,
        "layer": layer,
        "periods": list_periods(chosen, layer),
        "query": build_query(chosen, layer),
        "kept": [(n, v) for n, v in chosen.as_fields() if n not in ("from", "to")],
    }
    return render(request, "web/problem_statistics.html", context, status=400 if message else 200)


@require_safe
def statistics_csv(request: HttpRequest, table: str) -> HttpResponse:
    """One table: UTF-8 with a byte order mark, commas, decimal points (RFC 4180)."""
    chosen = parse_filter(request.GET, request.user)
    layer = choose_layer(list_territory_layers(request.user), request.GET.get("layer", ""))
    make = list_makers(count_problems(chosen, layer)).get(table)
    if make is None:
        raise NotFound(_("There is no such table."))
    response = HttpResponse(write_csv(make()), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="problems-{table}.csv"'
    return response


def list_makers(counts: Counts) -> dict[str, Callable[[], Table]]:
    """Tables by name; each is made of the same numbers."""
    makers: dict[str, Callable[[], Table]] = {
        "months": lambda: Table(
            "months", _("By month of publication"), _("Month"), list_by_month(counts)
        ),
        "organisations": lambda: Table(
            "organisations",
            _("By organisation"),
            _("Organisation"),
            list_by_organisation(counts),
        ),
        "categories": lambda: Table(
            "categories", _("By category"), _("Category"), list_by_category(counts)
        ),
    }
    if layer := counts.layer:
        makers["territories"] = lambda: Table(
            "territories",
            _("By territory: %(layer)s") % {"layer": layer.title},
            _("Territory"),
            list_by_territory(counts),
        )
    return makers


def list_territory_layers(actor: Actor) -> list[Layer]:
    """Those that divide the community, as far as the actor may see them."""
    return list(
        list_layers_for(actor)
        .filter(kind=Layer.Kind.TERRITORY)
        .exclude(slug=settings.BOUNDARY_LAYER)
        .order_by("position", "slug")
    )


def choose_layer(layers: Sequence[Layer], slug: str) -> Layer | None:
    """The named one, else the first. Raises `NotFound` for one that is not there."""
    if not slug:
        return layers[0] if layers else None
    found = next((layer for layer in layers if layer.slug == slug), None)
    if found is None:
        raise NotFound(_("There is no such layer of territories."))
    return found


def build_query(chosen: ProblemFilter, layer: Layer | None) -> str:
    return urlencode([*chosen.as_fields(), *([("layer", layer.slug)] if layer else [])])


def list_periods(chosen: ProblemFilter, layer: Layer | None) -> list[Period]:
    """Periods of one press: this month, the last three, this year, all the time."""
    today = kyiv_day(timezone.now())
    quarter = (today.replace(day=1) - timedelta(days=62)).replace(day=1)
    starts: tuple[tuple[str, date | None], ...] = (
        (_("All the time"), None),
        (_("This month"), today.replace(day=1)),
        (_("Three months"), quarter),
        (_("This year"), today.replace(month=1, day=1)),
    )
    return [
        Period(
            title,
            build_query(replace(chosen, since=since, until=None), layer),
            chosen.since == since and chosen.until is None,
        )
        for title, since in starts
    ]


def write_csv(table: Table) -> bytes:
    text = CsvText()
    text.write(
        [
            table.first,
            _("Problems"),
            *(state.label for state in PUBLISHED),
            _("Overdue"),
            _("Median days to acceptance"),
            _("Median days to closing"),
            _("Average rating"),
            _("Ratings"),
        ]
    )
    for line in table.lines:
        measured = (line.days_to_acceptance, line.days_to_closing, line.rating)
        text.write(
            [
                guard_formula(line.title),
                line.total,
                *(line.states[state] for state in PUBLISHED),
                line.overdue,
                *("" if value is None else f"{value:.2f}" for value in measured),
                line.rated,
            ]
        )
    return text.take()
