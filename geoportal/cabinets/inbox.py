"""The lists of an organisation's cabinet: what each tab holds, in which order, how many."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, F, OrderBy, OuterRef, Prefetch, Q, QuerySet, TextChoices
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import Organisation
from geoportal.accounts.policies import Actor
from geoportal.core.errors import NotFound
from geoportal.problems.access import (
    list_cabinet_problems,
    list_held_problems,
    list_overseen_problems,
)
from geoportal.problems.categories.overdue import find_overdue
from geoportal.problems.models import Assignment, Oversight, Problem
from geoportal.problems.workflow import ACTIVE, Purpose, RoutingRole, State


class Tab(TextChoices):
    """By what has to be done next; `ALL` has what the organisation held before as well."""

    TO_ACCEPT = "to-accept", _("To accept")
    IN_WORK = "in-work", _("In work")
    WAITING = "waiting", _("Waiting for the author")
    OVERDUE = "overdue", _("Overdue")
    CLOSED = "closed", _("Closed")
    ALL = "all", _("All")
    TERRITORY = "territory", _("My territory")


class Sort(TextChoices):
    """Orders of the table."""

    DUE = "due", _("Nearest deadline")
    NEWEST = "newest", _("Newest first")
    OLDEST = "oldest", _("Oldest first")
    VOTES = "votes", _("Most voices first")
    STATE = "state", _("By state")


ORDERS: Mapping[Sort, tuple[OrderBy, ...]] = {
    Sort.DUE: (F("due_at").asc(nulls_last=True), F("published_at").desc(), F("pk").desc()),
    Sort.NEWEST: (F("published_at").desc(), F("pk").desc()),
    Sort.OLDEST: (F("published_at").asc(), F("pk").asc()),
    Sort.VOTES: (F("votes").desc(), F("pk").desc()),
    Sort.STATE: (F("state").asc(), F("due_at").asc(nulls_last=True), F("pk").desc()),
}


@dataclass(frozen=True)
class TabCount:
    """A tab with its number, as the navigation shows it."""

    tab: Tab
    count: int

    @property
    def title(self) -> str:
        return str(self.tab.label)


def watches_territory(organisation: Organisation) -> bool:
    """A starosta, a deputy, a police officer or whoever else has a territory to watch."""
    return Oversight.objects.filter(organisation=organisation).exists()


def list_tab(
    actor: Actor, organisation: Organisation, tab: Tab, now: datetime
) -> QuerySet[Problem]:
    """The problems of a tab, without order. Raises `NotFound` for who may not see the cabinet."""
    if tab == Tab.TERRITORY:
        return list_overseen_problems(actor, organisation)
    if tab == Tab.ALL:
        return list_cabinet_problems(actor, organisation)
    condition = _build_conditions(organisation, now)[tab]
    return list_held_problems(actor, organisation).filter(condition)


def _build_conditions(organisation: Organisation, now: datetime) -> dict[Tab, Q]:
    """What a problem that the organisation holds must be to stand under a tab."""
    taken = Q(
        Exists(
            Assignment.objects.filter(
                problem=OuterRef("pk"),
                organisation=organisation,
                ended_at__isnull=True,
                accepted_at__isnull=False,
            ).exclude(role=RoutingRole.EXECUTOR, purpose=Purpose.CONTROL)
        )
    )
    active, going = Q(state__in=ACTIVE), Q(asked_at__isnull=True)
    return {
        Tab.TO_ACCEPT: active & going & ~taken,
        Tab.IN_WORK: active & going & taken,
        Tab.WAITING: active & ~going,
        Tab.OVERDUE: Q(state__in=ACTIVE) & find_overdue(now),
        Tab.CLOSED: Q(state__in=(State.CLOSED, State.ARCHIVED)),
    }


def count_tabs(actor: Actor, organisation: Organisation, now: datetime) -> list[TabCount]:
    """The tabs that the organisation has, in order; two queries, three with a territory."""
    conditions = _build_conditions(organisation, now)
    counted = list_held_problems(actor, organisation).aggregate(
        **{tab.name: Count("pk", filter=condition) for tab, condition in conditions.items()}
    )
    counts = [TabCount(tab, counted[tab.name]) for tab in conditions]
    counts.append(TabCount(Tab.ALL, list_cabinet_problems(actor, organisation).count()))
    if watches_territory(organisation):
        overseen = list_overseen_problems(actor, organisation).count()
        counts.append(TabCount(Tab.TERRITORY, overseen))
    return counts


def choose_tab(text: str | None, counts: list[TabCount]) -> Tab:
    """The named tab, else the first that has work in it. Raises `NotFound` for a wrong name."""
    have = {each.tab: each.count for each in counts}
    if text:
        return _require_tab(text, Tab.TERRITORY in have)
    first = (Tab.TO_ACCEPT, Tab.IN_WORK, Tab.WAITING, Tab.TERRITORY)
    return next((tab for tab in first if have.get(tab)), Tab.ALL)


def find_tab(text: str, organisation: Organisation) -> Tab:
    """The named tab, where nothing is counted. Raises `NotFound` for a wrong name."""
    return _require_tab(text, text == Tab.TERRITORY and watches_territory(organisation))


def _require_tab(text: str, has_territory: bool) -> Tab:
    if text not in Tab.values or (text == Tab.TERRITORY and not has_territory):
        raise NotFound(_("There is no such list in this cabinet."))
    return Tab(text)


def choose_sort(text: str | None) -> Sort:
    """The named order; deadlines first where it is not known."""
    return Sort(text) if text in Sort.values else Sort.DUE


def with_assignment(problems: QuerySet[Problem], organisation: Organisation) -> QuerySet[Problem]:
    """With `held`: the organisation's own assignments in force (none or one)."""
    own = Assignment.objects.filter(organisation=organisation, ended_at__isnull=True)
    return problems.prefetch_related(Prefetch("assignments", queryset=own, to_attr="held"))


def find_assignment(problem: Problem) -> Assignment | None:
    """What `with_assignment` read."""
    held: list[Assignment] = getattr(problem, "held", [])
    return held[0] if held else None
