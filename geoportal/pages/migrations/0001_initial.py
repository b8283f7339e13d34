import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Page",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title_uk", models.CharField(max_length=120, verbose_name="title in Ukrainian")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=120, verbose_name="title in English"),
                ),
                (
                    "body_uk",
                    models.TextField(
                        blank=True, max_length=100000, verbose_name="text in Ukrainian"
                    ),
                ),
                (
                    "body_en",
                    models.TextField(blank=True, max_length=100000, verbose_name="text in English"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "in_menu",
                    models.BooleanField(default=False, verbose_name="in the menu of the map"),
                ),
                (
                    "in_footer",
                    models.BooleanField(default=True, verbose_name="at the foot of every page"),
                ),
                (
                    "slug",
                    models.CharField(
                        max_length=63,
                        unique=True,
                        validators=[
                            django.core.validators.RegexValidator("^[a-z0-9]+(-[a-z0-9]+)*$")
                        ],
                        verbose_name="slug",
                    ),
                ),
                ("revision", models.PositiveIntegerField(default=1, verbose_name="version")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                (
                    "updated_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="changed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "page",
                "verbose_name_plural": "pages",
                "ordering": ("position", "slug"),
            },
        ),
        migrations.CreateModel(
            name="PageVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title_uk", models.CharField(max_length=120, verbose_name="title in Ukrainian")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=120, verbose_name="title in English"),
                ),
                (
                    "body_uk",
                    models.TextField(
                        blank=True, max_length=100000, verbose_name="text in Ukrainian"
                    ),
                ),
                (
                    "body_en",
                    models.TextField(blank=True, max_length=100000, verbose_name="text in English"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "in_menu",
                    models.BooleanField(default=False, verbose_name="in the menu of the map"),
                ),
                (
                    "in_footer",
                    models.BooleanField(default=True, verbose_name="at the foot of every page"),
                ),
                ("number", models.PositiveIntegerField(verbose_name="version")),
                (
                    "comment",
                    models.CharField(blank=True, max_length=254, verbose_name="what was changed"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created")),
                (
                    "author",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "page",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="pages.page",
                    ),
                ),
            ],
            options={
                "verbose_name": "version of a page",
                "verbose_name_plural": "versions of pages",
                "ordering": ("-number",),
            },
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.CheckConstraint(
                condition=models.Q(("slug__regex", "^[a-z0-9]+(-[a-z0-9]+)*$")),
                name="pages_page_slug_fits_a_url",
            ),
        ),
        migrations.AddConstraint(
            model_name="page",
            constraint=models.CheckConstraint(
                condition=models.Q(("title_uk", ""), _negated=True), name="pages_page_has_a_title"
            ),
        ),
        migrations.AddConstraint(
            model_name="pageversion",
            constraint=models.UniqueConstraint(
                fields=("page", "number"), name="pages_version_number_once"
            ),
        ),
    ]
