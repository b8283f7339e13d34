"""How the borders of a generalised shape were simplified."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("tiles", "0003_heavy"),
    ]

    operations = [
        migrations.AddField(
            model_name="shape",
            name="borders",
            field=models.SmallIntegerField(
                choices=[(0, "Unseen"), (1, "Shared"), (2, "Own"), (3, "Overlapping")],
                db_default=0,
                default=0,
            ),
        ),
    ]
