import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("importers", "0004_publisher"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportGroup",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(blank=True, max_length=254, verbose_name="file")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="time")),
            ],
            options={
                "verbose_name": "imports that came together",
                "verbose_name_plural": "imports that came together",
                "ordering": ("-id",),
            },
        ),
        migrations.AddField(
            model_name="import",
            name="part",
            field=models.CharField(blank=True, max_length=254, verbose_name="part of the file"),
        ),
        migrations.AddField(
            model_name="import",
            name="group",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="imports",
                to="importers.importgroup",
            ),
        ),
    ]
