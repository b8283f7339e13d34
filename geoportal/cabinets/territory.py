"""What a starosta, a deputy or a police officer sees of the territory under their oversight."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from statistics import median

from django.db.models import QuerySet

from geoportal.accounts.models import Organisation
from geoportal.problems.categories.dates import awaits_acceptance
from geoportal.problems.categories.overdue import is_overdue
from geoportal.problems.models import Oversight, Problem
from geoportal.problems.workflow import PUBLISHED, State
from layers.models import Feature

SECONDS_A_DAY = 86_400
CATEGORIES_SHOWN = 8


@dataclass(frozen=True)
class Watched:
    """One territory: where it stands in the layers, and what it is called."""

    layer: str
    key: str
    layer_title: str
    title: str


@dataclass(frozen=True)
class Share:
    """A category with its number; `percent` of the largest one, for a bar."""

    title: str
    count: int
    percent: int


@dataclass(frozen=True)
class Summary:
    """Days are medians, `None` where nothing was accepted or closed yet."""

    states: list[tuple[State, int]]
    total: int
    overdue: int
    days_to_accept: float | None
    days_to_close: float | None
    categories: list[Share]


def list_watched(organisation: Organisation) -> list[Watched]:
    """Territories under the organisation's oversight, by name."""
    rows = list(
        Oversight.objects.filter(organisation=organisation).select_related("territory_layer")
    )
    found = Feature.objects.filter(
        layer__in={row.territory_layer_id for row in rows},
        key__in={row.territory_key for row in rows},
    ).values_list("layer_id", "key", "properties")
    known = {(layer, key): properties for layer, key, properties in found}
    watched = []
    for row in rows:
        layer = row.territory_layer
        properties = known.get((layer.pk, row.territory_key), {})
        title = str(properties.get(layer.title_field) or row.territory_key)
        watched.append(Watched(layer.slug, row.territory_key, layer.title, title))
    return sorted(watched, key=lambda each: each.title)


def summarise(problems: QuerySet[Problem], now: datetime) -> Summary:
    """Counts and medians of these problems, in one query."""
    rows = list(
        problems.order_by()
        .select_related("category")
        .only(
            "state", "asked_at", "due_at", "published_at", "accepted_at", "closed_at",
            "acceptance_due_at", "solution_due_at",
            "category__title_uk", "category__title_en",
        )
    )  # fmt: skip
    states = Counter(row.state for row in rows)
    by_category = Counter(row.category.title for row in rows).most_common(CATEGORIES_SHOWN)
    largest = by_category[0][1] if by_category else 1
    return Summary(
        states=[(state, states[state]) for state in PUBLISHED],
        total=len(rows),
        overdue=sum(is_overdue(row, now) for row in rows),
        days_to_accept=_find_median(
            [(row.published_at, row.accepted_at) for row in rows if not awaits_acceptance(row)]
        ),
        days_to_close=_find_median([(row.published_at, row.closed_at) for row in rows]),
        categories=[
            Share(title, count, round(100 * count / largest)) for title, count in by_category
        ],
    )


def _find_median(pairs: list[tuple[datetime | None, datetime | None]]) -> float | None:
    """Days between the two moments of each pair, to one decimal."""
    days = [
        (later - earlier).total_seconds() / SECONDS_A_DAY
        for earlier, later in pairs
        if earlier is not None and later is not None
    ]
    return round(median(days), 1) if days else None
