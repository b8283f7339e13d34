"""What an import left in a layer, so that the next one passes over what is the same."""

from django.db import models

from layers.models import Layer


class KnownRows(models.Model):
    """Rows that change nothing in the layer, as long as it has this revision; a part of them.

    `digests`: 64-bit numbers, little-endian, one for each row of the last import, in ascending
    order over all parts. Derived: without them an import compares with the layer itself.
    """

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="known_rows")
    part = models.PositiveIntegerField()
    revision = models.BigIntegerField()
    digests = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["layer", "part"], name="importers_known_rows_once"),
        )

    def __str__(self) -> str:
        return f"{self.layer_id}: {self.revision}, {self.part}"
