"""Files of photos that objects of layers have, or had a while ago."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import User
from layers.models.layers import Layer


class Photo(models.Model):
    """The cleaned files of one photo. Whether an object shows it, where and with which words, says
    the object's attribute of the type `photos`; so history, rollback and audience are its own.

    `unused_since`: no standing object names it; the files stay a while, so that a rollback finds
    them. `key`: the only object that may name it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="photos")
    key = models.TextField(_("key"))
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    file = models.FileField(_("file"), max_length=254)
    thumbnail = models.FileField(_("thumbnail"), max_length=254)
    size = models.PositiveIntegerField(_("size, bytes"))
    width = models.PositiveIntegerField(_("width, px"))
    height = models.PositiveIntegerField(_("height, px"))
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)
    unused_since = models.DateTimeField(_("shown by no object since"), null=True, editable=False)

    class Meta:
        verbose_name = _("photo of an object")
        verbose_name_plural = _("photos of objects")
        indexes = (models.Index(fields=["layer", "key"], name="layers_photo_of_feature"),)

    def __str__(self) -> str:
        return f"{self.key}: {self.id}"
