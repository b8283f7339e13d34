"""What search looks in: a folded line for each public feature with a name, and its words."""

from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db.models.functions import Left, Length

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
            # The title's part of the line: what is called so, where thousands lie beside it.
            GinIndex(
                OpClass(Left("folded", Length("title") + 1), name="gin_trgm_ops"),
                name="layers_search_title",
            ),
        )

    def __str__(self) -> str:
        return self.title


class SearchWord(models.Model):
    """A word of a layer's entries; a misspelt or romanised one is looked up by its sound.

    Derived with the entries. A word may outlive the last entry that had it: it leads nowhere.
    """

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="+")
    word = models.TextField()
    sound = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["layer", "word"], name="layers_search_word_once"),
        )
        indexes = (
            GinIndex(fields=["sound"], opclasses=["gin_trgm_ops"], name="layers_search_sound"),
        )

    def __str__(self) -> str:
        return self.word


class FormerName(models.Model):
    """An old name of a street as it sounds, and the one it has now, folded; both without the type.

    Derived with the entries of layers that have `old_name`. `title`: the old name as written.
    """

    layer = models.ForeignKey(Layer, on_delete=models.CASCADE, related_name="+")
    sound = models.TextField()
    new = models.TextField()
    title = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["layer", "sound", "new"], name="layers_former_name_once"
            ),
        )

    def __str__(self) -> str:
        return self.title
