"""The partitioned table of differences; `importers.stages.tables` makes its partitions."""

from pathlib import Path

import django.contrib.gis.db.models.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models


TABLE = Path(__file__).with_name("sql") / "difference_table.sql"


class Migration(migrations.Migration):
    dependencies = [
        ("importers", "0001_initial"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[migrations.RunSQL(TABLE.read_text(encoding="utf-8"))],
            state_operations=[
                migrations.CreateModel(
                    name="Difference",
                    fields=[
                        (
                            "pk",
                            models.CompositePrimaryKey(
                                "of_id",
                                "key",
                                blank=True,
                                editable=False,
                                primary_key=True,
                                serialize=False,
                            ),
                        ),
                        ("key", models.TextField()),
                        (
                            "action",
                            models.CharField(
                                choices=[
                                    ("added", "Added"),
                                    ("changed", "Changed"),
                                    ("removed", "Removed"),
                                ],
                                max_length=8,
                            ),
                        ),
                        (
                            "geom",
                            django.contrib.gis.db.models.fields.GeometryField(
                                null=True, spatial_index=False, srid=4326
                            ),
                        ),
                        ("properties", models.JSONField(null=True)),
                        ("internal", models.JSONField(null=True)),
                        ("removed", models.BooleanField(default=False)),
                        (
                            "box",
                            django.contrib.gis.db.models.fields.GeometryField(
                                null=True, spatial_index=False, srid=4326
                            ),
                        ),
                        (
                            "of",
                            models.ForeignKey(
                                db_constraint=False,
                                db_index=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                related_name="+",
                                to="importers.import",
                            ),
                        ),
                    ],
                    options={
                        "indexes": [
                            models.Index(
                                fields=["of", "action", "key"], name="importers_difference_action"
                            ),
                            django.contrib.postgres.indexes.GistIndex(
                                fields=["box"], name="importers_difference_box"
                            ),
                        ],
                    },
                ),
            ],
        ),
    ]
