"""What authors were told of who sees a report, and what stands already as if it were promised."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("problems", "0007_places_on_map")]

    operations = [
        migrations.AddField(
            model_name="problem",
            name="private_answers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.SlugField(),
                blank=True,
                default=list,
                size=None,
                verbose_name="answers told to be not public",
            ),
        ),
        migrations.AddField(
            model_name="problem",
            name="private_promised",
            field=models.BooleanField(
                default=False, verbose_name="the author was told that it is not published"
            ),
        ),
        migrations.AlterField(
            model_name="category",
            name="is_public",
            field=models.BooleanField(
                default=True,
                help_text="Switched off, it hides its problems at once. Switched on, it shows only what is reported from then on: whose author was told “not published” is never published.",
                verbose_name="problems are shown to everyone",
            ),
        ),
        migrations.AlterField(
            model_name="question",
            name="is_public",
            field=models.BooleanField(
                default=True,
                help_text="Answers that were given as “not public” stay so when it is switched on.",
                verbose_name="the answer is shown to everyone",
            ),
        ),
        migrations.RunSQL(
            (SQL / "0008_promises.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_public", True), ("private_promised", True), _negated=True),
                name="problems_problem_public_as_promised",
            ),
        ),
    ]
