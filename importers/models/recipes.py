"""What was answered about a source is remembered and proposed for its next file."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import User
from layers.models import Layer


class Recipe(models.Model):
    """Answers for files of one shape that go into one layer.

    `shape`: a digest of the format and the columns of the file; `name`: of the file that was
    imported last. What is asked anew each time (removals, say) is not among the answers.
    """

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="recipes")
    shape = models.CharField(max_length=64)
    name = models.CharField(_("file"), max_length=254)
    answers = models.JSONField(_("answers"), default=dict)
    author = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    used = models.PositiveIntegerField(_("times used"), default=0)
    created_at = models.DateTimeField(_("time"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("recipe of an import")
        verbose_name_plural = _("recipes of imports")
        ordering = ("-updated_at",)
        constraints = (
            models.UniqueConstraint(fields=["layer", "shape"], name="importers_recipe_once"),
        )

    def __str__(self) -> str:
        return self.name
