"""Themes of the map's panel."""

from geoportal.packs.applying.run import Deed, Run, write_row
from layers.models import Theme


def apply_themes(run: Run) -> None:
    standing = {theme.slug: theme for theme in Theme.objects.all()}
    for entry in run.pack.list("themes"):
        slug = entry.text("slug")
        write_row(run, "themes", slug, entry, standing.get(slug) or Theme(), entry.values)


def prune_themes(run: Run) -> None:
    if run.prune:
        for theme in Theme.objects.exclude(slug__in=run.pack.by_code("themes")):
            theme.delete()
            run.tell("themes", theme.slug, Deed.REMOVED)
