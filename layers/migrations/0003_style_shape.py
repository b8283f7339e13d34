"""A style is checked before it is kept; the table stays as it is."""

from django.db import migrations, models

import layers.style_check


class Migration(migrations.Migration):
    dependencies = [("layers", "0002_feature")]

    operations = [
        migrations.AlterField(
            model_name="layer",
            name="style",
            field=models.JSONField(
                blank=True,
                default=dict,
                validators=[layers.style_check.check_style],
                verbose_name="MapLibre style",
            ),
        ),
    ]
