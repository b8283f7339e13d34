"""The tree of categories and what each asks the reporter besides the text."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from layers.models.layers import pick_language


class Category(models.Model):
    """What a problem is about. Leaves are chosen by residents; terms left empty are inherited."""

    code = models.SlugField(_("code"), unique=True)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("parent"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    title_uk = models.CharField(_("title in Ukrainian"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    icon = models.CharField(_("icon"), max_length=40, blank=True)
    keywords = ArrayField(
        models.CharField(max_length=64), verbose_name=_("keywords"), default=list, blank=True
    )
    hint_uk = models.TextField(_("hint in Ukrainian"), blank=True)
    hint_en = models.TextField(_("hint in English"), blank=True)
    is_emergency = models.BooleanField(
        _("the hint says that this is an emergency: call first"), default=False
    )
    is_public = models.BooleanField(
        _("problems are shown to everyone"),
        default=True,
        help_text=_(
            "Switched off, it hides its problems at once. Switched on, it shows only what is "
            "reported from then on: whose author was told “not published” is never published."
        ),
    )
    is_active = models.BooleanField(_("offered to reporters"), default=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    duplicate_radius_m = models.PositiveSmallIntegerField(
        _("radius in which reports may be the same, m"), null=True, blank=True
    )
    moderation_working_days = models.PositiveSmallIntegerField(
        _("working days for moderation"), null=True, blank=True
    )
    acceptance_working_days = models.PositiveSmallIntegerField(
        _("working days for acceptance"), null=True, blank=True
    )
    solution_days = models.PositiveSmallIntegerField(
        _("days for the solution"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(730)],
        help_text=_("Calendar days; empty: a month."),
    )

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ("position", "code")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return pick_language(self.title_uk, self.title_en)

    @property
    def hint(self) -> str:
        return pick_language(self.hint_uk, self.hint_en)


class Question(models.Model):
    """One extra question of a category, in the words of Open311's service definition."""

    class Datatype(models.TextChoices):
        STRING = "string", _("Line of text")
        TEXT = "text", _("Text")
        NUMBER = "number", _("Number")
        DATETIME = "datetime", _("Date and time")
        ONE = "singlevaluelist", _("One of a list")
        MANY = "multivaluelist", _("Several of a list")

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="questions")
    code = models.SlugField(_("code"))
    title_uk = models.CharField(_("question in Ukrainian"), max_length=254)
    title_en = models.CharField(_("question in English"), max_length=254, blank=True)
    datatype = models.CharField(
        _("kind of answer"), max_length=16, choices=Datatype.choices, default=Datatype.STRING
    )
    required = models.BooleanField(_("required"), default=False)
    is_public = models.BooleanField(
        _("the answer is shown to everyone"),
        default=True,
        help_text=_("Answers that were given as “not public” stay so when it is switched on."),
    )
    choices = models.JSONField(
        _("choices"),
        default=list,
        blank=True,
        help_text=_("A list of {“value”, “title_uk”, “title_en”}."),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["category", "code"], name="problems_question_once"),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return pick_language(self.title_uk, self.title_en)
