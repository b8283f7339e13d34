"""What the form of the filter offers: states with their counts, categories, bodies, territories."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import QueryDict

from geoportal.accounts.models import Organisation
from geoportal.accounts.policies import Actor
from geoportal.problems.lists.filters import ProblemFilter, Row
from geoportal.problems.lists.paging import Sort
from geoportal.problems.models import Category, PublicProblem, Responsibility
from geoportal.problems.workflow import PUBLISHED, State
from layers.access import list_layers_for, list_visibilities_anywhere
from layers.models import Feature, Layer

# A longer list of territories is no list to choose from; links still filter by them.
TERRITORIES_MOST = 150


@dataclass(frozen=True)
class Choice:
    """One option; `count`: how many problems it gives, `None` where that is not counted."""

    value: str
    title: str
    is_chosen: bool = False
    count: int | None = None


@dataclass(frozen=True)
class ChoiceGroup:
    title: str
    choices: Sequence[Choice]


@dataclass(frozen=True)
class FilterForm:
    """The form as it is drawn: `values` as they were typed, `errors` by field."""

    values: Mapping[str, str]
    states: Sequence[Choice]
    categories: Sequence[ChoiceGroup]
    organisations: Sequence[Choice]
    territories: Sequence[ChoiceGroup]
    sorts: Sequence[Choice] = ()
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_used(self) -> bool:
        """Anything is chosen or typed at all."""
        return self.is_detailed or bool(self.values.get("q") or self.values.get("state"))

    @property
    def is_detailed(self) -> bool:
        """Something besides the words and the states is chosen."""
        names = ("category", "organisation", "territory", "from", "to", "overdue", "mine")
        return any(self.values.get(name) for name in names)


def build_form(
    fields: QueryDict,
    actor: Actor,
    counts: Mapping[str, int],
    *,
    sort: Sort = Sort.NEWEST,
    states: Sequence[State] = PUBLISHED,
    errors: Mapping[str, str] | None = None,
) -> FilterForm:
    """Five queries, however many problems there are."""
    values = {name: fields.get(name, "").strip() for name in fields}
    chosen = set(fields.getlist("state"))
    return FilterForm(
        values=values,
        states=[
            Choice(state, str(state.label), state in chosen, counts.get(state, 0))
            for state in states
        ],
        categories=_list_categories(values.get("category", "")),
        organisations=_list_organisations(values.get("organisation", "")),
        territories=_list_territories(actor, values.get("territory", "")),
        sorts=[Choice(each, str(each.label), each == sort) for each in Sort],
        errors=errors or {},
    )


def count_states(problems: QuerySet[Row], chosen: ProblemFilter) -> dict[str, int]:
    """How many each state would give under the rest of the filter."""
    found = chosen.with_states().apply(problems).order_by()
    return dict(found.values_list("state").annotate(Count("pk")))


def _list_categories(chosen: str) -> list[ChoiceGroup]:
    """Public ones by group; the group itself is the first choice."""
    categories = list(Category.objects.filter(is_public=True).order_by("position", "code"))
    children: dict[int | None, list[Category]] = {}
    for category in categories:
        children.setdefault(category.parent_id, []).append(category)
    groups = []
    for group in children.get(None, []):
        line = [group, *_list_under(group, children)]
        choices = [Choice(each.code, each.title, each.code == chosen) for each in line]
        groups.append(ChoiceGroup(group.title, choices))
    return groups


def _list_under(
    category: Category, children: Mapping[int | None, list[Category]]
) -> list[Category]:
    under: list[Category] = []
    for child in children.get(category.pk, []):
        under += [child, *_list_under(child, children)]
    return under


def _list_organisations(chosen: str) -> list[Choice]:
    """Those that answer for something or have problems that everyone may see."""
    rules = Responsibility.objects.filter(organisation=OuterRef("pk"), is_active=True)
    held = PublicProblem.objects.filter(organisation=OuterRef("pk"))
    found = Organisation.objects.filter(
        Q(Exists(rules), is_active=True) | Q(Exists(held)) | Q(slug=chosen)
    )
    choices = [Choice(each.slug, each.name, each.slug == chosen) for each in found]
    return sorted(choices, key=lambda each: each.title.casefold())


def _list_territories(actor: Actor, chosen: str) -> list[ChoiceGroup]:
    """Territories that the actor may see, by layer."""
    layers = {
        layer.pk: layer
        for layer in list_layers_for(actor)
        .filter(kind=Layer.Kind.TERRITORY)
        .select_related(None)
        .order_by("position", "title_uk")
    }
    features = Feature.objects.filter(
        layer__in=layers, visibility__in=list_visibilities_anywhere(actor)
    )
    by_layer: dict[int, list[Choice]] = {pk: [] for pk in layers}
    for layer_id, key, properties in features.values_list("layer_id", "key", "properties"):
        layer = layers[layer_id]
        value = f"{layer.slug}:{key}"
        title = str(properties.get(layer.title_field) or key)
        by_layer[layer_id].append(Choice(value, title, value == chosen))
    return [
        ChoiceGroup(layers[pk].title, sorted(choices, key=lambda each: _natural(each.title)))
        for pk, choices in by_layer.items()
        if 1 < len(choices) <= TERRITORIES_MOST
    ]


def _natural(title: str) -> list[tuple[int, str]]:
    """«Округ 2» before «Округ 10»."""
    parts = re.split(r"(\d+)", title.casefold())
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]
