"""One filter of problems for the list, the map, the statistics, the cabinets and the exports."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Self, TypeVar

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import QueryDict
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation, User
from geoportal.accounts.policies import Actor
from geoportal.core.errors import InvalidInput
from geoportal.problems.categories.overdue import find_overdue
from geoportal.problems.categories.working_days import start_of_day
from geoportal.problems.lists.words import match_text
from geoportal.problems.models import Category, Problem, ProblemTerritory, PublicFields
from geoportal.problems.workflow import CURRENT, State
from layers.access import list_layers_for
from layers.models import Layer

# Problems as a reader may see them, whole or their public columns only.
Row = TypeVar("Row", bound=PublicFields)
LONGEST_TEXT = 100
YES = ("1", "true", "on", "yes")
# Names in the query string; the map, the exports and the feed read the same.
NAMES = ("q", "state", "category", "organisation", "from", "to", "territory", "overdue", "mine")


@dataclass(frozen=True)
class TerritoryChoice:
    """A territory by its layer and key, written `layer:key` in the query string."""

    layer: str
    layer_id: int
    key: str

    def __str__(self) -> str:
        return f"{self.layer}:{self.key}"


@dataclass(frozen=True)
class ProblemFilter:
    """What is looked for; an empty filter lets everything through.

    `since` and `until` are days of Kyiv on which the problem was published, both included;
    `categories` holds ids of the chosen category and of all under it.
    """

    text: str = ""
    states: tuple[State, ...] = ()
    category: str = ""
    categories: tuple[int, ...] = ()
    organisation: str = ""
    since: date | None = None
    until: date | None = None
    territory: TerritoryChoice | None = None
    overdue: bool = False
    mine: int | None = None

    def apply(self, problems: QuerySet[Row], now: datetime | None = None) -> QuerySet[Row]:
        """Of these problems the ones that match; no row twice. `now`: when they may be overdue.

        Indexes: problems_title_words, problems_address_words, problems_by_state,
        problems_by_category, problems_by_organisation, problems_in_territory, problems_published.
        """
        condition = match_text(self.text)
        if self.states:
            condition &= Q(state__in=self.states)
        if self.category:
            condition &= Q(category__in=self.categories)
        if self.organisation:
            condition &= Q(organisation__slug=self.organisation)
        if self.since:
            condition &= Q(published_at__gte=start_of_day(self.since))
        if self.until:
            condition &= Q(published_at__lt=start_of_day(self.until + timedelta(days=1)))
        if self.territory:
            condition &= Q(Exists(_inside(self.territory)))
        if self.overdue:
            condition &= find_overdue(now)
        if self.mine is not None:
            condition &= Q(pk__in=Problem.objects.filter(reporter=self.mine).values("pk"))
        return problems.filter(condition)

    def as_fields(self) -> list[tuple[str, str]]:
        """Names and values of the query string, always in the same order."""
        given: Mapping[str, tuple[str, ...]] = {
            "q": (self.text,),
            "state": tuple(state.value for state in self.states),
            "category": (self.category,),
            "organisation": (self.organisation,),
            "from": (self.since.isoformat() if self.since else "",),
            "to": (self.until.isoformat() if self.until else "",),
            "territory": (str(self.territory or ""),),
            "overdue": ("1" if self.overdue else "",),
            "mine": ("1" if self.mine is not None else "",),
        }
        return [(name, value) for name in NAMES for value in given[name] if value]

    def as_query(self) -> str:
        """The canonical query string, without `?`; empty for an empty filter."""
        return urlencode(self.as_fields())

    def with_states(self, *states: State) -> Self:
        return replace(self, states=states)

    def leave_archive(self) -> Self:
        """For maps and lists of residents: without states, all but what is archived."""
        return self if self.states else self.with_states(*CURRENT)

    def __bool__(self) -> bool:
        return bool(self.as_fields())


def awaits_acceptance() -> Q:
    """As `dates.awaits_acceptance` of one problem."""
    is_acceptance = Q(due_at=F("acceptance_due_at")) & ~Q(due_at=F("solution_due_at"))
    return Q(state=State.OPEN) | Q(is_acceptance, state=State.ACCEPTED)


def _inside(territory: TerritoryChoice) -> QuerySet[ProblemTerritory]:
    return ProblemTerritory.objects.filter(
        problem=OuterRef("pk"), layer=territory.layer_id, key=territory.key
    )


def parse_filter(fields: QueryDict, actor: Actor) -> ProblemFilter:
    """The filter of a query string; fields of other names are not looked at.

    Raises `InvalidInput` with `errors` by field: a state, category, organisation, territory or
    date that is not, or `mine` of nobody. Costs a query for each of the named three.
    """
    reader = _Reader(fields, actor)
    found = ProblemFilter(
        text=" ".join(reader.read("q").split())[:LONGEST_TEXT],
        states=reader.read_states(),
        category=reader.read("category"),
        categories=reader.read_categories(),
        organisation=reader.read_organisation(),
        since=reader.read_day("from"),
        until=reader.read_day("to"),
        territory=reader.read_territory(),
        overdue=fields.get("overdue", "") in YES,
        mine=reader.read_mine(),
    )
    if found.since and found.until and found.since > found.until:
        reader.errors["to"] = _("The last day is before the first.")
    if reader.errors:
        raise InvalidInput(" ".join(reader.errors.values()), errors=reader.errors)
    return found


class _Reader:
    """Reads the fields one by one and collects what is wrong with them."""

    def __init__(self, fields: QueryDict, actor: Actor) -> None:
        self.fields = fields
        self.actor = actor
        self.errors: dict[str, str] = {}

    def read(self, name: str) -> str:
        """PostgreSQL's text holds every sign but NUL."""
        return self.fields.get(name, "").replace("\x00", "").strip()

    def read_states(self) -> tuple[State, ...]:
        given = [value for value in self.fields.getlist("state") if value]
        if unknown := [value for value in given if value not in State.values]:
            self.errors["state"] = _("There is no state “%(value)s”.") % {"value": unknown[0]}
            return ()
        return tuple(state for state in State if state in given)

    def read_categories(self) -> tuple[int, ...]:
        code = self.read("category")
        if not code:
            return ()
        parents = list(Category.objects.order_by().values_list("pk", "parent_id", "code"))
        found = {pk for pk, _parent, own in parents if own == code}
        if not found:
            self.errors["category"] = _("There is no category “%(value)s”.") % {"value": code}
        while more := {pk for pk, parent, _own in parents if parent in found} - found:
            found |= more
        return tuple(sorted(found))

    def read_organisation(self) -> str:
        slug = self.read("organisation")
        if slug and not Organisation.objects.filter(slug=slug).exists():
            self.errors["organisation"] = _("There is no organisation “%(value)s”.") % {
                "value": slug
            }
        return slug

    def read_day(self, name: str) -> date | None:
        text = self.read(name)
        if not text:
            return None
        try:
            day = date.fromisoformat(text)
        except ValueError:
            day = date.max
        if not 2000 <= day.year <= 2200:
            self.errors[name] = _("Write a date like 2026-11-20.")
            return None
        return day

    def read_territory(self) -> TerritoryChoice | None:
        text = self.read("territory")
        if not text:
            return None
        slug, _colon, key = text.partition(":")
        layer = (
            list_layers_for(self.actor)
            .filter(slug=slug, kind=Layer.Kind.TERRITORY)
            .select_related(None)
            .only("slug")
            .first()
        )
        if layer is None or not key:
            self.errors["territory"] = _("There is no territory “%(value)s”.") % {"value": text}
            return None
        return TerritoryChoice(layer.slug, layer.pk, key)

    def read_mine(self) -> int | None:
        if self.fields.get("mine", "") not in YES:
            return None
        if not isinstance(self.actor, User):
            self.errors["mine"] = _("Sign in to see your own reports.")
            return None
        return self.actor.pk
