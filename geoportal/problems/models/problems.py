"""A problem as it stands; its private side (reporter, contacts) is only here."""

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models import F, Func
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import User
from geoportal.problems.models.public import PublicFields
from geoportal.problems.workflow import PUBLISHED, State

HAS_CONTACTS = (
    models.Q(contact_name__gt="") | models.Q(contact_phone__gt="") | models.Q(contact_email__gt="")
)


class Problem(PublicFields):
    """One report. Its number is its primary key; `state` is moved by rows of the history only."""

    class Source(models.TextChoices):
        WEB = "web", _("The portal")
        CALL = "call", _("A caller, written down by staff")
        OPEN311 = "open311", _("Open311")

    answers = models.JSONField(_("answers"), default=dict, blank=True)
    language = models.CharField(_("language"), max_length=2, default="uk")

    reporter = models.ForeignKey(
        User,
        verbose_name=_("author"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="problems",
    )
    is_anonymous = models.BooleanField(_("the author’s name is hidden"), default=True)
    source = models.CharField(_("source"), max_length=8, choices=Source.choices, default=Source.WEB)
    contact_name = models.CharField(_("caller’s name"), max_length=120, blank=True)
    contact_phone = models.CharField(_("caller’s phone"), max_length=64, blank=True)
    contact_email = models.EmailField(_("caller’s e-mail"), blank=True)
    written_by = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    client_request_id = models.UUIDField(unique=True, null=True, editable=False)

    version = models.PositiveIntegerField(_("version"), default=0)
    is_public = models.BooleanField(_("of a public category"), default=True)
    is_withdrawn = models.BooleanField(_("removed from public view"), default=False)
    private_promised = models.BooleanField(
        _("the author was told that it is not published"), default=False
    )
    private_answers = ArrayField(
        models.SlugField(),
        verbose_name=_("answers told to be not public"),
        default=list,
        blank=True,
    )
    border_needs_check = models.BooleanField(_("near a border, to be confirmed"), default=False)

    archive_at = models.DateTimeField(_("goes to the archive"), null=True, blank=True)
    calendar_version = models.CharField(max_length=16, blank=True, editable=False)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)
    escalated_at = models.DateTimeField(null=True, blank=True, editable=False)

    rating_words = models.TextField(_("words of the rating"), blank=True)
    is_confirmed = models.BooleanField(_("the author confirmed the result"), null=True)
    reopened = models.PositiveSmallIntegerField(_("times reopened"), default=0)

    class Meta:
        verbose_name = _("problem")
        verbose_name_plural = _("problems")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="problems_problem_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[State.CLOSED, State.ARCHIVED])
                | models.Q(closed_at__isnull=False, archive_at__isnull=False, resolution__gt=""),
                name="problems_problem_closed_says_how",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=PUBLISHED) | models.Q(published_at__isnull=False),
                name="problems_problem_published_has_its_time",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.ACCEPTED) | models.Q(accepted_at__isnull=False),
                name="problems_problem_accepted_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(rating__isnull=True) | models.Q(rating__range=(1, 5)),
                name="problems_problem_rating_1_to_5",
            ),
            models.CheckConstraint(
                condition=~models.Q(is_public=True, private_promised=True),
                name="problems_problem_public_as_promised",
            ),
            models.CheckConstraint(
                condition=~models.Q(is_public=True, is_withdrawn=True),
                name="problems_problem_withdrawn_is_not_public",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")),
                name="problems_problem_not_merged_into_itself",
            ),
        )
        indexes = (
            models.Index(fields=["state", "-id"], name="problems_by_state"),
            models.Index(fields=["category", "state"], name="problems_by_category"),
            models.Index(fields=["organisation", "state"], name="problems_by_organisation"),
            models.Index(fields=["reporter", "-id"], name="problems_by_reporter"),
            models.Index(
                fields=["due_at", "id"],
                condition=models.Q(due_at__isnull=False),
                name="problems_by_deadline",
            ),
            models.Index(
                fields=["-published_at", "-id"],
                include=["state"],  # counts by state are read from the index alone
                condition=models.Q(state__in=PUBLISHED, is_public=True),
                name="problems_published",
            ),
            models.Index(
                fields=["-votes", "-id"],
                condition=models.Q(state__in=PUBLISHED, is_public=True),
                name="problems_by_votes",
            ),
            # Tiles of the map are counted from this index alone, without the rows. `geom` is there
            # because PostgreSQL reads an index alone only when it has all that is written; there is
            # no condition because it keeps no statistics of expressions of a partial index.
            models.Index(
                Func(F("geom"), function="problems_map_x"),
                Func(F("geom"), function="problems_map_y"),
                include=["id", "geom", "state", "is_public", "due_at", "asked_at"],
                name="problems_on_map",
            ),
            models.Index(
                fields=["archive_at"],
                condition=models.Q(state=State.CLOSED),
                name="problems_to_archive",
            ),
            models.Index(
                fields=["state_since"],
                condition=models.Q(state__in=(State.ARCHIVED, State.REJECTED)) & HAS_CONTACTS,
                name="problems_contacts_to_forget",
            ),
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="problems_title_words"),
            GinIndex(OpClass(Upper("address"), name="gin_trgm_ops"), name="problems_address_words"),
        )

    @property
    def is_published(self) -> bool:
        return self.state in PUBLISHED

    @property
    def is_shown(self) -> bool:
        """Everyone may see it."""
        return self.is_public and self.is_published

    @property
    def is_confidential(self) -> bool:
        """Passed on, never published: so its category is, or its author was told so.

        What a moderator removed from public view was public, and may be again.
        """
        return self.private_promised or not (self.is_public or self.is_withdrawn)


class Follower(models.Model):
    """Who is told about a problem; with a voice, who has it too («приєднатися»)."""

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="followers")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="followed")
    has_voice = models.BooleanField(_("counted as a voice"), default=False)
    wants_mail = models.BooleanField(_("gets letters"), default=True)
    created_at = models.DateTimeField(_("since"))

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = (
            models.UniqueConstraint(fields=["problem", "user"], name="problems_follower_once"),
        )

    def __str__(self) -> str:
        return f"{self.user} → {self.problem_id}"
