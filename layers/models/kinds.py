"""What people ask for when they want it near: «аптека», «де здати батарейки»."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from layers.models.layers import Layer, pick_language


class Kind(models.Model):
    """A layer, or a part of it, under the names that people have for it.

    `words`: synonyms and forms in any language, as people type them. `only`: name of a public
    attribute → its allowed values as text (`"true"` for yes); empty: the whole layer.
    """

    slug = models.SlugField(_("slug"), unique=True)
    title_uk = models.CharField(_("title in Ukrainian"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    words = ArrayField(
        models.CharField(max_length=64), verbose_name=_("other words"), default=list, blank=True
    )
    icon = models.CharField(_("icon"), max_length=40, blank=True)
    layer = models.ForeignKey(
        Layer, verbose_name=_("layer"), on_delete=models.CASCADE, related_name="kinds"
    )
    only = models.JSONField(_("only these values"), default=dict, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("kind of objects")
        verbose_name_plural = _("kinds of objects")
        ordering = ("position", "slug")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return pick_language(self.title_uk, self.title_en)
