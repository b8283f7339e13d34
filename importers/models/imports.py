"""An import with its stages and remarks: what is kept of a file on its way into a layer."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import Organisation, User
from importers.states import Origin, Stage, State
from layers.models import Changeset, Layer


class Import(models.Model):
    """One file on its way into one layer.

    `file`: below the folder of imports, "" once it was removed. `part`: title of the dataset, where
    the file holds several; `group`: what came with it. `slug` names the layer, which
    `creates` says to make; `organisation` is the publisher of a new one. `answers`: by the code of
    the question. `progress`: rows done of the stage that runs. `base_revision` and `base_schema`:
    of the layer that the preview was made against. `goes_to`: how far it goes by itself as long as
    nobody has to answer. `recipe`: whose answers were taken. `language`: of the sentences
    that are kept. `publisher` said that it be published, who may be another than its author.
    `agreed`: the digests of the brakes that were agreed to, by code. `promised`: the digest of the
    difference that `publisher` looked at, together with others of the group that go into the layer.
    """

    author = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="imports"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    publisher = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    origin = models.CharField(_("came by"), max_length=8, choices=Origin.choices)
    language = models.CharField(max_length=8, default="uk")
    file = models.CharField(max_length=400, blank=True)
    name = models.CharField(_("file"), max_length=254)
    size = models.PositiveBigIntegerField(_("size, bytes"), default=0)
    part = models.CharField(_("part of the file"), max_length=254, blank=True)
    group = models.ForeignKey(
        "importers.ImportGroup",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="imports",
    )
    slug = models.CharField(_("slug of the layer"), max_length=63, blank=True)
    creates = models.BooleanField(_("makes a new layer"), default=False)
    layer = models.ForeignKey(
        Layer, null=True, blank=True, on_delete=models.SET_NULL, related_name="imports"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=State.choices, default=State.INSPECTING
    )
    goes_to = models.CharField(
        max_length=12,
        default=State.ASKING,
        choices=[(one.value, one.label) for one in (State.ASKING, State.READY, State.PUBLISHED)],
    )
    recipe = models.ForeignKey(
        "importers.Recipe", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    answers = models.JSONField(_("answers"), default=dict, blank=True)
    agreed = models.JSONField(default=dict, blank=True)
    promised = models.CharField(max_length=64, blank=True)
    progress_rows = models.PositiveBigIntegerField(default=0)
    progress_total = models.PositiveBigIntegerField(null=True, blank=True)
    base_revision = models.BigIntegerField(null=True, blank=True)
    base_schema = models.CharField(max_length=64, blank=True)
    changeset = models.ForeignKey(
        Changeset, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    error = models.TextField(_("why it stopped"), blank=True)
    comment = models.TextField(_("comment"), blank=True)
    cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(_("time"), auto_now_add=True)
    state_since = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(state__in=State.values), name="importers_import_state_is_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=State.READY) | models.Q(base_schema__gt=""),
                name="importers_import_ready_is_bound",
            ),
        )
        indexes = (
            models.Index(fields=["author", "-id"], name="importers_import_of_author"),
            models.Index(fields=["layer", "-id"], name="importers_import_of_layer"),
            models.Index(fields=["state"], name="importers_import_in_state"),
        )

    def __str__(self) -> str:
        return f"#{self.pk} {self.name}"


class ImportStage(models.Model):
    """One stage of an import and what came of it; a stage that runs again is written anew."""

    class Outcome(models.TextChoices):
        RUNNING = "running", _("Running")
        DONE = "done", _("Done")
        FAILED = "failed", _("Failed")

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="stages")
    name = models.CharField(max_length=12, choices=Stage.choices)
    state = models.CharField(max_length=8, choices=Outcome.choices, default=Outcome.RUNNING)
    result = models.JSONField(default=dict, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["of", "name"], name="importers_stage_once"),
            models.CheckConstraint(
                condition=models.Q(name__in=Stage.values), name="importers_stage_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="running", finished_at__isnull=True)
                | models.Q(state__in=("done", "failed"), finished_at__isnull=False),
                name="importers_stage_ends_once",
            ),
        )

    def __str__(self) -> str:
        return f"{self.of_id} {self.name}"


class ImportIssue(models.Model):
    """A remark about a row of the file (1-based; none: about the file). `params`: of its words."""

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="issues")
    row = models.PositiveBigIntegerField(null=True)
    severity = models.CharField(max_length=8)
    code = models.CharField(max_length=32)
    params = models.JSONField(default=dict)
    key = models.TextField(blank=True)
    field = models.TextField(blank=True)
    repair = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["of", "code", "id"], name="importers_issue_by_code"),)

    def __str__(self) -> str:
        return f"{self.row} {self.code}"


class StateEdge(models.Model):
    """An allowed change of an import's state; written from `states.EDGES` after each migration."""

    source = models.CharField(max_length=12)
    target = models.CharField(max_length=12)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["source", "target"], name="importers_edge_once"),
        )

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
