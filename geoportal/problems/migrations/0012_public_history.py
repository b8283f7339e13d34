"""What changed after a moment is found without reading every problem."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("problems", "0011_personal_data_leaves")]

    operations = [
        migrations.AddIndex(
            model_name="statuschange",
            index=models.Index(
                fields=["created_at"],
                include=("problem",),
                condition=models.Q(is_internal=False),
                name="problems_history_public",
            ),
        ),
    ]
