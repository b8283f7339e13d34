"""A moderator removes content from closed and archived problems, along the history only."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("problems", "0009_guarded_steps")]

    operations = [
        migrations.AddField(
            model_name="problem",
            name="is_withdrawn",
            field=models.BooleanField(default=False, verbose_name="removed from public view"),
        ),
        migrations.AlterField(
            model_name="statuschange",
            name="action",
            field=models.CharField(
                choices=[
                    ("report", "Reported"),
                    ("confirm_email", "E-mail confirmed"),
                    ("publish", "Published"),
                    ("reject", "Not published"),
                    ("resubmit", "Sent again"),
                    ("restore", "Returned to moderation"),
                    ("retract", "Taken from publication"),
                    ("edit", "Text changed"),
                    ("move", "Place changed"),
                    ("recategorise", "Category changed"),
                    ("hide_media", "Photo or video hidden"),
                    ("show_media", "Photo or video shown"),
                    ("hide_words", "Words of the history hidden"),
                    ("show_words", "Words of the history shown"),
                    ("withdraw", "Removed from public view"),
                    ("bring_back", "Returned to public view"),
                    ("reroute", "Passed to another organisation"),
                    ("assign", "Organisation added"),
                    ("accept", "Accepted"),
                    ("ask", "Author asked"),
                    ("answer", "Author answered"),
                    ("forward", "Forwarded"),
                    ("announce", "Date announced"),
                    ("note", "Internal note"),
                    ("close", "Closed"),
                    ("merge", "Joined with another problem"),
                    ("rate", "Rated"),
                    ("reopen", "Opened again"),
                    ("remind", "Reminder sent"),
                    ("archive", "Moved to the archive"),
                ],
                max_length=16,
                verbose_name="action",
            ),
        ),
        migrations.RunSQL((SQL / "0010_withdrawing.sql").read_text(encoding="utf-8")),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_public", True), ("is_withdrawn", True), _negated=True),
                name="problems_problem_withdrawn_is_not_public",
            ),
        ),
    ]
