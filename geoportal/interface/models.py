"""The one row that says whose portal this is: names, looks, contacts, languages, map."""

from typing import Final

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from geoportal.interface.accents import check_accent
from geoportal.interface.numbers_to_call import check_numbers

THE_ROW: Final = 1
# A template with {z}, {x} and {y}: of another site, or of this one.
RASTER_URL: Final = r"^(https?://[^/\s]+/|/)\S*$"
PMTILES_NAME = r"^[A-Za-z0-9][A-Za-z0-9._-]*\.pmtiles$"


def list_default_languages() -> list[str]:
    return ["uk", "en"]


def check_languages(languages: list[str]) -> None:
    """Ukrainian is always spoken, and no language twice."""
    if "uk" not in languages or len(set(languages)) != len(languages):
        raise ValidationError(_("Each language once, “uk” among them."))


def pick(uk: str, en: str) -> str:
    """The text in the active language; Ukrainian where there is no English."""
    return en if en and (get_language() or settings.LANGUAGE_CODE).startswith("en") else uk


class Community(models.Model):
    """The community that keeps the portal. Until a pack is applied there is no row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_ROW, editable=False)
    name_uk = models.CharField(_("name in Ukrainian"), max_length=160, blank=True)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    short_name_uk = models.CharField(_("short name in Ukrainian"), max_length=40, blank=True)
    short_name_en = models.CharField(_("short name in English"), max_length=40, blank=True)
    katottg = models.CharField(
        _("KATOTTG code"), max_length=19, blank=True, validators=[RegexValidator(r"^UA\d{17}$")]
    )
    logo = models.BinaryField(_("logo"), blank=True, default=b"")
    logo_digest = models.CharField(max_length=16, blank=True, editable=False)
    accent = models.CharField(
        _("accent colour"),
        max_length=7,
        blank=True,
        validators=[RegexValidator(r"^#[0-9a-f]{6}$"), check_accent],
    )
    languages = ArrayField(
        models.CharField(max_length=2, choices=settings.LANGUAGES),
        verbose_name=_("languages"),
        default=list_default_languages,
        validators=[check_languages],
    )
    map_longitude = models.FloatField(
        _("longitude where the map opens"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    map_latitude = models.FloatField(
        _("latitude where the map opens"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-85), MaxValueValidator(85)],
    )
    map_zoom = models.FloatField(
        _("zoom at which the map opens"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(22)],
    )
    base_map_style_url = models.URLField(_("style of the base map"), max_length=500, blank=True)
    base_map_raster_url = models.CharField(
        _("base map of images"),
        max_length=500,
        blank=True,
        validators=[RegexValidator(RASTER_URL)],
    )
    base_map_pmtiles = models.CharField(
        _("file of the base map"),
        max_length=100,
        blank=True,
        validators=[RegexValidator(PMTILES_NAME)],
        help_text=_("A PMTiles file in the folder “basemaps” of the data folder."),
    )
    base_map_attribution = models.CharField(
        _("attribution of the base map"), max_length=500, blank=True
    )
    authority_uk = models.CharField(_("authority in Ukrainian"), max_length=254, blank=True)
    authority_en = models.CharField(_("authority in English"), max_length=254, blank=True)
    address_uk = models.CharField(_("address in Ukrainian"), max_length=254, blank=True)
    address_en = models.CharField(_("address in English"), max_length=254, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=64, blank=True)
    hours_uk = models.CharField(_("working hours in Ukrainian"), max_length=254, blank=True)
    hours_en = models.CharField(_("working hours in English"), max_length=254, blank=True)
    website = models.URLField(_("website"), blank=True)
    reviewed_uk = models.CharField(
        _("when the pages were reviewed, in Ukrainian"), max_length=60, blank=True
    )
    reviewed_en = models.CharField(
        _("when the pages were reviewed, in English"), max_length=60, blank=True
    )
    emergency_numbers = models.JSONField(
        _("emergency numbers"),
        default=list,
        blank=True,
        validators=[check_numbers],
        help_text=_("List of {“number”, “title_uk”, “title_en”}; empty: those of Ukraine."),
    )
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("community")
        verbose_name_plural = _("community")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(id=THE_ROW), name="interface_community_is_one"
            ),
            models.CheckConstraint(
                condition=models.Q(map_longitude__isnull=True, map_latitude__isnull=True)
                | models.Q(map_longitude__isnull=False, map_latitude__isnull=False),
                name="interface_community_center_whole",
            ),
        )

    def __str__(self) -> str:
        return self.short_name

    @property
    def name(self) -> str:
        """The full name in the active language; "" before a pack is applied."""
        return pick(self.name_uk, self.name_en)

    @property
    def short_name(self) -> str:
        """The town's name in the active language; "" before a pack is applied."""
        return pick(self.short_name_uk, self.short_name_en)
