"""By which transaction a tile was touched, so that open maps are told what was committed."""

import django.contrib.postgres.indexes
from django.db import migrations, models

from tiles.models.touches import CurrentTransaction


class Migration(migrations.Migration):
    dependencies = [("tiles", "0004_borders")]

    operations = [
        migrations.AddField(
            model_name="touch",
            name="xact",
            field=models.BigIntegerField(db_default=CurrentTransaction()),
        ),
        migrations.AddIndex(
            model_name="touch",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["xact"], name="tiles_touch_of_xact", pages_per_range=8
            ),
        ),
    ]
