"""What the map's search looks in: one folded line for each public feature with a name."""

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex

from layers.models.layers import Layer


class SearchEntry(models.Model):
    """Derived from features; rebuilt by `layers.reading.search`, never edited."""

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="+")
    key = models.TextField()
    title = models.TextField()
    subtitle = models.TextField(blank=True)
    folded = models.TextField()
    place = models.PointField(srid=4326, spatial_index=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["layer", "key"], name="layers_search_entry_once"),
        )
        indexes = (
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="layers_search_folded"),
        )

    def __str__(self) -> str:
        return self.title
