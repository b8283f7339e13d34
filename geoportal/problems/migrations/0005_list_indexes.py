"""Indexes of the list: the most voices first, words of addresses, counts by state."""

import django.contrib.postgres.indexes
import django.db.models.functions.text
from django.db import migrations, models

SHOWN = models.Q(("is_public", True), ("state__in", ("open", "accepted", "closed", "archived")))


class Migration(migrations.Migration):
    dependencies = [("problems", "0004_reassignment_runs")]

    operations = [
        migrations.RemoveIndex(model_name="problem", name="problems_published"),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(
                condition=SHOWN,
                fields=["-published_at", "-id"],
                include=("state",),
                name="problems_published",
            ),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(condition=SHOWN, fields=["-votes", "-id"], name="problems_by_votes"),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("address"), name="gin_trgm_ops"
                ),
                name="problems_address_words",
            ),
        ),
    ]
