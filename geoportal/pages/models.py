"""Pages that administrators write in both languages, and every version that there was."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"


def is_english() -> bool:
    return (get_language() or settings.LANGUAGE_CODE).startswith("en")


class PageContent(models.Model):
    """What a page says and where it is linked from; a version holds the same."""

    title_uk = models.CharField(_("title in Ukrainian"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    body_uk = models.TextField(_("text in Ukrainian"), max_length=100_000, blank=True)
    body_en = models.TextField(_("text in English"), max_length=100_000, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    in_menu = models.BooleanField(_("in the menu of the map"), default=False)
    in_footer = models.BooleanField(_("at the foot of every page"), default=True)

    class Meta:
        abstract = True

    @property
    def title(self) -> str:
        """In the active language; Ukrainian where there is no English."""
        return self.title_en if is_english() and self.title_en else self.title_uk

    @property
    def body(self) -> str:
        """In the active language; Ukrainian where there is no English."""
        return self.body_en if self.is_body_english else self.body_uk

    @property
    def is_body_english(self) -> bool:
        return is_english() and bool(self.body_en)


class Page(PageContent):
    """A page as it stands; `revision` is the number of the version that it equals."""

    slug = models.CharField(
        _("slug"), max_length=63, unique=True, validators=[RegexValidator(SLUG)]
    )
    revision = models.PositiveIntegerField(_("version"), default=1)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ("position", "slug")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(slug__regex=SLUG), name="pages_page_slug_fits_a_url"
            ),
            models.CheckConstraint(condition=~models.Q(title_uk=""), name="pages_page_has_a_title"),
        )

    def __str__(self) -> str:
        return self.title


class PageVersion(PageContent):
    """A page as it was saved once. Append-only; a trigger refuses anything else."""

    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    comment = models.CharField(_("what was changed"), max_length=254, blank=True)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    class Meta:
        verbose_name = _("version of a page")
        verbose_name_plural = _("versions of pages")
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=["page", "number"], name="pages_version_number_once"),
        )

    def __str__(self) -> str:
        return f"{self.page_id} · {self.number}"
