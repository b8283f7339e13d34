"""Points counted in cells, from which tiles from afar are made."""

from django.db import models

from layers.models import Layer


class Cell(models.Model):
    """One difference of what a cell of the quad-tree holds (`tiles/sql/current/cells.sql`).

    `code`: bits of column and row in turn, at 2^`level` cells on a side of Web Mercator.
    `n`: how many points came (or went, below 0); `sum_x`, `sum_y`: the sums of their places in
    steps of 2^-30 of that side. Written by triggers.
    """

    layer = models.ForeignKey(
        Layer, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    level = models.SmallIntegerField()
    code = models.BigIntegerField()
    visibility = models.TextField()
    class_value = models.TextField(db_column="class")
    n = models.IntegerField()
    sum_x = models.BigIntegerField()
    sum_y = models.BigIntegerField()

    class Meta:
        default_permissions = ()
        indexes = (models.Index(fields=["layer", "level", "code"], name="tiles_cell_of_layer"),)

    def __str__(self) -> str:
        return f"{self.layer_id}: {self.level}/{self.code}"
