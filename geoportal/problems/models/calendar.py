"""What the working calendar of the community adds to Monday–Friday."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CalendarException(models.Model):
    """A date that is worked, or not, against the rule: a transferred day, a local day off."""

    date = models.DateField(_("date"), unique=True)
    is_working = models.BooleanField(_("working day"), default=False)
    reason = models.CharField(_("reason"), max_length=254, blank=True)

    class Meta:
        verbose_name = _("exception of the working calendar")
        verbose_name_plural = _("exceptions of the working calendar")
        ordering = ("date",)

    def __str__(self) -> str:
        return self.date.isoformat()


class MartialLawPeriod(models.Model):
    """While it lasts, public holidays are working days and none is transferred (law 2136-IX)."""

    starts_on = models.DateField(_("first day"), unique=True)
    ends_on = models.DateField(_("last day"), null=True, blank=True)

    class Meta:
        verbose_name = _("period of martial law")
        verbose_name_plural = _("periods of martial law")
        ordering = ("starts_on",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(ends_on__isnull=True)
                | models.Q(ends_on__gte=models.F("starts_on")),
                name="problems_martial_law_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.starts_on.isoformat()} – {self.ends_on.isoformat() if self.ends_on else '…'}"
