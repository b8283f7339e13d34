"""Every change of a layer is a changeset; every row it replaces is kept."""

from django.contrib.gis.db import models
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.models import User
from layers.models.layers import Layer


class Changeset(models.Model):
    """One atomic change of one layer: who, why, from what, and how many rows.

    `publisher`: who let it become public, where somebody did so beside its author.
    """

    class Kind(models.TextChoices):
        IMPORT = "import", _("Import")
        EDIT = "edit", _("Edit")
        SCHEMA = "schema", _("Schema change")
        STYLE = "style", _("Style change")
        ROLLBACK = "rollback", _("Rollback")
        PROJECTION = "projection", _("Publication")
        ARCHIVE = "archive", _("Layer archived")
        RESTORE = "restore", _("Layer restored")
        PASSPORT = "passport", _("Passport change")

    # Changes of the layer itself: they are not rolled back but made anew the other way.
    KINDS_OF_LAYER = frozenset({Kind.SCHEMA, Kind.STYLE, Kind.ARCHIVE, Kind.RESTORE, Kind.PASSPORT})

    layer = models.ForeignKey(Layer, on_delete=models.PROTECT, related_name="changesets")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    author = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="changesets"
    )
    publisher = models.ForeignKey(
        User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    source = models.CharField(_("source"), max_length=254, blank=True)
    comment = models.TextField(_("comment"), blank=True)
    rolls_back = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="rollbacks"
    )
    added = models.PositiveIntegerField(_("added"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    removed = models.PositiveIntegerField(_("removed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    details = models.JSONField(_("details"), default=dict)
    created_at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        verbose_name = _("changeset")
        verbose_name_plural = _("changesets")
        ordering = ("-id",)
        indexes = (models.Index(fields=["layer", "-id"], name="layers_changeset_of_layer"),)

    def __str__(self) -> str:
        return f"#{self.pk} {self.get_kind_display()}"


class FeatureVersion(models.Model):
    """A state of a feature that no longer stands (append-only, by a trigger).

    It was made by `changeset` and ended by `replaced_by`. With the rows that stand in `Feature`
    this tells each change: a key that a changeset made but did not end was added, one that it
    ended but did not make was removed, both: changed.
    """

    layer = models.ForeignKey(Layer, on_delete=models.PROTECT, related_name="+")
    key = models.TextField(_("key"))
    geom = models.GeometryField(srid=4326, null=True, spatial_index=False)
    properties = models.JSONField(default=dict)
    internal = models.JSONField(default=dict)
    visibility = models.CharField(max_length=8)
    changeset = models.ForeignKey(Changeset, on_delete=models.PROTECT, related_name="made_states")
    replaced_by = models.ForeignKey(
        Changeset, on_delete=models.PROTECT, related_name="ended_states"
    )
    created_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    class Meta:
        verbose_name = _("earlier state of a feature")
        verbose_name_plural = _("earlier states of features")
        indexes = (models.Index(fields=["layer", "key"], name="layers_version_of_feature"),)

    def __str__(self) -> str:
        return f"{self.key} → #{self.replaced_by_id}"
