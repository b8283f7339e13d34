import django.contrib.gis.db.models.fields
import django.contrib.gis.db.models.functions
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import layers.styles.checking
from django.conf import settings
from django.contrib.postgres.operations import CreateExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        CreateExtension("postgis"),
        CreateExtension("btree_gist"),
        CreateExtension("pg_trgm"),
        migrations.CreateModel(
            name="Layer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "slug",
                    models.CharField(
                        max_length=63,
                        unique=True,
                        validators=[django.core.validators.RegexValidator("^[a-z0-9][a-z0-9_-]*$")],
                        verbose_name="slug",
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("register", "Register"),
                            ("territory", "Territories"),
                            ("problems", "Problems"),
                        ],
                        default="register",
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("title_uk", models.CharField(max_length=254, verbose_name="title in Ukrainian")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=254, verbose_name="title in English"),
                ),
                (
                    "description_uk",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="description in Ukrainian"
                    ),
                ),
                (
                    "description_en",
                    models.TextField(
                        blank=True, max_length=4000, verbose_name="description in English"
                    ),
                ),
                (
                    "geometry_type",
                    models.CharField(
                        choices=[
                            ("point", "Points"),
                            ("line", "Lines"),
                            ("polygon", "Areas"),
                            ("mixed", "Mixed"),
                        ],
                        default="mixed",
                        max_length=8,
                        verbose_name="geometry type",
                    ),
                ),
                (
                    "key_field",
                    models.CharField(
                        blank=True,
                        help_text="The attribute whose value is the key of a feature; empty: keys are made.",
                        max_length=120,
                        verbose_name="key field",
                    ),
                ),
                (
                    "title_field",
                    models.CharField(
                        blank=True,
                        help_text="The attribute that names a feature for people.",
                        max_length=120,
                        verbose_name="title field",
                    ),
                ),
                (
                    "visibility",
                    models.CharField(
                        choices=[
                            ("public", "Everyone"),
                            ("staff", "Staff of the community"),
                            ("organisation", "Members of the organisation"),
                        ],
                        default="staff",
                        max_length=12,
                        verbose_name="who sees it",
                    ),
                ),
                (
                    "accepts_proposals",
                    models.BooleanField(
                        default=False, verbose_name="residents may propose features"
                    ),
                ),
                ("icon", models.CharField(blank=True, max_length=40, verbose_name="icon")),
                (
                    "color",
                    models.CharField(
                        default="#2f6f8f",
                        max_length=7,
                        validators=[django.core.validators.RegexValidator("^#[0-9a-f]{6}$")],
                        verbose_name="colour",
                    ),
                ),
                (
                    "style",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        validators=[layers.styles.checking.check_style],
                        verbose_name="MapLibre style",
                    ),
                ),
                (
                    "min_zoom",
                    models.PositiveSmallIntegerField(
                        default=0,
                        validators=[django.core.validators.MaxValueValidator(22)],
                        verbose_name="lowest zoom",
                    ),
                ),
                (
                    "max_zoom",
                    models.PositiveSmallIntegerField(
                        default=22,
                        validators=[django.core.validators.MaxValueValidator(22)],
                        verbose_name="highest zoom",
                    ),
                ),
                (
                    "shown_by_default",
                    models.BooleanField(default=False, verbose_name="shown when the map opens"),
                ),
                (
                    "is_basemap",
                    models.BooleanField(
                        default=False, verbose_name="drawn under all as the map's ground"
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "licence",
                    models.CharField(default="CC-BY-4.0", max_length=64, verbose_name="licence"),
                ),
                (
                    "update_frequency",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("continuous", "Right after changes"),
                            ("subdaily", "More than once a day"),
                            ("daily", "Daily"),
                            ("weekly", "Weekly"),
                            ("monthly", "Monthly"),
                            ("quarterly", "Quarterly"),
                            ("semiannual", "Twice a year"),
                            ("annual", "Yearly"),
                            ("never", "No longer updated"),
                        ],
                        max_length=12,
                        verbose_name="update frequency",
                    ),
                ),
                ("contact", models.EmailField(blank=True, max_length=254, verbose_name="contact")),
                (
                    "keywords",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="keywords",
                    ),
                ),
                ("legal_basis", models.TextField(blank=True, verbose_name="legal basis")),
                (
                    "spatial_coverage",
                    models.CharField(
                        blank=True, max_length=19, verbose_name="spatial coverage (KATOTTG)"
                    ),
                ),
                (
                    "archived_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="archived"
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="layers",
                        to="accounts.organisation",
                        verbose_name="publisher",
                    ),
                ),
            ],
            options={
                "verbose_name": "layer",
                "verbose_name_plural": "layers",
                "ordering": ("theme__position", "position", "slug"),
            },
        ),
        migrations.CreateModel(
            name="Theme",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True, verbose_name="slug")),
                ("title_uk", models.CharField(max_length=120, verbose_name="title in Ukrainian")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=120, verbose_name="title in English"),
                ),
                ("icon", models.CharField(blank=True, max_length=40, verbose_name="icon")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
            ],
            options={
                "verbose_name": "theme",
                "verbose_name_plural": "themes",
                "ordering": ("position", "slug"),
            },
        ),
        migrations.CreateModel(
            name="Changeset",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("import", "Import"),
                            ("edit", "Edit"),
                            ("schema", "Schema change"),
                            ("rollback", "Rollback"),
                            ("projection", "Publication"),
                            ("archive", "Layer archived"),
                            ("restore", "Layer restored"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("source", models.CharField(blank=True, max_length=254, verbose_name="source")),
                ("comment", models.TextField(blank=True, verbose_name="comment")),
                ("added", models.PositiveIntegerField(default=0, verbose_name="added")),
                ("changed", models.PositiveIntegerField(default=0, verbose_name="changed")),
                ("removed", models.PositiveIntegerField(default=0, verbose_name="removed")),
                ("unchanged", models.PositiveIntegerField(default=0, verbose_name="unchanged")),
                ("details", models.JSONField(default=dict, verbose_name="details")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="time")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="changesets",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rolls_back",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rollbacks",
                        to="layers.changeset",
                    ),
                ),
                (
                    "layer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="changesets",
                        to="layers.layer",
                    ),
                ),
            ],
            options={
                "verbose_name": "changeset",
                "verbose_name_plural": "changesets",
                "ordering": ("-id",),
            },
        ),
        migrations.CreateModel(
            name="LayerState",
            fields=[
                (
                    "layer",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="state",
                        serialize=False,
                        to="layers.layer",
                    ),
                ),
                ("revision", models.BigIntegerField(default=0, verbose_name="revision")),
            ],
        ),
        migrations.CreateModel(
            name="LayerField",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="name")),
                (
                    "title_uk",
                    models.CharField(blank=True, max_length=254, verbose_name="title in Ukrainian"),
                ),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=254, verbose_name="title in English"),
                ),
                (
                    "hint_uk",
                    models.CharField(blank=True, max_length=254, verbose_name="hint in Ukrainian"),
                ),
                (
                    "hint_en",
                    models.CharField(blank=True, max_length=254, verbose_name="hint in English"),
                ),
                (
                    "type",
                    models.CharField(
                        choices=[
                            ("text", "Text"),
                            ("integer", "Whole number"),
                            ("number", "Number"),
                            ("boolean", "Yes or no"),
                            ("date", "Date"),
                            ("datetime", "Date and time"),
                            ("url", "Link"),
                            ("email", "E-mail"),
                            ("phone", "Phone"),
                            ("json", "Structure"),
                        ],
                        default="text",
                        max_length=8,
                        verbose_name="type",
                    ),
                ),
                ("unit", models.CharField(blank=True, max_length=24, verbose_name="unit")),
                (
                    "choices",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text='List of {"value", "title_uk", "title_en"}; empty: any value.',
                        verbose_name="choices",
                    ),
                ),
                ("code_list", models.URLField(blank=True, verbose_name="code list")),
                ("required", models.BooleanField(default=False, verbose_name="required")),
                (
                    "audience",
                    models.CharField(
                        choices=[("public", "Everyone"), ("staff", "Staff only")],
                        default="staff",
                        max_length=8,
                        verbose_name="who sees it",
                    ),
                ),
                ("searchable", models.BooleanField(default=False, verbose_name="searched")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "layer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="fields",
                        to="layers.layer",
                    ),
                ),
            ],
            options={
                "verbose_name": "field",
                "verbose_name_plural": "fields",
                "ordering": ("position", "id"),
            },
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.TextField()),
                ("title", models.TextField()),
                ("subtitle", models.TextField(blank=True)),
                ("folded", models.TextField()),
                (
                    "place",
                    django.contrib.gis.db.models.fields.PointField(spatial_index=False, srid=4326),
                ),
                (
                    "layer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="layers.layer",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="layer",
            name="theme",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                to="layers.theme",
                verbose_name="theme",
            ),
        ),
        migrations.CreateModel(
            name="FeatureVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.TextField(verbose_name="key")),
                (
                    "geom",
                    django.contrib.gis.db.models.fields.GeometryField(
                        null=True, spatial_index=False, srid=4326
                    ),
                ),
                ("properties", models.JSONField(default=dict)),
                ("internal", models.JSONField(default=dict)),
                ("visibility", models.CharField(max_length=8)),
                ("created_at", models.DateTimeField()),
                ("replaced_at", models.DateTimeField()),
                (
                    "changeset",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="made_states",
                        to="layers.changeset",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ended_states",
                        to="layers.changeset",
                    ),
                ),
                (
                    "layer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="layers.layer",
                    ),
                ),
            ],
            options={
                "verbose_name": "earlier state of a feature",
                "verbose_name_plural": "earlier states of features",
                "indexes": [
                    models.Index(fields=["layer", "key"], name="layers_version_of_feature")
                ],
            },
        ),
        migrations.AddIndex(
            model_name="changeset",
            index=models.Index(fields=["layer", "-id"], name="layers_changeset_of_layer"),
        ),
        migrations.AddConstraint(
            model_name="layerfield",
            constraint=models.UniqueConstraint(
                fields=("layer", "name"), name="layers_field_name_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="layerfield",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), _negated=True), name="layers_field_has_a_name"
            ),
        ),
        migrations.AddIndex(
            model_name="searchentry",
            index=django.contrib.postgres.indexes.GinIndex(
                fields=["folded"], name="layers_search_folded", opclasses=["gin_trgm_ops"]
            ),
        ),
        migrations.AddConstraint(
            model_name="searchentry",
            constraint=models.UniqueConstraint(
                fields=("layer", "key"), name="layers_search_entry_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="layer",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug__regex", "^[a-z0-9][a-z0-9_-]*$")),
                name="layers_layer_slug_fits_a_url",
            ),
        ),
        migrations.AddConstraint(
            model_name="layer",
            constraint=models.CheckConstraint(
                condition=models.Q(("min_zoom__lte", models.F("max_zoom"))),
                name="layers_layer_zooms_in_order",
            ),
        ),
        migrations.AddConstraint(
            model_name="layer",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("visibility", "organisation"), _negated=True),
                    ("organisation__isnull", False),
                    _connector="OR",
                ),
                name="layers_layer_organisation_named",
            ),
        ),
    ]
