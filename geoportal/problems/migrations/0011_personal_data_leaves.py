"""Words of reports that were never published may go; contacts that are kept long enough are found."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("problems", "0010_withdrawing")]

    operations = [
        migrations.RunSQL((SQL / "0011_personal_data_leaves.sql").read_text(encoding="utf-8")),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(
                fields=["state_since"],
                condition=models.Q(state__in=("archived", "rejected"))
                & (
                    models.Q(contact_name__gt="")
                    | models.Q(contact_phone__gt="")
                    | models.Q(contact_email__gt="")
                ),
                name="problems_contacts_to_forget",
            ),
        ),
    ]
