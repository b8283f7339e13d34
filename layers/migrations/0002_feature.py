"""The partitioned table of features; its triggers and functions stand in `sql/current`."""

from pathlib import Path

import django.contrib.gis.db.models.fields
import django.contrib.gis.db.models.functions
import django.db.models.deletion
from django.db import migrations, models

TABLE = Path(__file__).with_name("sql") / "feature_table.sql"


class Migration(migrations.Migration):
    dependencies = [("layers", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLE.read_text(encoding="utf-8"))],
            state_operations=[
                migrations.CreateModel(
                    name="Feature",
                    fields=[
                        ("id", models.BigAutoField(primary_key=True, serialize=False)),
                        ("key", models.TextField(verbose_name="key")),
                        (
                            "geom",
                            django.contrib.gis.db.models.fields.GeometryField(
                                null=True, spatial_index=False, srid=4326
                            ),
                        ),
                        (
                            "geom_3857",
                            models.GeneratedField(
                                db_persist=True,
                                expression=django.contrib.gis.db.models.functions.Transform(
                                    "geom", 3857
                                ),
                                output_field=django.contrib.gis.db.models.fields.GeometryField(
                                    null=True, spatial_index=False, srid=3857
                                ),
                            ),
                        ),
                        (
                            "properties",
                            models.JSONField(default=dict, verbose_name="public attributes"),
                        ),
                        (
                            "internal",
                            models.JSONField(default=dict, verbose_name="staff's attributes"),
                        ),
                        (
                            "visibility",
                            models.CharField(
                                choices=[("public", "Everyone"), ("staff", "Staff")],
                                default="public",
                                max_length=8,
                                verbose_name="who sees it",
                            ),
                        ),
                        (
                            "created_at",
                            models.DateTimeField(auto_now_add=True, verbose_name="created"),
                        ),
                        ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed")),
                        (
                            "changeset",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="layers.changeset",
                            ),
                        ),
                        (
                            "layer",
                            models.ForeignKey(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="features",
                                to="layers.layer",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "feature",
                        "verbose_name_plural": "features",
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("layer", "key"), name="layers_feature_key_once"
                            )
                        ],
                    },
                ),
            ],
        ),
    ]
