"""The history is kept by who acts, by fixed reasons and by its own course; it is not emptied."""

from pathlib import Path

import django.contrib.postgres.fields
from django.db import migrations, models

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_letters_and_counts"), ("problems", "0008_promises")]

    operations = [
        migrations.RemoveField(model_name="stateedge", name="needs_reason"),
        migrations.AddField(
            model_name="stateedge",
            name="reasons",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=16), default=list, size=None
            ),
        ),
        migrations.RunSQL((SQL / "0009_guarded_steps.sql").read_text(encoding="utf-8")),
    ]
