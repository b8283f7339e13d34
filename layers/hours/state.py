"""Whether something is open now, and until when: `opening_hours` of OpenStreetMap, read."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from opening_hours import OpeningHours, validate

from layers.hours.words import LONGEST, find_opening_hours

# OpenStreetMap's own form names days by two Latin letters; hours alone would be those of any day.
OWN_FORM: Final = re.compile(r"[\x20-\x7e]*\b(?:Mo|Tu|We|Th|Fr|Sa|Su|24/7)\b[\x20-\x7e]*")
# What stays so for longer has no change worth telling.
AHEAD: Final = timedelta(days=14)


@dataclass(frozen=True)
class OpenState:
    """`changes_at` is in the community's time, `None`: it stays so for two weeks at least."""

    is_open: bool
    changes_at: datetime | None


def find_open_state(words: str, moment: datetime | None = None) -> OpenState | None:
    """At `moment` (with a time zone; default: now); `None`: the hours are not understood."""
    hours = _read(words, settings.TIME_ZONE, settings.HOLIDAYS_COUNTRY)
    if hours is None:
        return None
    now = (moment or timezone.now()).astimezone(ZoneInfo(settings.TIME_ZONE))
    if hours.is_unknown(now):
        return None
    change = hours.next_change(now)
    return OpenState(hours.is_open(now), change if change and change - now <= AHEAD else None)


@lru_cache(maxsize=4096)
def _read(words: str, zone: str, country: str) -> OpeningHours | None:
    found = find_opening_hours(words)
    if found is None and len(words) <= LONGEST and OWN_FORM.fullmatch(words):
        found = words
    if found is None or not validate(found):
        return None
    return OpeningHours(found, timezone=ZoneInfo(zone), country=country or None)
