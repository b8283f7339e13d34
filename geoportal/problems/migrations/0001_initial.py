import django.contrib.gis.db.models.fields
import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.deletion
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models

from geoportal.core.database.current_sql import read_current


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("layers", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="PublicProblem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("description", models.TextField(max_length=4000, verbose_name="description")),
                (
                    "geom",
                    django.contrib.gis.db.models.fields.PointField(srid=4326, verbose_name="place"),
                ),
                ("address", models.CharField(blank=True, max_length=254, verbose_name="address")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unconfirmed", "Waiting for the author’s e-mail to be confirmed"),
                            ("moderation", "On moderation"),
                            ("rejected", "Not published"),
                            ("open", "Open"),
                            ("accepted", "Accepted"),
                            ("closed", "Closed"),
                            ("archived", "Archived"),
                        ],
                        default="moderation",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("state_since", models.DateTimeField(verbose_name="in this state since")),
                (
                    "resolution",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("solved", "Solved"),
                            ("not_solvable", "Cannot be solved"),
                            ("duplicate", "Joined with another problem"),
                        ],
                        max_length=12,
                        verbose_name="how it was closed",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="reported")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="published"),
                ),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="accepted"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                (
                    "acceptance_due_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="acceptance due"),
                ),
                (
                    "solution_due_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="solution due"),
                ),
                (
                    "planned_on",
                    models.DateField(blank=True, null=True, verbose_name="announced date"),
                ),
                (
                    "asked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="author asked"),
                ),
                ("votes", models.PositiveIntegerField(default=0, verbose_name="votes")),
                (
                    "rating",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="rating",
                    ),
                ),
            ],
            options={
                "db_table": "problems_public",
                "ordering": ("-pk",),
                "managed": False,
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="CalendarException",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("date", models.DateField(unique=True, verbose_name="date")),
                ("is_working", models.BooleanField(default=False, verbose_name="working day")),
                ("reason", models.CharField(blank=True, max_length=254, verbose_name="reason")),
            ],
            options={
                "verbose_name": "exception of the working calendar",
                "verbose_name_plural": "exceptions of the working calendar",
                "ordering": ("date",),
            },
        ),
        migrations.CreateModel(
            name="ApiKey",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="client")),
                ("digest", models.CharField(editable=False, max_length=64, unique=True)),
                ("is_active", models.BooleanField(default=True, verbose_name="in force")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="made")),
                (
                    "last_used_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="last used"),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="api_keys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "Open311 key",
                "verbose_name_plural": "Open311 keys",
            },
        ),
        migrations.CreateModel(
            name="Category",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(unique=True, verbose_name="code")),
                ("title_uk", models.CharField(max_length=120, verbose_name="title in Ukrainian")),
                (
                    "title_en",
                    models.CharField(blank=True, max_length=120, verbose_name="title in English"),
                ),
                ("icon", models.CharField(blank=True, max_length=40, verbose_name="icon")),
                (
                    "keywords",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="keywords",
                    ),
                ),
                ("hint_uk", models.TextField(blank=True, verbose_name="hint in Ukrainian")),
                ("hint_en", models.TextField(blank=True, verbose_name="hint in English")),
                (
                    "is_emergency",
                    models.BooleanField(
                        default=False,
                        verbose_name="the hint says that this is an emergency: call first",
                    ),
                ),
                (
                    "is_public",
                    models.BooleanField(
                        default=True,
                        help_text="Switched off, it hides its problems at once. Switched on, it shows only what is reported from then on: whose author was told “not published” is never published.",
                        verbose_name="problems are shown to everyone",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(default=True, verbose_name="offered to reporters"),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "duplicate_radius_m",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        verbose_name="radius in which reports may be the same, m",
                    ),
                ),
                (
                    "moderation_working_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="working days for moderation"
                    ),
                ),
                (
                    "acceptance_working_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="working days for acceptance"
                    ),
                ),
                (
                    "solution_days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Calendar days; empty: a month.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(730),
                        ],
                        verbose_name="days for the solution",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="problems.category",
                        verbose_name="parent",
                    ),
                ),
            ],
            options={
                "verbose_name": "category",
                "verbose_name_plural": "categories",
                "ordering": ("position", "code"),
            },
        ),
        migrations.CreateModel(
            name="MartialLawPeriod",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("starts_on", models.DateField(unique=True, verbose_name="first day")),
                ("ends_on", models.DateField(blank=True, null=True, verbose_name="last day")),
            ],
            options={
                "verbose_name": "period of martial law",
                "verbose_name_plural": "periods of martial law",
                "ordering": ("starts_on",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True),
                            ("ends_on__gte", models.F("starts_on")),
                            _connector="OR",
                        ),
                        name="problems_martial_law_in_order",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Problem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("description", models.TextField(max_length=4000, verbose_name="description")),
                (
                    "geom",
                    django.contrib.gis.db.models.fields.PointField(srid=4326, verbose_name="place"),
                ),
                ("address", models.CharField(blank=True, max_length=254, verbose_name="address")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("unconfirmed", "Waiting for the author’s e-mail to be confirmed"),
                            ("moderation", "On moderation"),
                            ("rejected", "Not published"),
                            ("open", "Open"),
                            ("accepted", "Accepted"),
                            ("closed", "Closed"),
                            ("archived", "Archived"),
                        ],
                        default="moderation",
                        max_length=12,
                        verbose_name="state",
                    ),
                ),
                ("state_since", models.DateTimeField(verbose_name="in this state since")),
                (
                    "resolution",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("solved", "Solved"),
                            ("not_solvable", "Cannot be solved"),
                            ("duplicate", "Joined with another problem"),
                        ],
                        max_length=12,
                        verbose_name="how it was closed",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="reported")),
                (
                    "published_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="published"),
                ),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="accepted"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="closed")),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="due")),
                (
                    "acceptance_due_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="acceptance due"),
                ),
                (
                    "solution_due_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="solution due"),
                ),
                (
                    "planned_on",
                    models.DateField(blank=True, null=True, verbose_name="announced date"),
                ),
                (
                    "asked_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="author asked"),
                ),
                ("votes", models.PositiveIntegerField(default=0, verbose_name="votes")),
                (
                    "rating",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(5),
                        ],
                        verbose_name="rating",
                    ),
                ),
                ("answers", models.JSONField(blank=True, default=dict, verbose_name="answers")),
                ("language", models.CharField(default="uk", max_length=2, verbose_name="language")),
                (
                    "is_anonymous",
                    models.BooleanField(default=True, verbose_name="the author’s name is hidden"),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("web", "The portal"),
                            ("call", "A caller, written down by staff"),
                            ("open311", "Open311"),
                        ],
                        default="web",
                        max_length=8,
                        verbose_name="source",
                    ),
                ),
                (
                    "contact_name",
                    models.CharField(blank=True, max_length=120, verbose_name="caller’s name"),
                ),
                (
                    "contact_phone",
                    models.CharField(blank=True, max_length=64, verbose_name="caller’s phone"),
                ),
                (
                    "contact_email",
                    models.EmailField(blank=True, max_length=254, verbose_name="caller’s e-mail"),
                ),
                ("client_request_id", models.UUIDField(editable=False, null=True, unique=True)),
                ("version", models.PositiveIntegerField(default=0, verbose_name="version")),
                (
                    "is_public",
                    models.BooleanField(default=True, verbose_name="of a public category"),
                ),
                (
                    "is_withdrawn",
                    models.BooleanField(default=False, verbose_name="removed from public view"),
                ),
                (
                    "private_promised",
                    models.BooleanField(
                        default=False, verbose_name="the author was told that it is not published"
                    ),
                ),
                (
                    "private_answers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.SlugField(),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="answers told to be not public",
                    ),
                ),
                (
                    "border_needs_check",
                    models.BooleanField(
                        default=False, verbose_name="near a border, to be confirmed"
                    ),
                ),
                (
                    "archive_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="goes to the archive"),
                ),
                ("calendar_version", models.CharField(blank=True, editable=False, max_length=16)),
                ("reminded_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("escalated_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("rating_words", models.TextField(blank=True, verbose_name="words of the rating")),
                (
                    "is_confirmed",
                    models.BooleanField(null=True, verbose_name="the author confirmed the result"),
                ),
                (
                    "reopened",
                    models.PositiveSmallIntegerField(default=0, verbose_name="times reopened"),
                ),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        to="problems.category",
                        verbose_name="category",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="problems.problem",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="%(class)ss",
                        to="accounts.organisation",
                        verbose_name="executor",
                    ),
                ),
                (
                    "reporter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="problems",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="author",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "problem",
                "verbose_name_plural": "problems",
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="Follower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "has_voice",
                    models.BooleanField(default=False, verbose_name="counted as a voice"),
                ),
                ("wants_mail", models.BooleanField(default=True, verbose_name="gets letters")),
                ("created_at", models.DateTimeField(verbose_name="since")),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followed",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="followers",
                        to="problems.problem",
                    ),
                ),
            ],
            options={
                "verbose_name": "follower",
                "verbose_name_plural": "followers",
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("executor", "Executor"),
                            ("reviewer", "Reviewer"),
                            ("controller", "Controller"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("is_routed", models.BooleanField(default=True, verbose_name="by the rules")),
                (
                    "purpose",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("consideration", "for consideration"),
                            ("solution", "for solution"),
                            ("control", "for control"),
                        ],
                        max_length=16,
                        verbose_name="taken",
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="given")),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="accepted"),
                ),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="ended")),
                (
                    "ended_as",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("forwarded", "Forwarded"),
                            ("rerouted", "Passed on by the rules"),
                            ("retracted", "The problem was taken from publication"),
                        ],
                        max_length=12,
                        verbose_name="how it ended",
                    ),
                ),
                (
                    "accepted_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="problems.problem",
                    ),
                ),
            ],
            options={
                "verbose_name": "assignment",
                "verbose_name_plural": "assignments",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="ProblemTerritory",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=500)),
                ("title", models.CharField(max_length=500)),
                ("border_distance_m", models.FloatField(null=True)),
                (
                    "is_chosen",
                    models.BooleanField(
                        default=False, verbose_name="chosen by a moderator near a border"
                    ),
                ),
                (
                    "layer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="layers.layer",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="territories",
                        to="problems.problem",
                    ),
                ),
            ],
            options={
                "verbose_name": "territory of a problem",
                "verbose_name_plural": "territories of problems",
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(verbose_name="code")),
                (
                    "title_uk",
                    models.CharField(max_length=254, verbose_name="question in Ukrainian"),
                ),
                (
                    "title_en",
                    models.CharField(
                        blank=True, max_length=254, verbose_name="question in English"
                    ),
                ),
                (
                    "datatype",
                    models.CharField(
                        choices=[
                            ("string", "Line of text"),
                            ("text", "Text"),
                            ("number", "Number"),
                            ("datetime", "Date and time"),
                            ("singlevaluelist", "One of a list"),
                            ("multivaluelist", "Several of a list"),
                        ],
                        default="string",
                        max_length=16,
                        verbose_name="kind of answer",
                    ),
                ),
                ("required", models.BooleanField(default=False, verbose_name="required")),
                (
                    "is_public",
                    models.BooleanField(
                        default=True,
                        help_text="Answers that were given as “not public” stay so when it is switched on.",
                        verbose_name="the answer is shown to everyone",
                    ),
                ),
                (
                    "choices",
                    models.JSONField(
                        blank=True,
                        default=list,
                        help_text="A list of {“value”, “title_uk”, “title_en”}.",
                        verbose_name="choices",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "category",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="problems.category",
                    ),
                ),
            ],
            options={
                "verbose_name": "question",
                "verbose_name_plural": "questions",
                "ordering": ("position", "id"),
            },
        ),
        migrations.CreateModel(
            name="ReassignmentRun",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waits for a moderator"),
                            ("applied", "Done"),
                            ("declined", "Declined"),
                        ],
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("considered", models.PositiveIntegerField(verbose_name="problems looked at")),
                (
                    "shifted",
                    models.PositiveIntegerField(verbose_name="problems in other territories"),
                ),
                (
                    "moved",
                    models.PositiveIntegerField(
                        verbose_name="problems that go to another organisation"
                    ),
                ),
                (
                    "kept",
                    models.PositiveIntegerField(
                        verbose_name="problems that stay with who took them"
                    ),
                ),
                (
                    "others",
                    models.PositiveIntegerField(
                        default=0, verbose_name="problems that others consider or control"
                    ),
                ),
                ("moves", models.JSONField(default=list)),
                (
                    "numbers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("created_at", models.DateTimeField(verbose_name="previewed")),
                ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="decided")),
                (
                    "changeset",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="layers.changeset",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "new join with territories",
                "verbose_name_plural": "new joins with territories",
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="ResponseTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.CharField(blank=True, max_length=16, verbose_name="for the action"),
                ),
                ("title", models.CharField(max_length=120, verbose_name="title")),
                ("words", models.TextField(verbose_name="words")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="problems.category",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="templates",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "response template",
                "verbose_name_plural": "response templates",
                "ordering": ("position", "title"),
            },
        ),
        migrations.CreateModel(
            name="Responsibility",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "territory_key",
                    models.CharField(
                        blank=True, max_length=500, verbose_name="key of the territory"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("executor", "Executor"),
                            ("reviewer", "Reviewer"),
                            ("controller", "Controller"),
                        ],
                        default="executor",
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("priority", models.SmallIntegerField(default=0, verbose_name="priority")),
                ("is_active", models.BooleanField(default=True, verbose_name="in force")),
                (
                    "note",
                    models.CharField(
                        blank=True, max_length=254, verbose_name="ground, for example a decision"
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to="problems.category",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="responsibilities",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "territory_layer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="layers.layer",
                    ),
                ),
            ],
            options={
                "verbose_name": "zone of responsibility",
                "verbose_name_plural": "zones of responsibility",
                "ordering": ("organisation", "role", "-priority", "id"),
            },
        ),
        migrations.CreateModel(
            name="RoutingDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("publication", "Publication"),
                            ("place", "The place was changed"),
                            ("category", "The category was changed"),
                            ("territory", "Borders of territories were changed"),
                            ("rules", "Rules of responsibility were changed"),
                            ("reopening", "Opened again"),
                        ],
                        max_length=12,
                        verbose_name="cause",
                    ),
                ),
                ("territories", models.JSONField(default=list)),
                ("candidates", models.JSONField(default=list)),
                ("neighbours", models.JSONField(default=list)),
                (
                    "rules",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "border_distance_m",
                    models.FloatField(null=True, verbose_name="to the nearest border, m"),
                ),
                (
                    "is_near_border",
                    models.BooleanField(default=False, verbose_name="near a border"),
                ),
                ("created_at", models.DateTimeField(verbose_name="time")),
                (
                    "confirmed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="problems.problem",
                    ),
                ),
            ],
            options={
                "verbose_name": "routing decision",
                "verbose_name_plural": "routing decisions",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="StateEdge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("action", models.CharField(max_length=16)),
                ("source", models.CharField(max_length=12)),
                ("target", models.CharField(max_length=12)),
                ("role", models.CharField(max_length=12)),
                ("needs_words", models.BooleanField(default=False)),
                (
                    "reasons",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=16), default=list, size=None
                    ),
                ),
            ],
            options={
                "db_table": "problems_edge",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("action", "source", "target", "role"), name="problems_edge_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="StatusChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "action",
                    models.CharField(
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
                            ("hide_words", "Words of the history hidden"),
                            ("show_words", "Words of the history shown"),
                            ("withdraw", "Removed from public view"),
                            ("bring_back", "Returned to public view"),
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
                (
                    "from_state",
                    models.CharField(
                        choices=[
                            ("unconfirmed", "Waiting for the author’s e-mail to be confirmed"),
                            ("moderation", "On moderation"),
                            ("rejected", "Not published"),
                            ("open", "Open"),
                            ("accepted", "Accepted"),
                            ("closed", "Closed"),
                            ("archived", "Archived"),
                        ],
                        max_length=12,
                        verbose_name="from",
                    ),
                ),
                (
                    "to_state",
                    models.CharField(
                        choices=[
                            ("unconfirmed", "Waiting for the author’s e-mail to be confirmed"),
                            ("moderation", "On moderation"),
                            ("rejected", "Not published"),
                            ("open", "Open"),
                            ("accepted", "Accepted"),
                            ("closed", "Closed"),
                            ("archived", "Archived"),
                        ],
                        max_length=12,
                        verbose_name="to",
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("author", "Author"),
                            ("moderator", "Moderator"),
                            ("organisation", "Organisation"),
                            ("system", "The portal"),
                        ],
                        max_length=12,
                        verbose_name="role",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="words")),
                ("reason", models.CharField(blank=True, max_length=16, verbose_name="reason")),
                ("details", models.JSONField(blank=True, default=dict, verbose_name="details")),
                ("is_internal", models.BooleanField(default=False, verbose_name="internal")),
                ("created_at", models.DateTimeField(verbose_name="time")),
                (
                    "actor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="history",
                        to="problems.problem",
                    ),
                ),
            ],
            options={
                "verbose_name": "change of a problem",
                "verbose_name_plural": "changes of problems",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("draft_id", models.UUIDField(blank=True, null=True, verbose_name="draft")),
                (
                    "kind",
                    models.CharField(
                        choices=[("photo", "Photo"), ("video", "Video")],
                        max_length=8,
                        verbose_name="kind",
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("report", "Of the report"),
                            ("answer", "With an answer"),
                            ("after", "After the work"),
                            ("reopening", "With a reopening"),
                        ],
                        default="report",
                        max_length=12,
                        verbose_name="purpose",
                    ),
                ),
                (
                    "processing",
                    models.CharField(
                        choices=[
                            ("waiting", "Being prepared"),
                            ("ready", "Ready"),
                            ("failed", "Could not be read"),
                        ],
                        default="ready",
                        max_length=8,
                        verbose_name="processing",
                    ),
                ),
                (
                    "file",
                    models.FileField(blank=True, max_length=254, upload_to="", verbose_name="file"),
                ),
                (
                    "thumbnail",
                    models.FileField(
                        blank=True, max_length=254, upload_to="", verbose_name="thumbnail or poster"
                    ),
                ),
                (
                    "content_type",
                    models.CharField(blank=True, max_length=32, verbose_name="content type"),
                ),
                ("size", models.PositiveIntegerField(default=0, verbose_name="size, bytes")),
                ("width", models.PositiveIntegerField(default=0, verbose_name="width, px")),
                ("height", models.PositiveIntegerField(default=0, verbose_name="height, px")),
                (
                    "duration_s",
                    models.FloatField(blank=True, null=True, verbose_name="duration, s"),
                ),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                (
                    "original_name",
                    models.CharField(blank=True, max_length=254, verbose_name="name of the file"),
                ),
                ("is_hidden", models.BooleanField(default=False, verbose_name="hidden")),
                (
                    "needs_check",
                    models.BooleanField(
                        default=False, verbose_name="waits for a moderator to look at it"
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0, editable=False)),
                ("next_attempt_at", models.DateTimeField(blank=True, editable=False, null=True)),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="uploaded")),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="attachments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "public_problem",
                    models.ForeignObject(
                        editable=False,
                        from_fields=["problem_id"],
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="attachments",
                        to="problems.publicproblem",
                        to_fields=["id"],
                    ),
                ),
                (
                    "problem",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="problems.problem",
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachments",
                        to="problems.statuschange",
                    ),
                ),
            ],
            options={
                "verbose_name": "photo or video",
                "verbose_name_plural": "photos and videos",
                "ordering": ("position", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Oversight",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "territory_key",
                    models.CharField(max_length=500, verbose_name="key of the territory"),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="oversights",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "territory_layer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="layers.layer",
                    ),
                ),
            ],
            options={
                "verbose_name": "territory under oversight",
                "verbose_name_plural": "territories under oversight",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation", "territory_layer", "territory_key"),
                        name="problems_oversight_once",
                    )
                ],
            },
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(fields=["state", "-id"], name="problems_by_state"),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(fields=["category", "state"], name="problems_by_category"),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(fields=["organisation", "state"], name="problems_by_organisation"),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(fields=["reporter", "-id"], name="problems_by_reporter"),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(
                condition=models.Q(("due_at__isnull", False)),
                fields=["due_at", "id"],
                name="problems_by_deadline",
            ),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(
                condition=models.Q(
                    ("is_public", True), ("state__in", ("open", "accepted", "closed", "archived"))
                ),
                fields=["-published_at", "-id"],
                include=("state",),
                name="problems_published",
            ),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(
                condition=models.Q(
                    ("is_public", True), ("state__in", ("open", "accepted", "closed", "archived"))
                ),
                fields=["-votes", "-id"],
                name="problems_by_votes",
            ),
        ),
        # The index is of these functions.
        migrations.RunSQL(read_current("problems", "map_grid"), migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(
                models.Func(models.F("geom"), function="problems_map_x"),
                models.Func(models.F("geom"), function="problems_map_y"),
                include=("id", "geom", "state", "is_public", "due_at", "asked_at"),
                name="problems_on_map",
            ),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(
                condition=models.Q(("state", "closed")),
                fields=["archive_at"],
                name="problems_to_archive",
            ),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=models.Index(
                condition=models.Q(
                    ("state__in", ("archived", "rejected")),
                    models.Q(
                        ("contact_name__gt", ""),
                        ("contact_phone__gt", ""),
                        ("contact_email__gt", ""),
                        _connector="OR",
                    ),
                ),
                fields=["state_since"],
                name="problems_contacts_to_forget",
            ),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("title"), name="gin_trgm_ops"
                ),
                name="problems_title_words",
            ),
        ),
        migrations.AddIndex(
            model_name="problem",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("address"), name="gin_trgm_ops"
                ),
                name="problems_address_words",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        [
                            "unconfirmed",
                            "moderation",
                            "rejected",
                            "open",
                            "accepted",
                            "closed",
                            "archived",
                        ],
                    )
                ),
                name="problems_problem_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["closed", "archived"]), _negated=True),
                    models.Q(
                        ("archive_at__isnull", False),
                        ("closed_at__isnull", False),
                        ("resolution__gt", ""),
                    ),
                    _connector="OR",
                ),
                name="problems_problem_closed_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("state__in", ("open", "accepted", "closed", "archived")), _negated=True
                    ),
                    ("published_at__isnull", False),
                    _connector="OR",
                ),
                name="problems_problem_published_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "accepted"), _negated=True),
                    ("accepted_at__isnull", False),
                    _connector="OR",
                ),
                name="problems_problem_accepted_has_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rating__isnull", True), ("rating__range", (1, 5)), _connector="OR"
                ),
                name="problems_problem_rating_1_to_5",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_public", True), ("private_promised", True), _negated=True),
                name="problems_problem_public_as_promised",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(("is_public", True), ("is_withdrawn", True), _negated=True),
                name="problems_problem_withdrawn_is_not_public",
            ),
        ),
        migrations.AddConstraint(
            model_name="problem",
            constraint=models.CheckConstraint(
                condition=models.Q(("merged_into", models.F("id")), _negated=True),
                name="problems_problem_not_merged_into_itself",
            ),
        ),
        migrations.AddConstraint(
            model_name="follower",
            constraint=models.UniqueConstraint(
                fields=("problem", "user"), name="problems_follower_once"
            ),
        ),
        migrations.AddIndex(
            model_name="assignment",
            index=models.Index(
                condition=models.Q(("ended_at__isnull", True)),
                fields=["organisation", "problem"],
                name="problems_assigned",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("problem", "organisation"),
                name="problems_assignment_in_force_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="assignment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("accepted_at__isnull", True), ("purpose__gt", ""), _connector="OR"
                ),
                name="problems_assignment_accepted_for_something",
            ),
        ),
        migrations.AddIndex(
            model_name="problemterritory",
            index=models.Index(fields=["layer", "key", "problem"], name="problems_in_territory"),
        ),
        migrations.AddConstraint(
            model_name="problemterritory",
            constraint=models.UniqueConstraint(
                fields=("problem", "layer"), name="problems_territory_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="question",
            constraint=models.UniqueConstraint(
                fields=("category", "code"), name="problems_question_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("territory_key", ""), ("territory_layer__isnull", True)),
                    models.Q(("territory_key__gt", ""), ("territory_layer__isnull", False)),
                    _connector="OR",
                ),
                name="problems_responsibility_territory_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="responsibility",
            constraint=models.UniqueConstraint(
                fields=("organisation", "category", "territory_layer", "territory_key", "role"),
                name="problems_responsibility_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="routingdecision",
            index=models.Index(fields=["problem", "-id"], name="problems_decisions"),
        ),
        migrations.AddIndex(
            model_name="statuschange",
            index=models.Index(fields=["problem", "id"], name="problems_history_of_problem"),
        ),
        migrations.AddIndex(
            model_name="statuschange",
            index=models.Index(fields=["action", "created_at"], name="problems_history_by_action"),
        ),
        migrations.AddIndex(
            model_name="statuschange",
            index=models.Index(
                condition=models.Q(("is_internal", False)),
                fields=["created_at"],
                include=("problem",),
                name="problems_history_public",
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(fields=["draft_id"], name="problems_attachment_draft"),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("needs_check", True)),
                fields=["created_at", "id"],
                name="problems_attachment_unchecked",
            ),
        ),
        migrations.AddIndex(
            model_name="attachment",
            index=models.Index(
                condition=models.Q(("processing", "waiting")),
                fields=["next_attempt_at"],
                name="problems_attachment_waiting",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("problem__isnull", False), ("draft_id__isnull", False), _connector="OR"
                ),
                name="problems_attachment_belongs_somewhere",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.CheckConstraint(
                condition=models.Q(("needs_check", False), ("is_hidden", True), _connector="OR"),
                name="problems_attachment_unchecked_is_hidden",
            ),
        ),
    ]
