"""Triggers that keep the life of a problem in order, and the function that finds who answers."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("sql")
FILES = ("workflow", "routing")


def statements() -> str:
    return "\n".join((SQL / f"0002_{name}.sql").read_text(encoding="utf-8") for name in FILES)


class Migration(migrations.Migration):
    dependencies = [("problems", "0001_initial")]

    operations = [migrations.RunSQL(statements(), elidable=False)]
