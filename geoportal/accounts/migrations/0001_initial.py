import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
import geoportal.accounts.models
from django.conf import settings
from django.db import migrations, models

# As `createcachetable` makes it; see CACHES in the settings. Unlogged: counts of attempts are worth
# no write-ahead log, and start anew after a crash.
CACHE = """
CREATE UNLOGGED TABLE IF NOT EXISTS accounts_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX IF NOT EXISTS accounts_cache_expires ON accounts_cache (expires);
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        migrations.CreateModel(
            name="User",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                (
                    "last_login",
                    models.DateTimeField(blank=True, null=True, verbose_name="last login"),
                ),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "first_name",
                    models.CharField(blank=True, max_length=150, verbose_name="first name"),
                ),
                (
                    "last_name",
                    models.CharField(blank=True, max_length=150, verbose_name="last name"),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                (
                    "date_joined",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="date joined"
                    ),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mail")),
                (
                    "language",
                    models.CharField(
                        choices=[("uk", "Ukrainian"), ("en", "English")],
                        default="uk",
                        max_length=2,
                        verbose_name="language",
                    ),
                ),
                ("phone", models.CharField(blank=True, max_length=32, verbose_name="phone")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Works with layers, sees what is marked for staff.",
                        verbose_name="GIS officer",
                    ),
                ),
                (
                    "is_moderator",
                    models.BooleanField(
                        default=False,
                        help_text="Checks what residents send before it is published.",
                        verbose_name="moderator",
                    ),
                ),
                (
                    "deleted_at",
                    models.DateTimeField(
                        blank=True, editable=False, null=True, verbose_name="deleted"
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "user",
                "verbose_name_plural": "users",
            },
            managers=[
                ("objects", geoportal.accounts.models.UserManager()),
            ],
        ),
        migrations.CreateModel(
            name="Membership",
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
                        choices=[("head", "Head"), ("officer", "Officer"), ("viewer", "Viewer")],
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="memberships",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "membership",
                "verbose_name_plural": "memberships",
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.SlugField(unique=True, verbose_name="slug")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("local_government", "Local self-government body"),
                            ("self_organisation", "Self-organisation body of residents"),
                            ("municipal_enterprise", "Municipal enterprise"),
                            ("commercial", "Commercial organisation"),
                            ("starosta", "Starosta"),
                            ("deputy", "Deputy"),
                            ("association", "Civic association"),
                            ("police_officer", "Community police officer"),
                            ("party", "Political party"),
                            ("state_executive", "State executive body"),
                            ("media", "Mass media"),
                        ],
                        max_length=24,
                        verbose_name="kind",
                    ),
                ),
                ("name_uk", models.CharField(max_length=254, verbose_name="name in Ukrainian")),
                (
                    "name_en",
                    models.CharField(blank=True, max_length=254, verbose_name="name in English"),
                ),
                ("edrpou", models.CharField(blank=True, max_length=8, verbose_name="EDRPOU code")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mail")),
                ("phone", models.CharField(blank=True, max_length=64, verbose_name="phone")),
                ("website", models.URLField(blank=True, verbose_name="website")),
                (
                    "description_uk",
                    models.TextField(blank=True, verbose_name="description in Ukrainian"),
                ),
                (
                    "description_en",
                    models.TextField(blank=True, verbose_name="description in English"),
                ),
                ("address", models.CharField(blank=True, max_length=254, verbose_name="address")),
                (
                    "working_hours",
                    models.CharField(blank=True, max_length=254, verbose_name="working hours"),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="An organisation that no longer works has no page and no cabinet.",
                        verbose_name="works",
                    ),
                ),
                (
                    "members",
                    models.ManyToManyField(
                        related_name="organisations",
                        through="accounts.Membership",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "organisation",
                "verbose_name_plural": "organisations",
                "ordering": ("name_uk",),
            },
        ),
        migrations.AddField(
            model_name="membership",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="memberships",
                to="accounts.organisation",
            ),
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mail")),
                (
                    "role",
                    models.CharField(
                        choices=[("head", "Head"), ("officer", "Officer"), ("viewer", "Viewer")],
                        max_length=8,
                        verbose_name="role",
                    ),
                ),
                ("token_hash", models.CharField(editable=False, max_length=64, unique=True)),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="sent")),
                ("expires_at", models.DateTimeField(verbose_name="valid until")),
                (
                    "accepted_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="accepted"),
                ),
                ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="revoked")),
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
                    "invited_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="invitations",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name": "invitation",
                "verbose_name_plural": "invitations",
                "ordering": ("-created_at", "-id"),
            },
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"), name="accounts_user_email_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="organisation",
            constraint=models.CheckConstraint(
                condition=models.Q(("edrpou", ""), ("edrpou__regex", "^\\d{8}$"), _connector="OR"),
                name="accounts_organisation_edrpou_has_8_digits",
            ),
        ),
        migrations.AddConstraint(
            model_name="membership",
            constraint=models.UniqueConstraint(
                fields=("user", "organisation"), name="accounts_membership_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"),
                models.F("organisation"),
                condition=models.Q(("accepted_at", None), ("revoked_at", None)),
                name="accounts_invitation_open_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="invitation",
            constraint=models.CheckConstraint(
                condition=models.Q(("accepted_at", None), ("revoked_at", None), _connector="OR"),
                name="accounts_invitation_ends_once",
            ),
        ),
        migrations.RunSQL(CACHE, "DROP TABLE IF EXISTS accounts_cache"),
    ]
