"""A layer, its schema, its passport, and the number that changes with its data."""

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import Organisation
from layers.styles.checking import check_style

ZOOM_MAX = 22


def pick_language(uk: str, en: str) -> str:
    """The text in the active language; Ukrainian where there is no English."""
    return en if en and (get_language() or "uk").startswith("en") else uk


class Theme(models.Model):
    """A group of layers in the map's panel."""

    slug = models.SlugField(_("slug"), unique=True)
    title_uk = models.CharField(_("title in Ukrainian"), max_length=120)
    title_en = models.CharField(_("title in English"), max_length=120, blank=True)
    icon = models.CharField(_("icon"), max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("theme")
        verbose_name_plural = _("themes")
        ordering = ("position", "slug")

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return pick_language(self.title_uk, self.title_en)


class Layer(models.Model):
    """A set of features with one schema, one style and one passport."""

    class Kind(models.TextChoices):
        REGISTER = "register", _("Register")
        TERRITORY = "territory", _("Territories")
        PROBLEMS = "problems", _("Problems")

    class GeometryType(models.TextChoices):
        POINT = "point", _("Points")
        LINE = "line", _("Lines")
        POLYGON = "polygon", _("Areas")
        MIXED = "mixed", _("Mixed")

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Everyone")
        STAFF = "staff", _("Staff of the community")
        ORGANISATION = "organisation", _("Members of the organisation")

    class Frequency(models.TextChoices):
        CONTINUOUS = "continuous", _("Right after changes")
        SUBDAILY = "subdaily", _("More than once a day")
        DAILY = "daily", _("Daily")
        WEEKLY = "weekly", _("Weekly")
        MONTHLY = "monthly", _("Monthly")
        QUARTERLY = "quarterly", _("Quarterly")
        SEMIANNUAL = "semiannual", _("Twice a year")
        ANNUAL = "annual", _("Yearly")
        NEVER = "never", _("No longer updated")

    slug = models.CharField(
        _("slug"), max_length=63, unique=True, validators=[RegexValidator(r"^[a-z0-9][a-z0-9_-]*$")]
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.REGISTER)
    title_uk = models.CharField(_("title in Ukrainian"), max_length=254)
    title_en = models.CharField(_("title in English"), max_length=254, blank=True)
    description_uk = models.TextField(_("description in Ukrainian"), blank=True, max_length=4000)
    description_en = models.TextField(_("description in English"), blank=True, max_length=4000)
    theme = models.ForeignKey(
        Theme, verbose_name=_("theme"), null=True, blank=True, on_delete=models.SET_NULL
    )
    organisation = models.ForeignKey(
        Organisation,
        verbose_name=_("publisher"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="layers",
    )
    geometry_type = models.CharField(
        _("geometry type"),
        max_length=8,
        choices=GeometryType.choices,
        default=GeometryType.MIXED,
    )
    key_field = models.CharField(
        _("key field"),
        max_length=120,
        blank=True,
        help_text=_("The attribute whose value is the key of a feature; empty: keys are made."),
    )
    title_field = models.CharField(
        _("title field"),
        max_length=120,
        blank=True,
        help_text=_("The attribute that names a feature for people."),
    )
    visibility = models.CharField(
        _("who sees it"), max_length=12, choices=Visibility.choices, default=Visibility.STAFF
    )
    accepts_proposals = models.BooleanField(_("residents may propose features"), default=False)

    icon = models.CharField(_("icon"), max_length=40, blank=True)
    color = models.CharField(
        _("colour"),
        max_length=7,
        default="#2f6f8f",
        validators=[RegexValidator(r"^#[0-9a-f]{6}$")],
    )
    style = models.JSONField(
        _("MapLibre style"), default=dict, blank=True, validators=[check_style]
    )
    min_zoom = models.PositiveSmallIntegerField(
        _("lowest zoom"), default=0, validators=[MaxValueValidator(ZOOM_MAX)]
    )
    max_zoom = models.PositiveSmallIntegerField(
        _("highest zoom"), default=ZOOM_MAX, validators=[MaxValueValidator(ZOOM_MAX)]
    )
    shown_by_default = models.BooleanField(_("shown when the map opens"), default=False)
    is_basemap = models.BooleanField(_("drawn under all as the map's ground"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    licence = models.CharField(_("licence"), max_length=64, default="CC-BY-4.0")
    update_frequency = models.CharField(
        _("update frequency"), max_length=12, choices=Frequency.choices, blank=True
    )
    contact = models.EmailField(_("contact"), blank=True)
    keywords = ArrayField(
        models.CharField(max_length=64), verbose_name=_("keywords"), default=list, blank=True
    )
    legal_basis = models.TextField(_("legal basis"), blank=True)
    spatial_coverage = models.CharField(_("spatial coverage (KATOTTG)"), max_length=19, blank=True)

    archived_at = models.DateTimeField(_("archived"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("layer")
        verbose_name_plural = _("layers")
        ordering = ("theme__position", "position", "slug")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(slug__regex=r"^[a-z0-9][a-z0-9_-]*$"),
                name="layers_layer_slug_fits_a_url",
            ),
            models.CheckConstraint(
                condition=models.Q(min_zoom__lte=models.F("max_zoom")),
                name="layers_layer_zooms_in_order",
            ),
            models.CheckConstraint(
                condition=~models.Q(visibility="organisation")
                | models.Q(organisation__isnull=False),
                name="layers_layer_organisation_named",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        """An emptied style (`null`, `[]`, no text) is no style; validators skip what is empty."""
        self.style = self.style or {}

    @property
    def is_projected(self) -> bool:
        """Shows the public part of private tables: written by their workflow, by nothing else."""
        return self.kind in PROJECTED_KINDS

    @property
    def title(self) -> str:
        return pick_language(self.title_uk, self.title_en)

    @property
    def description(self) -> str:
        return pick_language(self.description_uk, self.description_en)


PROJECTED_KINDS = frozenset({Layer.Kind.PROBLEMS})


class LayerField(models.Model):
    """One attribute of a layer: forms, checks, headings, OpenAPI and cards come from it."""

    class Type(models.TextChoices):
        TEXT = "text", _("Text")
        INTEGER = "integer", _("Whole number")
        NUMBER = "number", _("Number")
        BOOLEAN = "boolean", _("Yes or no")
        DATE = "date", _("Date")
        DATETIME = "datetime", _("Date and time")
        URL = "url", _("Link")
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone")
        JSON = "json", _("Structure")
        PHOTOS = "photos", _("Photos")

    class Audience(models.TextChoices):
        PUBLIC = "public", _("Everyone")
        STAFF = "staff", _("Staff only")

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="fields")
    name = models.CharField(_("name"), max_length=120)
    title_uk = models.CharField(_("title in Ukrainian"), max_length=254, blank=True)
    title_en = models.CharField(_("title in English"), max_length=254, blank=True)
    hint_uk = models.CharField(_("hint in Ukrainian"), max_length=254, blank=True)
    hint_en = models.CharField(_("hint in English"), max_length=254, blank=True)
    type = models.CharField(_("type"), max_length=8, choices=Type.choices, default=Type.TEXT)
    unit = models.CharField(_("unit"), max_length=24, blank=True)
    choices = models.JSONField(
        _("choices"),
        default=list,
        blank=True,
        help_text=_('List of {"value", "title_uk", "title_en"}; empty: any value.'),
    )
    code_list = models.URLField(_("code list"), blank=True)
    minimum = models.FloatField(
        _("smallest value"), null=True, blank=True, help_text=_("Of numbers; empty: any.")
    )
    maximum = models.FloatField(_("largest value"), null=True, blank=True)
    required = models.BooleanField(_("required"), default=False)
    audience = models.CharField(
        _("who sees it"), max_length=8, choices=Audience.choices, default=Audience.STAFF
    )
    searchable = models.BooleanField(_("searched"), default=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("field")
        verbose_name_plural = _("fields")
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(fields=["layer", "name"], name="layers_field_name_once"),
            models.CheckConstraint(condition=~models.Q(name=""), name="layers_field_has_a_name"),
            models.CheckConstraint(
                condition=~models.Q(minimum__gt=models.F("maximum")),
                name="layers_field_range_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        return pick_language(self.title_uk, self.title_en) or self.name

    def clean(self) -> None:
        """The database refuses it too; this says so in words."""
        if self.type == self.Type.PHOTOS and self.required:
            # An object is there before its photos are.
            raise ValidationError({"required": _("Photos cannot be required.")})
        if self.minimum is not None and self.maximum is not None and self.minimum > self.maximum:
            raise ValidationError({"maximum": _("The largest value is below the smallest one.")})

    @property
    def hint(self) -> str:
        """How to fill it in, and what it means."""
        return pick_language(self.hint_uk, self.hint_en)


class LayerState(models.Model):
    """`revision` grows with every write to the layer's features, by whatever writer (triggers).

    Writers of one layer lock this row, so changesets of a layer follow one another.
    """

    layer = models.OneToOneField(
        Layer, primary_key=True, on_delete=models.CASCADE, related_name="state"
    )
    revision = models.BigIntegerField(_("revision"), default=0)

    def __str__(self) -> str:
        return f"{self.layer_id}: {self.revision}"
