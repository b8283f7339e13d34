"""Two moments of a layer that are compared: changesets, or days."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.http.request import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from geoportal.accounts.policies import Actor
from geoportal.core.errors import InvalidInput
from layers.models import Changeset, Layer
from layers.reading.history import list_changesets_for
from layers.reading.parameters import parse_whole


@dataclass(frozen=True)
class Moments:
    """Numbers of the changesets after which the layer is looked at, the earlier first; 0: empty."""

    first: int
    second: int
    earlier: Changeset | None
    later: Changeset | None


def read_moments(actor: Actor, layer: Layer, parameters: QueryDict) -> Moments:
    """`from` and `to` name changesets, `since` and `until` days; the later one is put second.

    Without an end the layer as it stands. Raises `InvalidInput` for what cannot be read.
    """
    changesets = list_changesets_for(actor, layer)

    def find(number: str, day: str, default: int) -> int:
        if given := parameters.get(day):
            moment = read_day(str(given), day, after=day == "until")
            found = changesets.filter(created_at__lt=moment).values_list("pk", flat=True).first()
            return found or 0
        return parse_whole(str(parameters.get(number) or default), number, default)

    latest = changesets.values_list("pk", flat=True).first() or 0
    first, second = sorted((find("from", "since", 0), find("to", "until", latest)))
    known = changesets.in_bulk([first, second])
    return Moments(first, second, known.get(first), known.get(second))


def read_day(text: str, name: str, *, after: bool) -> datetime:
    """The beginning of a day in the community's time, or of the next one."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise InvalidInput(_("“%(value)s” is no day.") % {"value": text[:40]}, parameter=name)
    moment = datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())
    return moment + timedelta(days=1) if after else moment
