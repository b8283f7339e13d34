"""Which tiles of a layer changed, when, and how often."""

from django.contrib.postgres.indexes import BrinIndex
from django.db import models

from layers.models import Layer


class CurrentTransaction(models.Func):
    """The 64-bit number of the transaction that writes, never given twice in a cluster."""

    template = "pg_current_xact_id()::text::bigint"
    output_field = models.BigIntegerField()


class Touch(models.Model):
    """A change, or `n` of them folded into one row, of what a tile of zoom 0 to 14 shows.

    Zoom -1 stands for the whole layer. Rows are only added, so writers never wait for each other;
    the version of a tile is the sum of its rows and of its layer's, whatever the order of commits.
    `xact`: the transaction that wrote it, the latest one of those folded; see `tiles.live`.
    Written by triggers (`sql/current/touches.sql`), folded by the clock.
    """

    layer = models.ForeignKey(
        Layer, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    z = models.SmallIntegerField()
    x = models.IntegerField()
    y = models.IntegerField()
    n = models.BigIntegerField()
    touched_at = models.DateTimeField()
    xact = models.BigIntegerField(db_default=CurrentTransaction())

    class Meta:
        default_permissions = ()
        indexes = (
            models.Index(
                fields=["layer", "z", "x", "y"],
                include=["n", "touched_at"],
                name="tiles_touch_of_tile",
            ),
            BrinIndex(
                fields=["xact"],
                name="tiles_touch_of_xact",
                autosummarize=True,
                pages_per_range=8,
            ),
        )

    def __str__(self) -> str:
        return f"{self.layer_id}: {self.z}/{self.x}/{self.y}"
