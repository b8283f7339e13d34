"""Areas of territory layers cut into cells, by which places find them."""

from django.contrib.gis.db import models
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GistIndex

from layers.models.layers import Layer


class PreparedLayer(models.Model):
    """Which revision of a territory layer its cells show; of another one they are not asked.

    `level`: at which areas of `areas` were cut; `levels`: at which there are cells.
    """

    layer = models.OneToOneField(
        Layer, primary_key=True, on_delete=models.CASCADE, related_name="prepared"
    )
    revision = models.BigIntegerField()
    level = models.SmallIntegerField()
    levels = ArrayField(models.SmallIntegerField())
    areas = models.IntegerField()

    def __str__(self) -> str:
        return f"{self.layer_id}: {self.revision}"


class PreparedArea(models.Model):
    """The shape, by its SHA-256, that a feature's cells were cut from."""

    pk = models.CompositePrimaryKey("layer_id", "feature_id")
    layer = models.ForeignKey(
        Layer, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    feature_id = models.BigIntegerField()
    digest = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.layer_id}: {self.feature_id}"


class TerritoryCell(models.Model):
    """A cell of the quad-tree (`layers_cell`) that an area touches.

    `shape` and `border`: what of the area and of its border lies in the cell and a little around
    it. `is_whole`: the cell lies inside, both are NULL; else, where both are NULL, the area was not
    cut. `is_large`: the area has so many vertices that its nearest border is sought by an index.
    """

    pk = models.CompositePrimaryKey("layer_id", "code", "feature_id")
    layer = models.ForeignKey(
        Layer, on_delete=models.DO_NOTHING, db_constraint=False, db_index=False, related_name="+"
    )
    code = models.BigIntegerField()
    feature_id = models.BigIntegerField()
    is_whole = models.BooleanField()
    is_large = models.BooleanField()
    shape = models.GeometryField(srid=4326, null=True, spatial_index=False)
    border = models.GeometryField(srid=4326, null=True, spatial_index=False)

    class Meta:
        indexes = (
            models.Index(fields=["layer", "feature_id"], name="layers_cells_of_area"),
            GistIndex(
                fields=["feature_id", "border"],
                name="layers_borders_of_large_area",
                condition=models.Q(is_large=True, border__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.layer_id}: {self.code}"
