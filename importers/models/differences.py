"""What imports that wait would change: a table with a partition for each of them."""

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex

from importers.models.imports import Import


class Difference(models.Model):
    """One feature that an import adds, changes or removes.

    `geom`, `properties`, `internal`: as the file has them (attributes that it does not name stay);
    empty for a removal. `box`: around the place before and after. Partitions are unlogged: after
    a crash of the database they are empty, so who reads counts.
    """

    class Action(models.TextChoices):
        ADDED = "added"
        CHANGED = "changed"
        REMOVED = "removed"

    pk = models.CompositePrimaryKey("of_id", "key")
    of = models.ForeignKey(
        Import, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    key = models.TextField()
    action = models.CharField(max_length=8, choices=Action.choices)
    geom = models.GeometryField(srid=4326, null=True, spatial_index=False)
    properties = models.JSONField(null=True)
    internal = models.JSONField(null=True)
    removed = models.BooleanField(default=False)
    box = models.GeometryField(srid=4326, null=True, spatial_index=False)

    class Meta:
        indexes = (
            models.Index(fields=["of", "action", "key"], name="importers_difference_action"),
            GistIndex(fields=["box"], name="importers_difference_box"),
        )

    def __str__(self) -> str:
        return f"{self.action} {self.key}"
