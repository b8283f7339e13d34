"""A join that waits for a moderator knows its problems, and how many only others look at."""

import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("problems", "0015_a_question_left_unanswered")]

    operations = [
        migrations.AddField(
            model_name="reassignmentrun",
            name="numbers",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(), default=list, size=None
            ),
        ),
        migrations.AddField(
            model_name="reassignmentrun",
            name="others",
            field=models.PositiveIntegerField(
                default=0, verbose_name="problems that others consider or control"
            ),
        ),
    ]
