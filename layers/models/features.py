"""The one table of features, partitioned by layer; the migration writes its DDL."""

from django.contrib.gis.db import models
from django.contrib.gis.db.models.functions import Transform
from django.utils.translation import gettext_lazy as _

from layers.models.changesets import Changeset
from layers.models.layers import Layer


class Feature(models.Model):
    """A tree, a district, a problem: geometry (4326), public `properties`, staff's `internal`.

    Written only by `layers.services`; a row without a place has `geom` NULL.
    """

    class Visibility(models.TextChoices):
        PUBLIC = "public", _("Everyone")
        STAFF = "staff", _("Staff")

    id = models.BigAutoField(primary_key=True)
    layer = models.ForeignKey(
        Layer, on_delete=models.DO_NOTHING, db_constraint=False, related_name="features"
    )
    key = models.TextField(_("key"))
    geom = models.GeometryField(srid=4326, null=True, spatial_index=False)
    geom_3857 = models.GeneratedField(
        expression=Transform("geom", 3857),
        output_field=models.GeometryField(srid=3857, null=True, spatial_index=False),
        db_persist=True,
    )
    properties = models.JSONField(_("public attributes"), default=dict)
    internal = models.JSONField(_("staff's attributes"), default=dict)
    visibility = models.CharField(
        _("who sees it"), max_length=8, choices=Visibility.choices, default=Visibility.PUBLIC
    )
    changeset = models.ForeignKey(
        Changeset, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+"
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    updated_at = models.DateTimeField(_("changed"), auto_now=True)

    class Meta:
        verbose_name = _("feature")
        verbose_name_plural = _("features")
        constraints = (
            models.UniqueConstraint(fields=["layer", "key"], name="layers_feature_key_once"),
        )

    def __str__(self) -> str:
        return self.key
