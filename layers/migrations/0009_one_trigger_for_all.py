"""Partitions bear the statement triggers of the table; those of their own go."""

from django.db import migrations

from geoportal.core.database.current_sql import read_current

FORWARD = (
    "DROP FUNCTION IF EXISTS layers_partition_written() CASCADE",
    read_current("layers", "partitions"),
    read_current("layers", "revisions"),
    "SELECT layers_copy_all_triggers()",
)


class Migration(migrations.Migration):
    dependencies = [("layers", "0008_passport_changes")]

    operations = [migrations.RunSQL(statement, migrations.RunSQL.noop) for statement in FORWARD]
