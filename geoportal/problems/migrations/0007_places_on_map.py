"""Places as numbers of the map's grid, and the index that tiles are counted from."""

from pathlib import Path

from django.db import migrations, models

SQL = Path(__file__).with_name("sql")


class Migration(migrations.Migration):
    dependencies = [("problems", "0006_martial_law")]

    operations = [
        migrations.RunSQL((SQL / "0007_places_on_map.sql").read_text(encoding="utf-8")),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(
                models.Func(models.F("geom"), function="problems_map_x"),
                models.Func(models.F("geom"), function="problems_map_y"),
                include=("id", "geom", "state", "is_public", "due_at", "asked_at"),
                name="problems_on_map",
            ),
        ),
    ]
