"""Layers are archived: nobody sees them, and all they hold is kept."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("layers", "0003_style_shape")]

    operations = [
        migrations.AddField(
            model_name="layer",
            name="archived_at",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="archived"
            ),
        ),
        migrations.AlterField(
            model_name="changeset",
            name="kind",
            field=models.CharField(
                choices=[
                    ("import", "Import"),
                    ("edit", "Edit"),
                    ("schema", "Schema change"),
                    ("rollback", "Rollback"),
                    ("projection", "Publication"),
                    ("archive", "Layer archived"),
                    ("restore", "Layer restored"),
                ],
                max_length=12,
                verbose_name="kind",
            ),
        ),
    ]
