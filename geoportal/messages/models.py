"""The outbox: everything that leaves the portal for an address waits here until it has gone."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """One message to one address by one channel; it knows no user and no organisation.

    Either it is written already (`text`), or whoever registered its `topic` writes it from
    `payload` when it goes. `due_at`: when it is to be taken next; while it is being sent, when the
    lease of the worker that sends it ends. After `expires_at` it is not tried any more. `owner`:
    whose rows these are, in the words of the package that posted them, by which they are found and
    forgotten. `key`: the address is told of it once. `uid` makes a `Message-ID` that stays when
    the message has to be sent once more.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waits")
        SENDING = "sending", _("is being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Priority(models.IntegerChoices):
        """Somebody waits for the message at a screen, or reads it some day."""

        AWAITED = 0, _("awaited")
        NEWS = 1, _("news")

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    channel = models.CharField(_("channel"), max_length=16)
    address = models.CharField(_("to"), max_length=1024)
    language = models.CharField(_("language"), max_length=8, blank=True)
    subject = models.CharField(_("subject"), max_length=254, blank=True)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    topic = models.CharField(_("topic"), max_length=32, blank=True)
    payload = models.JSONField(default=dict, blank=True)
    owner = models.CharField(max_length=64, blank=True)
    key = models.CharField(_("about"), max_length=64, blank=True)
    priority = models.SmallIntegerField(
        _("priority"), choices=Priority.choices, default=Priority.NEWS
    )
    state = models.CharField(_("state"), max_length=9, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    last_error = models.CharField(_("last error"), max_length=64, blank=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    due_at = models.DateTimeField(_("due"))
    expires_at = models.DateTimeField(_("tried until"))
    tried_at = models.DateTimeField(_("last tried"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ("-pk",)
        indexes = (
            models.Index(
                F("priority"),
                F("due_at"),
                name="outbox_waiting",
                condition=Q(state__in=["queued", "sending"]),
            ),
            models.Index(F("owner"), name="outbox_owner", condition=~Q(owner="")),
            models.Index(F("address"), name="outbox_address"),
            models.Index(F("created_at"), name="outbox_created"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=["key", "address", "channel"],
                name="outbox_told_once",
                condition=~Q(key=""),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["queued", "sending", "sent", "failed", "withdrawn"]),
                name="outbox_state_is_known",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="outbox_sent_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "withdrawn"]) | Q(text="", html=""),
                name="outbox_keeps_no_text_of_what_went",
            ),
        )

    def __str__(self) -> str:
        return f"{self.channel} · {self.address}"
