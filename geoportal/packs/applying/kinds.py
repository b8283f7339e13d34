"""Kinds of objects in people's words."""

from geoportal.packs.applying.categories import as_columns
from geoportal.packs.applying.run import Deed, Run, write_row
from layers.models import Kind, Layer


def apply_kinds(run: Run) -> None:
    standing = {kind.slug: kind for kind in Kind.objects.all()}
    layers = dict(Layer.objects.values_list("slug", "pk"))
    for entry in run.pack.list("kinds"):
        slug = entry.text("slug")
        values = as_columns(entry, "layer", "only")
        values["layer_id"] = layers.get(entry.text("layer"))
        if isinstance(only := entry.values.get("only"), dict):
            values["only"] = {name: list(allowed) for name, allowed in only.items()}
        write_row(run, "kinds", slug, entry, standing.get(slug) or Kind(), values)


def prune_kinds(run: Run) -> None:
    if run.prune:
        for kind in Kind.objects.exclude(slug__in=run.pack.by_code("kinds")):
            kind.delete()
            run.tell("kinds", kind.slug, Deed.REMOVED)
