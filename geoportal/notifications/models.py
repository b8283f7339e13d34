"""What people are to be told of, and who wants to be told nothing."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import User
from geoportal.problems.models import Problem


class Preference(models.Model):
    """Whether a person wants letters about problems at all; without a row: yes."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="mail_preference")
    wants_mail = models.BooleanField(_("gets letters about problems"), default=True)

    class Meta:
        verbose_name = _("preference of letters")
        verbose_name_plural = _("preferences of letters")

    def __str__(self) -> str:
        return f"{self.user} · {self.wants_mail}"


class Contact(models.Model):
    """Who stands behind a report of a caller or of another system, at `problem.contact_email`.

    Nobody has proved the address: `wants_mail` is unknown until its owner follows the link of the
    one letter that asks. `address_hash` knows an address again that wants nothing.
    """

    problem = models.OneToOneField(Problem, on_delete=models.CASCADE, related_name="+")
    address_hash = models.CharField(max_length=64, db_index=True)
    wants_mail = models.BooleanField(_("gets letters about problems"), null=True)
    created_at = models.DateTimeField(_("asked"), auto_now_add=True)

    class Meta:
        verbose_name = _("contact of a report")
        verbose_name_plural = _("contacts of reports")

    def __str__(self) -> str:
        return f"{self.problem_id} · {self.wants_mail}"


class Event(models.Model):
    """Something that people are to be told of, until it is told; the subject reads its `details`.

    `due_at`: when the clock tells it, should the job be lost; empty: it was tried to the end.
    """

    subject = models.CharField(_("subject"), max_length=32)
    details = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    due_at = models.DateTimeField(_("due"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    told_at = models.DateTimeField(_("told"), null=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ("-pk",)
        indexes = (
            models.Index(
                F("due_at"),
                name="notifications_event_waiting",
                condition=Q(told_at__isnull=True, due_at__isnull=False),
            ),
            models.Index(F("created_at"), name="notifications_event_created"),
        )

    def __str__(self) -> str:
        return f"{self.subject} · {self.pk}"
