"""Where it is remembered which tiles were heavy or left something out."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tiles", "0002_far"),
    ]

    operations = [
        migrations.CreateModel(
            name="HeavyTile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("z", models.SmallIntegerField()),
                ("x", models.IntegerField()),
                ("y", models.IntegerField()),
                (
                    "names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("seen", models.TextField()),
                (
                    "versions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), size=None
                    ),
                ),
                ("built_at", models.DateTimeField()),
                ("size_bytes", models.IntegerField()),
                ("attributes_dropped", models.BooleanField()),
                ("kept", models.FloatField()),
                (
                    "left_out",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.IntegerField(), size=None
                    ),
                ),
            ],
            options={
                "default_permissions": (),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("z", "x", "y", "names", "seen"), name="tiles_heavytile_once"
                    )
                ],
            },
        ),
    ]
