"""Files on their way from a browser: how much of each has come, whose it is, how long it waits."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Upload(models.Model):
    """One file. The row says what is certain: `offset` bytes stand on the disk and are synced.

    The identifier cannot be guessed, and still only its owner may use it.
    """

    class State(models.TextChoices):
        HERE = "here", _("waiting")
        TAKEN = "taken", _("taken over")
        REMOVED = "removed", _("removed")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="uploads"
    )
    purpose = models.CharField(_("purpose"), max_length=32)
    name = models.CharField(_("file name"), max_length=254)
    size = models.BigIntegerField(_("size in bytes"))
    offset = models.BigIntegerField(_("bytes that have come"), default=0)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.HERE)
    created_at = models.DateTimeField(_("begun"), auto_now_add=True)
    expires_at = models.DateTimeField(_("waits until"))

    class Meta:
        verbose_name = _("uploaded file")
        verbose_name_plural = _("uploaded files")
        indexes = (models.Index(fields=["expires_at"], name="uploads_upload_expires"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(offset__gte=0, size__gt=0, offset__lte=models.F("size")),
                name="uploads_upload_offset_within_size",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.offset}/{self.size})"

    @property
    def is_complete(self) -> bool:
        return self.offset == self.size
