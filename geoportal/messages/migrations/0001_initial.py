import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("channel", models.CharField(max_length=16, verbose_name="channel")),
                ("address", models.CharField(max_length=1024, verbose_name="to")),
                ("language", models.CharField(blank=True, max_length=8, verbose_name="language")),
                ("subject", models.CharField(blank=True, max_length=254, verbose_name="subject")),
                ("text", models.TextField(blank=True)),
                ("html", models.TextField(blank=True)),
                ("headers", models.JSONField(blank=True, default=dict)),
                ("topic", models.CharField(blank=True, max_length=32, verbose_name="topic")),
                ("payload", models.JSONField(blank=True, default=dict)),
                ("owner", models.CharField(blank=True, max_length=64)),
                ("key", models.CharField(blank=True, max_length=64, verbose_name="about")),
                (
                    "priority",
                    models.SmallIntegerField(
                        choices=[(0, "awaited"), (1, "news")], default=1, verbose_name="priority"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("queued", "waits"),
                            ("sending", "is being sent"),
                            ("sent", "sent"),
                            ("failed", "failed"),
                            ("withdrawn", "withdrawn"),
                        ],
                        default="queued",
                        max_length=9,
                        verbose_name="state",
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                (
                    "last_error",
                    models.CharField(blank=True, max_length=64, verbose_name="last error"),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                ("due_at", models.DateTimeField(verbose_name="due")),
                ("expires_at", models.DateTimeField(verbose_name="tried until")),
                (
                    "tried_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last tried"),
                ),
                ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="sent")),
            ],
            options={
                "verbose_name": "message",
                "verbose_name_plural": "messages",
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(
                        models.F("priority"),
                        models.F("due_at"),
                        condition=models.Q(("state__in", ["queued", "sending"])),
                        name="outbox_waiting",
                    ),
                    models.Index(
                        models.F("owner"),
                        condition=models.Q(("owner", ""), _negated=True),
                        name="outbox_owner",
                    ),
                    models.Index(models.F("address"), name="outbox_address"),
                    models.Index(models.F("created_at"), name="outbox_created"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("key", ""), _negated=True),
                        fields=("key", "address", "channel"),
                        name="outbox_told_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["queued", "sending", "sent", "failed", "withdrawn"])
                        ),
                        name="outbox_state_is_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(
                                models.Q(("state", "sent"), _negated=True),
                                ("sent_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="outbox_sent_has_its_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["sent", "withdrawn"]), _negated=True),
                            models.Q(("html", ""), ("text", "")),
                            _connector="OR",
                        ),
                        name="outbox_keeps_no_text_of_what_went",
                    ),
                ],
            },
        ),
    ]
