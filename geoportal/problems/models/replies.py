"""Words that organisations use often."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import Organisation
from geoportal.problems.models.categories import Category


class ResponseTemplate(models.Model):
    """A reply with a name; without an organisation it is offered to all, moderators included."""

    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("organisation"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="templates",
    )
    category = models.ForeignKey(
        Category,
        verbose_name=_("category"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    action = models.CharField(_("for the action"), max_length=16, blank=True)
    title = models.CharField(_("title"), max_length=120)
    words = models.TextField(_("words"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("response template")
        verbose_name_plural = _("response templates")
        ordering = ("position", "title")

    def __str__(self) -> str:
        return self.title
