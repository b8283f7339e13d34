import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("problems", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Contact",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("address_hash", models.CharField(db_index=True, max_length=64)),
                (
                    "wants_mail",
                    models.BooleanField(null=True, verbose_name="gets letters about problems"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="asked")),
                (
                    "problem",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="problems.problem",
                    ),
                ),
            ],
            options={
                "verbose_name": "contact of a report",
                "verbose_name_plural": "contacts of reports",
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("subject", models.CharField(max_length=32, verbose_name="subject")),
                ("details", models.JSONField(default=dict)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                ("due_at", models.DateTimeField(null=True, verbose_name="due")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("told_at", models.DateTimeField(null=True, verbose_name="told")),
            ],
            options={
                "verbose_name": "event",
                "verbose_name_plural": "events",
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(
                        models.F("due_at"),
                        condition=models.Q(("due_at__isnull", False), ("told_at__isnull", True)),
                        name="notifications_event_waiting",
                    ),
                    models.Index(models.F("created_at"), name="notifications_event_created"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Preference",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "wants_mail",
                    models.BooleanField(default=True, verbose_name="gets letters about problems"),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mail_preference",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "preference of letters",
                "verbose_name_plural": "preferences of letters",
            },
        ),
    ]
