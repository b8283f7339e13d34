"""Who answers for what and where, and who watches over which territory."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from geoportal.accounts.models import Organisation
from geoportal.demo import organisations as who
from geoportal.problems.models import Category, Oversight, Responsibility
from geoportal.problems.workflow import RoutingRole
from layers.models import Layer

EXECUTOR, REVIEWER, CONTROLLER = RoutingRole.EXECUTOR, RoutingRole.REVIEWER, RoutingRole.CONTROLLER
DISTRICTS = tuple(("districts", f"district-{number}") for number in range(1, 7))
MANAGED_DISTRICTS = (("districts", "district-3"), ("districts", "district-4"))
OKRUHS = tuple(("starosta_okruhs", f"okruh-{number}") for number in range(1, 6))
PRECINCTS = tuple(("police_precincts", f"precinct-{number}") for number in range(1, 7))
ELECTORAL = tuple(("electoral_districts", f"electoral-{number}") for number in range(1, 8))
DECISION = "Рішення виконавчого комітету № {} від {}"
# Categories that nobody answers for: the dispatcher finds somebody each time.
UNCLAIMED = ("transport-abandoned", "safety-trade", "animals-injured")

Territory = tuple[str, str]


@dataclass(frozen=True)
class Rule:
    """An organisation answers for a category (empty: all) in a territory (`None`: everywhere)."""

    organisation: str
    category: str
    territory: Territory | None = None
    role: str = EXECUTOR
    priority: int = 0
    note: str = ""


def _zones(service: str, count: int) -> list[Territory]:
    return [(f"service_areas_{service}", f"{service}-{number}") for number in range(1, count + 1)]


def list_rules() -> Iterator[Rule]:
    """All rules, the general ones first."""
    yield Rule(who.CITY_COUNCIL, "", None, CONTROLLER, note=DECISION.format(12, "14.01.2025"))
    yield from _utilities()
    yield from _town_and_villages()
    yield from _services()


def _utilities() -> Iterator[Rule]:
    """Enterprises by the areas that they serve."""
    for organisation, category, service, count, number in (
        (who.ROADS, "roads", "roads", 5, 31),
        (who.CITY_LIGHT, "lighting", "lighting", 4, 32),
        (who.CLEAN_TOWN, "waste", "waste", 5, 33),
        (who.WATER_UTILITY, "water", "water", 5, 34),
    ):
        for zone in _zones(service, count):
            yield Rule(organisation, category, zone, note=DECISION.format(number, "18.02.2025"))
    # A rural network of wells is kept by nobody but the starostas.
    for starosta, okruh in zip(who.STAROSTAS, OKRUHS, strict=True):
        yield Rule(starosta, "water-pump", okruh, priority=10)
    yield Rule(who.WATER_UTILITY, "road-manhole", priority=5)
    yield Rule(who.ROADS, "road-manhole", role=REVIEWER)
    yield Rule(who.HEATING, "energy-heat")
    yield Rule(who.POWER, "energy-power")
    yield Rule(who.POWER, "light-pole", role=REVIEWER)
    yield Rule(who.GAS, "energy-gas")


def _town_and_villages() -> Iterator[Rule]:
    """Green plantings and yards: enterprises in the districts, starostas in their okruhs."""
    note = DECISION.format(47, "20.05.2025")
    for district in DISTRICTS:
        yield Rule(who.IMPROVEMENT, "green", district, note=note)
        yield Rule(who.IMPROVEMENT, "yard-playground", district, note=note)
        yield Rule(who.IMPROVEMENT, "yard-sports", district, note=note)
        manager = who.YARD_MANAGER if district in MANAGED_DISTRICTS else who.HOUSING
        yield Rule(manager, "yards", district, note=DECISION.format(52, "03.06.2025"))
    for starosta, okruh in zip(who.STAROSTAS, OKRUHS, strict=True):
        yield Rule(starosta, "green", okruh, note=note)
        yield Rule(starosta, "yards", okruh, note=note)
        yield Rule(starosta, "waste-burning", okruh, priority=5)
        yield Rule(starosta, "waste-dump", okruh, REVIEWER)
    yield Rule(who.ZARICHNYI, "yards", DISTRICTS[4], REVIEWER)
    yield Rule(who.GREEN_NGO, "green-planting", None, REVIEWER)
    yield Rule(who.IMPROVEMENT, "waste-burning", priority=1)
    yield Rule(who.IMPROVEMENT, "transport-stop")
    yield Rule(who.IMPROVEMENT, "animals-stray")


def _services() -> Iterator[Rule]:
    """Departments of the council, the police by precincts, the carrier."""
    for officer, precinct in zip(who.POLICE_OFFICERS, PRECINCTS, strict=True):
        yield Rule(officer, "safety-noise", precinct)
        yield Rule(officer, "safety-vandalism", precinct)
        yield Rule(officer, "animals-walking", precinct)
        yield Rule(officer, "transport-parking", precinct)
    yield Rule(who.POLICE, "safety-family")
    yield Rule(who.SOCIAL, "safety-family", None, REVIEWER)
    yield Rule(who.SOCIAL, "social")
    yield Rule(who.CARRIER, "transport-route")
    yield Rule(who.SOCIAL, "access")
    yield Rule(who.ROADS, "access-crossing", priority=5)
    yield Rule(who.CULTURE, "heritage")
    yield Rule(who.CIVIL_PROTECTION, "shelter")
    yield Rule(who.EDUCATION, "shelter", None, REVIEWER)


def list_oversights() -> Iterator[tuple[str, Territory]]:
    """(organisation, territory) pairs: who sees everything that happens there."""
    yield from zip(who.STAROSTAS, OKRUHS, strict=True)
    yield from zip(who.DEPUTIES, ELECTORAL, strict=True)
    yield from zip(who.POLICE_OFFICERS, PRECINCTS, strict=True)
    yield who.ZARICHNYI, DISTRICTS[4]


def write_responsibilities(organisations: Mapping[str, Organisation]) -> int:
    """Rules and oversights that are not in the database yet; returns how many rules there are.

    What administrators changed in a rule since stays.
    """
    layers = {layer.slug: layer for layer in Layer.objects.filter(kind=Layer.Kind.TERRITORY)}
    categories = {category.code: category for category in Category.objects.all()}
    rules = list(list_rules())
    for rule in rules:
        layer, key = rule.territory or ("", "")
        Responsibility.objects.get_or_create(
            organisation=organisations[rule.organisation],
            category=categories[rule.category] if rule.category else None,
            territory_layer=layers[layer] if layer else None,
            territory_key=key,
            role=rule.role,
            defaults={"priority": rule.priority, "note": rule.note},
        )
    for slug, (layer, key) in list_oversights():
        Oversight.objects.get_or_create(
            organisation=organisations[slug], territory_layer=layers[layer], territory_key=key
        )
    return len(rules)
