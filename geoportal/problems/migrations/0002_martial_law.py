"""Martial law lasts: holidays are working days until an administrator writes when it ended."""

import datetime

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# Article 6 of law 2136-IX took effect; the day off of 7 March 2022 had been transferred before.
FIRST_DAY = datetime.date(2022, 3, 24)


def begin(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    periods = apps.get_model("problems", "MartialLawPeriod")
    if not periods.objects.exists():
        periods.objects.create(starts_on=FIRST_DAY)


class Migration(migrations.Migration):
    dependencies = [("problems", "0001_initial")]

    operations = [migrations.RunPython(begin, migrations.RunPython.noop)]
