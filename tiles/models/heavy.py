"""Tiles that were heavy, or left something out, when they were built."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class HeavyTile(models.Model):
    """One tile as it was last built: who asked for the layers `names` saw `seen` of them.

    `versions` are those of the layers, in their order: where others stand now, the row tells of a
    tile that is no more, and the clock takes it away. Lighter tiles have no row.
    """

    z = models.SmallIntegerField()
    x = models.IntegerField()
    y = models.IntegerField()
    names = ArrayField(models.TextField())
    seen = models.TextField()
    versions = ArrayField(models.TextField())
    built_at = models.DateTimeField()
    # As it was first sent: in its content coding.
    size_bytes = models.IntegerField()
    attributes_dropped = models.BooleanField()
    # Of the features that are drawn one by one, 0 to 1.
    kept = models.FloatField()
    # Of each layer how many lines and areas were too many, the smallest.
    left_out = ArrayField(models.IntegerField())

    class Meta:
        default_permissions = ()
        constraints = (
            models.UniqueConstraint(
                fields=["z", "x", "y", "names", "seen"], name="tiles_heavytile_once"
            ),
        )

    def __str__(self) -> str:
        return f"{','.join(self.names)}: {self.z}/{self.x}/{self.y}"
