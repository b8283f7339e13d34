"""Imports that came together: datasets of one file, or files that were sent at once."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportGroup(models.Model):
    """What people see as one delivery. `name`: of the file, or "" where they were several."""

    name = models.CharField(_("file"), max_length=254, blank=True)
    created_at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("imports that came together")
        verbose_name_plural = _("imports that came together")
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name or f"#{self.pk}"
