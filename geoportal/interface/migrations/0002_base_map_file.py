"""A base map of the town's own by the name of its file."""

import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("interface", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="community",
            name="base_map_pmtiles",
            field=models.CharField(
                blank=True,
                help_text="A PMTiles file in the folder “basemaps” of the data folder.",
                max_length=100,
                validators=[
                    django.core.validators.RegexValidator("^[A-Za-z0-9][A-Za-z0-9._-]*\\.pmtiles$")
                ],
                verbose_name="file of the base map",
            ),
        ),
    ]
