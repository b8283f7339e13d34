"""Photos and videos: cleaned before they are kept, private until their problem is public."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import User
from geoportal.problems.models.history import StatusChange
from geoportal.problems.models.problems import Problem
from geoportal.problems.models.public import PublicProblem


class Attachment(models.Model):
    """One photo or video. Before its report is sent it belongs to a draft of its owner.

    The files are the cleaned ones; what was uploaded is not kept. `needs_check`: hidden because no
    moderator has seen it yet, not because one has hidden it. `attempts`, `next_attempt_at`: of the
    job that cleans a video.
    """

    class Kind(models.TextChoices):
        PHOTO = "photo", _("Photo")
        VIDEO = "video", _("Video")

    class Purpose(models.TextChoices):
        REPORT = "report", _("Of the report")
        ANSWER = "answer", _("With an answer")
        AFTER = "after", _("After the work")
        REOPENING = "reopening", _("With a reopening")

    class Processing(models.TextChoices):
        WAITING = "waiting", _("Being prepared")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Could not be read")

    problem = models.ForeignKey(
        Problem, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    # The same number, so that a list of public problems brings its photos in one query.
    public_problem = models.ForeignObject(
        PublicProblem,
        on_delete=models.DO_NOTHING,
        from_fields=["problem_id"],
        to_fields=["id"],
        related_name="attachments",
        editable=False,
        null=True,
    )
    change = models.ForeignKey(
        StatusChange, null=True, blank=True, on_delete=models.PROTECT, related_name="attachments"
    )
    draft_id = models.UUIDField(_("draft"), null=True, blank=True)
    owner = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="attachments"
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    purpose = models.CharField(
        _("purpose"), max_length=12, choices=Purpose.choices, default=Purpose.REPORT
    )
    processing = models.CharField(
        _("processing"), max_length=8, choices=Processing.choices, default=Processing.READY
    )
    file = models.FileField(_("file"), max_length=254, blank=True)
    thumbnail = models.FileField(_("thumbnail or poster"), max_length=254, blank=True)
    content_type = models.CharField(_("content type"), max_length=32, blank=True)
    size = models.PositiveIntegerField(_("size, bytes"), default=0)
    width = models.PositiveIntegerField(_("width, px"), default=0)
    height = models.PositiveIntegerField(_("height, px"), default=0)
    duration_s = models.FloatField(_("duration, s"), null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    original_name = models.CharField(_("name of the file"), max_length=254, blank=True)
    is_hidden = models.BooleanField(_("hidden"), default=False)
    needs_check = models.BooleanField(_("waits for a moderator to look at it"), default=False)
    attempts = models.PositiveSmallIntegerField(default=0, editable=False)
    next_attempt_at = models.DateTimeField(null=True, blank=True, editable=False)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    created_at = models.DateTimeField(_("uploaded"), auto_now_add=True)

    class Meta:
        verbose_name = _("photo or video")
        verbose_name_plural = _("photos and videos")
        ordering = ("position", "pk")
        indexes = (
            models.Index(fields=["draft_id"], name="problems_attachment_draft"),
            models.Index(
                fields=["created_at", "id"],
                condition=models.Q(needs_check=True),
                name="problems_attachment_unchecked",
            ),
            models.Index(
                fields=["next_attempt_at"],
                condition=models.Q(processing="waiting"),
                name="problems_attachment_waiting",
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=models.Q(problem__isnull=False) | models.Q(draft_id__isnull=False),
                name="problems_attachment_belongs_somewhere",
            ),
            models.CheckConstraint(
                condition=models.Q(needs_check=False) | models.Q(is_hidden=True),
                name="problems_attachment_unchecked_is_hidden",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"
