"""What an organisation answers for and how many problems it has, for its public page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation
from geoportal.accounts.policies import Actor
from geoportal.problems.lists.counting import count_problems
from geoportal.problems.lists.filters import ProblemFilter
from geoportal.problems.lists.statistics import Line, list_all
from geoportal.problems.models import Responsibility
from geoportal.problems.workflow import RoutingRole
from layers.access import list_layers_for, list_visibilities_anywhere
from layers.models import Feature, Layer


@dataclass(frozen=True)
class Zone:
    """One category and where: in the whole community, or in the named territories."""

    category: str
    territories: tuple[str, ...]


@dataclass(frozen=True)
class OrganisationWork:
    """`zones`: role in words → what it answers for."""

    zones: Sequence[tuple[str, Sequence[Zone]]]
    line: Line


def get_organisation_work(actor: Actor, organisation: Organisation) -> OrganisationWork:
    """Four queries; territories that the actor may not see are not named."""
    rules = list(
        Responsibility.objects.filter(organisation=organisation, is_active=True)
        .select_related("category")
        .order_by("category__position", "category__code", "territory_key", "pk")
    )
    titles = _name_territories(actor, rules)
    zones = []
    for role in RoutingRole:
        own = [rule for rule in rules if rule.role == role]
        if own:
            zones.append((str(role.label), _group(own, titles)))
    return OrganisationWork(
        zones, list_all(count_problems(ProblemFilter(organisation=organisation.slug)))
    )


def _group(
    rules: Sequence[Responsibility], titles: Mapping[tuple[int | None, str], str]
) -> list[Zone]:
    """Each category once, with all its territories."""
    grouped: dict[str, list[str]] = {}
    for rule in rules:
        category = rule.category.title if rule.category else _("All categories")
        places = grouped.setdefault(category, [])
        if rule.territory_layer_id is None:
            places.append(_("the whole community"))
        elif title := titles.get((rule.territory_layer_id, rule.territory_key)):
            places.append(title)
    return [Zone(category, tuple(dict.fromkeys(places))) for category, places in grouped.items()]


def _name_territories(
    actor: Actor, rules: Sequence[Responsibility]
) -> dict[tuple[int | None, str], str]:
    named = {(rule.territory_layer_id, rule.territory_key) for rule in rules if rule.territory_key}
    if not named:
        return {}
    layers: dict[int, Layer] = {
        layer.pk: layer
        for layer in list_layers_for(actor).filter(kind=Layer.Kind.TERRITORY).order_by()
    }
    wanted = reduce(or_, (Q(layer=layer, key=key) for layer, key in named))
    features = Feature.objects.filter(
        wanted, layer__in=layers, visibility__in=list_visibilities_anywhere(actor)
    )
    return {
        (layer, key): str(properties.get(layers[layer].title_field) or key)
        for layer, key, properties in features.values_list("layer_id", "key", "properties")
    }
