"""Answers are remembered by the shape of the file and the layer, and proposed for the next file."""

from django.db.models import F

from importers.models import Import, Recipe
from importers.stages.answers import OF_ONE_FILE
from importers.stages.journal import get_result
from importers.states import Stage
from layers.models import Layer

# A layer that stands has these already.
OF_A_NEW_LAYER = frozenset(
    {"title", "kind", "title_field", "licence", "visibility", "public_fields"}
)


def keep_recipe(import_: Import, layer: Layer) -> None:
    """What was answered for this file; what is asked anew each time is left out."""
    shape = str(get_result(import_, Stage.INSPECT).get("shape", ""))
    if not shape:
        return
    left_out = OF_ONE_FILE | OF_A_NEW_LAYER
    answers = {code: said for code, said in import_.answers.items() if code not in left_out}
    recipe, _made = Recipe.objects.update_or_create(
        layer=layer,
        shape=shape,
        defaults={"answers": answers, "name": import_.name, "author": import_.author},
    )
    Recipe.objects.filter(pk=recipe.pk).update(used=F("used") + 1)


def find_recipe(layer: Layer | None, shape: str) -> Recipe | None:
    """For files of this shape that go into this layer."""
    return Recipe.objects.filter(layer=layer, shape=shape).first() if layer else None


def forget_recipe(*, recipe: Recipe) -> None:
    """The next file of its shape is asked about as if there had been none."""
    recipe.delete()
