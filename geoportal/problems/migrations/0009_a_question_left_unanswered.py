"""A step of the history for a question that the author did not answer in time."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("problems", "0008_reopening_is_a_cause")]

    operations = [
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
                    ("reroute", "Passed to another organisation"),
                    ("assign", "Organisation added"),
                    ("accept", "Accepted"),
                    ("ask", "Author asked"),
                    ("answer", "Author answered"),
                    ("unanswered", "Author did not answer"),
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
    ]
