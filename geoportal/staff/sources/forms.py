"""The form of a schedule: how often, when, and what about objects that the source left out."""

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from importers.models import Schedule
from importers.models.remote import AT_NIGHT
from importers.schedules.timing import Rhythm

WEEKDAYS = (
    (0, _("Monday")),
    (1, _("Tuesday")),
    (2, _("Wednesday")),
    (3, _("Thursday")),
    (4, _("Friday")),
    (5, _("Saturday")),
    (6, _("Sunday")),
)
MODES = (
    ("merge", pgettext_lazy("schedule", "keep them")),
    ("replace", pgettext_lazy("schedule", "remove them")),
)


class ScheduleForm(forms.Form):
    frequency = forms.ChoiceField(
        label=_("How often"), choices=Schedule.Frequency.choices, initial="daily"
    )
    at = forms.TimeField(
        label=_("At what time"),
        initial=AT_NIGHT,
        help_text=_("By the clock of the town; of an hourly one only the minutes count."),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    weekday = forms.TypedChoiceField(
        label=_("On which day of the week"),
        choices=WEEKDAYS,
        coerce=int,
        help_text=_("Where it is weekly."),
    )
    day = forms.IntegerField(
        label=_("On which day of the month"),
        min_value=1,
        max_value=31,
        initial=1,
        help_text=_("Where it is monthly; in a short month on the last day."),
    )
    mode = forms.ChoiceField(
        label=_("Objects that the source no longer has"), choices=MODES, initial="merge"
    )

    @classmethod
    def of(cls, schedule: Schedule, data: Any = None) -> "ScheduleForm":
        known = vars(Rhythm.of(schedule)) | {"mode": schedule.answers.get("mode", "merge")}
        return cls(data, initial=known)

    def read_rhythm(self) -> Rhythm:
        at: time = self.cleaned_data["at"]
        return Rhythm(
            frequency=self.cleaned_data["frequency"],
            at=at.replace(second=0, microsecond=0),
            weekday=self.cleaned_data["weekday"],
            day=self.cleaned_data["day"],
        )

    def read_answers(self) -> dict[str, str]:
        return {"mode": self.cleaned_data["mode"]}
