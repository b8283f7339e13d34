"""A new join of problems with territories: what it found and what became of it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import User
from layers.models import Changeset


class ReassignmentRun(models.Model):
    """One for each changeset of a territory layer that touches problems being worked on.

    `moves`: [{old, new, moved, kept}] as they were counted. Where problems lie is stored at once; a
    run that would change who holds more of them than the setting waits for a moderator, and
    `numbers` are those problems.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a moderator")
        APPLIED = "applied", _("Done")
        DECLINED = "declined", _("Declined")

    changeset = models.OneToOneField(Changeset, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=8, choices=State.choices)
    considered = models.PositiveIntegerField(_("problems looked at"))
    shifted = models.PositiveIntegerField(_("problems in other territories"))
    moved = models.PositiveIntegerField(_("problems that go to another organisation"))
    kept = models.PositiveIntegerField(_("problems that stay with who took them"))
    others = models.PositiveIntegerField(_("problems that others consider or control"), default=0)
    moves = models.JSONField(default=list)
    numbers = ArrayField(models.BigIntegerField(), default=list)
    decided_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("previewed"))
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("new join with territories")
        verbose_name_plural = _("new joins with territories")
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"#{self.changeset_id}: {self.moved}"
