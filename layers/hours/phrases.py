"""«Відкрито до 20:00», «Зачинено, відчиниться завтра о 08:00»."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from layers.hours.state import OpenState

WEEK_DAYS = 7


def say_state(state: OpenState, moment: datetime | None = None) -> str:
    """In the active language; `moment`: when it is said."""
    now = (moment or timezone.now()).astimezone(ZoneInfo(settings.TIME_ZONE))
    if state.changes_at is None:
        return _("Open day and night") if state.is_open else pgettext("opening hours", "Closed")
    change = state.changes_at
    values = {"time": f"{change:%H:%M}", "day": date_format(change, "l").lower()}
    days = (change.date() - now.date()).days
    if state.is_open:
        if days == 0 or (days == 1 and change.hour < now.hour):
            return _("Open until %(time)s") % values
        return _("Open until %(day)s, %(time)s") % values
    if days == 0:
        return _("Closed, opens at %(time)s") % values
    if days == 1:
        return _("Closed, opens tomorrow at %(time)s") % values
    if days < WEEK_DAYS:
        return _("Closed, opens on %(day)s at %(time)s") % values
    return _("Closed until %(date)s") % {"date": date_format(change, "j E")}
