"""Photos and videos that no moderator has seen, and attempts to clean a video."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("problems", "0012_public_history")]

    operations = [
        migrations.AlterField(
            model_name="attachment",
            name="is_hidden",
            field=models.BooleanField(default=False, verbose_name="hidden"),
        ),
        migrations.AddField(
            model_name="attachment",
            name="needs_check",
            field=models.BooleanField(
                default=False, verbose_name="waits for a moderator to look at it"
            ),
        ),
        migrations.AddField(
            model_name="attachment",
            name="attempts",
            field=models.PositiveSmallIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="attachment",
            name="next_attempt_at",
            field=models.DateTimeField(blank=True, editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                fields=["created_at", "id"],
                condition=models.Q(needs_check=True),
                name="problems_attachment_unchecked",
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(processing="waiting"),
                name="problems_attachment_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(needs_check=False) | models.Q(is_hidden=True),
                name="problems_attachment_unchecked_is_hidden",
            ),
        ),
        migrations.RunSQL(
            (SQL / "0013_unchecked_media.sql").read_text(encoding="utf-8"), migrations.RunSQL.noop
        ),
    ]
