import django.contrib.postgres.fields
import django.core.validators
import geoportal.interface.accents
import geoportal.interface.models
import geoportal.interface.numbers_to_call
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Community",
            fields=[
                (
                    "id",
                    models.PositiveSmallIntegerField(
                        default=1, editable=False, primary_key=True, serialize=False
                    ),
                ),
                (
                    "name_uk",
                    models.CharField(blank=True, max_length=160, verbose_name="name in Ukrainian"),
                ),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=160, verbose_name="name in English"),
                ),
                (
                    "short_name_uk",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="short name in Ukrainian"
                    ),
                ),
                (
                    "short_name_en",
                    models.CharField(
                        blank=True, max_length=40, verbose_name="short name in English"
                    ),
                ),
                (
                    "katottg",
                    models.CharField(
                        blank=True,
                        max_length=19,
                        validators=[django.core.validators.RegexValidator("^UA\\d{17}$")],
                        verbose_name="KATOTTG code",
                    ),
                ),
                ("logo", models.BinaryField(blank=True, default=b"", verbose_name="logo")),
                ("logo_digest", models.CharField(blank=True, editable=False, max_length=16)),
                (
                    "accent",
                    models.CharField(
                        blank=True,
                        max_length=7,
                        validators=[
                            django.core.validators.RegexValidator("^#[0-9a-f]{6}$"),
                            geoportal.interface.accents.check_accent,
                        ],
                        verbose_name="accent colour",
                    ),
                ),
                (
                    "languages",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[("uk", "Ukrainian"), ("en", "English")], max_length=2
                        ),
                        default=geoportal.interface.models.list_default_languages,
                        size=None,
                        validators=[geoportal.interface.models.check_languages],
                        verbose_name="languages",
                    ),
                ),
                (
                    "map_longitude",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-180),
                            django.core.validators.MaxValueValidator(180),
                        ],
                        verbose_name="longitude where the map opens",
                    ),
                ),
                (
                    "map_latitude",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(-85),
                            django.core.validators.MaxValueValidator(85),
                        ],
                        verbose_name="latitude where the map opens",
                    ),
                ),
                (
                    "map_zoom",
                    models.FloatField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(22),
                        ],
                        verbose_name="zoom at which the map opens",
                    ),
                ),
                (
                    "base_map_style_url",
                    models.URLField(
                        blank=True, max_length=500, verbose_name="style of the base map"
                    ),
                ),
                (
                    "base_map_raster_url",
                    models.CharField(
                        blank=True,
                        max_length=500,
                        validators=[
                            django.core.validators.RegexValidator("^(https?://[^/\\s]+/|/)\\S*$")
                        ],
                        verbose_name="base map of images",
                    ),
                ),
                (
                    "base_map_attribution",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="attribution of the base map"
                    ),
                ),
                (
                    "authority_uk",
                    models.CharField(
                        blank=True, max_length=254, verbose_name="authority in Ukrainian"
                    ),
                ),
                (
                    "authority_en",
                    models.CharField(
                        blank=True, max_length=254, verbose_name="authority in English"
                    ),
                ),
                (
                    "address_uk",
                    models.CharField(
                        blank=True, max_length=254, verbose_name="address in Ukrainian"
                    ),
                ),
                (
                    "address_en",
                    models.CharField(blank=True, max_length=254, verbose_name="address in English"),
                ),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=64, verbose_name="phone")),
                (
                    "hours_uk",
                    models.CharField(
                        blank=True, max_length=254, verbose_name="working hours in Ukrainian"
                    ),
                ),
                (
                    "hours_en",
                    models.CharField(
                        blank=True, max_length=254, verbose_name="working hours in English"
                    ),
                ),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "reviewed_uk",
                    models.CharField(
                        blank=True,
                        max_length=60,
                        verbose_name="when the pages were reviewed, in Ukrainian",
                    ),
                ),
                (
                    "reviewed_en",
                    models.CharField(
                        blank=True,
                        max_length=60,
                        verbose_name="when the pages were reviewed, in English",
                    ),
                ),
                (
                    "emergency_numbers",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="List of {“number”, “title_uk”, “title_en”}; empty: those of Ukraine.",
                        validators=[geoportal.interface.numbers_to_call.check_numbers],
                        verbose_name="emergency numbers",
                    ),
                ),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
            ],
            options={
                "verbose_name": "community",
                "verbose_name_plural": "community",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("id", 1)), name="interface_community_is_one"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("map_latitude__isnull", True), ("map_longitude__isnull", True)
                            ),
                            models.Q(
                                ("map_latitude__isnull", False), ("map_longitude__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="interface_community_center_whole",
                    ),
                ],
            },
        ),
    ]
