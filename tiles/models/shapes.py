"""Lines and areas as they are drawn from afar."""

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex

from layers.models import Layer


class Shape(models.Model):
    """The generalised shape of a feature for the zooms of a band (`tiles/sql/current/shapes.sql`).

    `band`: the highest of its zooms. `size_m`: how large the feature is, in units of EPSG:3857:
    the root of an area, 3/8 of the diagonal of the box of a line. Features too small to be seen
    at any zoom of the band have no row. `borders`: how it was simplified; triggers leave 0.
    """

    class Borders(models.IntegerChoices):
        """By itself and not looked at since; as its neighbours are; by itself, since it has none,
        or since it overlaps them."""

        UNSEEN = 0
        SHARED = 1
        OWN = 2
        OVERLAPPING = 3

    pk = models.CompositePrimaryKey("layer_id", "feature_id", "band")
    layer = models.ForeignKey(
        Layer, on_delete=models.CASCADE, db_constraint=False, db_index=False, related_name="+"
    )
    feature_id = models.BigIntegerField()
    band = models.SmallIntegerField()
    size_m = models.FloatField()
    geom_3857 = models.GeometryField(srid=3857, spatial_index=False)
    borders = models.SmallIntegerField(choices=Borders, default=Borders.UNSEEN, db_default=0)

    class Meta:
        default_permissions = ()
        indexes = (GistIndex(fields=["layer", "band", "geom_3857"], name="tiles_shapes_of_band"),)

    def __str__(self) -> str:
        return f"{self.layer_id}: {self.feature_id} to zoom {self.band}"
