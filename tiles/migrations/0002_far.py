"""Tables from which tiles from afar are made, and what stands already put into them."""

import django.contrib.gis.db.models.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from geoportal.core.database.current_sql import read_current


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Each layer that stands is counted and generalised once."""
    with schema_editor.connection.cursor() as cursor:
        for subject in ("cells", "shapes"):
            cursor.execute(read_current("tiles", subject))
        cursor.execute("SELECT tiles_count_cells(id), tiles_generalise_layer(id) FROM layers_layer")


class Migration(migrations.Migration):
    dependencies = [("tiles", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Cell",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "layer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="layers.layer",
                    ),
                ),
                ("level", models.SmallIntegerField()),
                ("code", models.BigIntegerField()),
                ("visibility", models.TextField()),
                ("class_value", models.TextField(db_column="class")),
                ("n", models.IntegerField()),
                ("sum_x", models.BigIntegerField()),
                ("sum_y", models.BigIntegerField()),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    models.Index(fields=["layer", "level", "code"], name="tiles_cell_of_layer")
                ],
            },
        ),
        migrations.CreateModel(
            name="Shape",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "layer_id",
                        "feature_id",
                        "band",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "layer",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="layers.layer",
                    ),
                ),
                ("feature_id", models.BigIntegerField()),
                ("band", models.SmallIntegerField()),
                ("size_m", models.FloatField()),
                (
                    "geom_3857",
                    django.contrib.gis.db.models.fields.GeometryField(
                        spatial_index=False, srid=3857
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "indexes": [
                    django.contrib.postgres.indexes.GistIndex(
                        fields=["layer", "band", "geom_3857"], name="tiles_shapes_of_band"
                    )
                ],
            },
        ),
        migrations.RunPython(fill, migrations.RunPython.noop, elidable=True),
    ]
