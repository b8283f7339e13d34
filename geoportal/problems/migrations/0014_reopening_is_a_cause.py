"""A routing decision may come from a reopening."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("problems", "0013_unchecked_media")]

    operations = [
        migrations.AlterField(
            model_name="routingdecision",
            name="cause",
            field=models.CharField(
                choices=[
                    ("publication", "Publication"),
                    ("place", "The place was changed"),
                    ("category", "The category was changed"),
                    ("territory", "Borders of territories were changed"),
                    ("rules", "Rules of responsibility were changed"),
                    ("reopening", "Opened again"),
                ],
                max_length=12,
                verbose_name="cause",
            ),
        ),
    ]
