"""The section «Problems» of the residents' map: the form of the filter as the address has it."""

from dataclasses import dataclass
from typing import TypedDict

from django.contrib.gis.db.models import Extent
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from geoportal.core.errors import InvalidInput
from geoportal.problems.access import list_public_problems
from geoportal.problems.history.layer_spec import LAYER_SLUG
from geoportal.problems.lists.filter_choices import FilterForm, build_form, count_states
from geoportal.problems.lists.filters import ProblemFilter, parse_filter
from geoportal.problems.models import Category, PublicProblem
from geoportal.problems.templatetags.problem_display import ICON_OF_ANY
from geoportal.problems.workflow import State

# Days that are chosen at once; other periods by their dates.
PERIODS_DAYS = (7, 30, 90, 365)


class ProblemsConfig(TypedDict):
    """`bounds`: west, south, east, north around what the address asks for, in degrees."""

    bounds: list[float] | None


@dataclass(frozen=True)
class ProblemsPanel:
    """`total`: how many problems the filter finds; `archived`: how many more it would find in the
    archive, which is off; `icons`: what the list of them draws.
    """

    form: FilterForm
    query: str
    total: int
    archived: int
    is_shown: bool
    icons: frozenset[str]
    config: ProblemsConfig
    periods: tuple[int, ...] = PERIODS_DAYS

    @property
    def has_dates(self) -> bool:
        """The period is chosen by its days."""
        return any(self.form.values.get(name) for name in ("from", "to"))


def build_problems_panel(request: HttpRequest) -> ProblemsPanel:
    """What cannot be is said beside its field, and nothing is filtered by it; eight queries."""
    fields = read_fields(request)
    shown = list_public_problems()
    errors: dict[str, str] = {}
    try:
        chosen = parse_filter(fields, request.user)
    except InvalidInput as error:
        chosen = ProblemFilter()
        found = error.extra.get("errors")
        errors = found if isinstance(found, dict) else {}
    counts = count_states(shown, chosen)
    seen = chosen.leave_archive()
    return ProblemsPanel(
        form=build_form(fields, request.user, counts, errors=errors),
        query=chosen.as_query(),
        total=sum(counts.get(state, 0) for state in seen.states),
        archived=0 if chosen.states else counts.get(State.ARCHIVED, 0),
        is_shown=request.GET.get(LAYER_SLUG) != "0",
        icons=list_icons(),
        config={"bounds": find_bounds(seen.apply(shown)) if chosen else None},
    )


def read_fields(request: HttpRequest) -> QueryDict:
    """The filter of the address; `q` is the map's own search unless `problems` is there too."""
    fields = request.GET.copy()
    if LAYER_SLUG not in fields:
        fields.pop("q", None)
    return fields


def list_icons() -> frozenset[str]:
    icons = Category.objects.exclude(icon="").order_by().values_list("icon", flat=True)
    return frozenset((*icons, ICON_OF_ANY))


def find_bounds(problems: QuerySet[PublicProblem]) -> list[float] | None:
    """West, south, east, north; `None` when there are no problems."""
    box = problems.order_by().aggregate(box=Extent("geom"))["box"]
    return list(box) if box else None
