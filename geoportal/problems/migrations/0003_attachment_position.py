from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("problems", "0002_workflow")]

    operations = [
        migrations.AlterModelOptions(
            name="attachment",
            options={
                "ordering": ("position", "pk"),
                "verbose_name": "photo or video",
                "verbose_name_plural": "photos and videos",
            },
        ),
        migrations.AddField(
            model_name="attachment",
            name="position",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="position"),
        ),
    ]
