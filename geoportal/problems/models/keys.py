"""Keys by which other systems write reports through Open311."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import User


class ApiKey(models.Model):
    """A key of one client; only its SHA-256 is kept. Reports come in on behalf of `owner`."""

    name = models.CharField(_("client"), max_length=120)
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="api_keys")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    is_active = models.BooleanField(_("in force"), default=True)
    created_at = models.DateTimeField(_("made"), auto_now_add=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)

    class Meta:
        verbose_name = _("Open311 key")
        verbose_name_plural = _("Open311 keys")

    def __str__(self) -> str:
        return self.name
