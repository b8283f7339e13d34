"""Whose tiles a person of the workplace is shown, and what is remembered of them."""

from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.http.request import QueryDict
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.policies import Actor
from geoportal.staff.access import can_describe_layer
from layers.access import list_layers_for
from layers.models import Layer
from tiles.heavy import Heavy, list_heavy

LINES_MAX = 50


class View(models.TextChoices):
    VISITOR = "visitor", _("as visitors see it")
    STAFF = "staff", _("as you see it")


@dataclass(frozen=True)
class Chosen:
    """`slugs`: layers whose tiles are looked at, together, as many as one tile may hold."""

    slugs: tuple[str, ...]
    view: View

    @property
    def names(self) -> str:
        return ",".join(self.slugs)


@dataclass(frozen=True)
class TileLine:
    """`left`: titles of layers with how many of their lines and areas are not in the tile."""

    heavy: Heavy
    titles: list[str]
    left: list[tuple[str, int]]

    @property
    def kept_percent(self) -> int:
        return round(self.heavy.dropped.kept * 100)


def list_seen_slugs(actor: Actor) -> list[str]:
    return list(list_layers_for(actor).values_list("slug", flat=True))


def list_shown_layers(actor: Actor) -> list[Layer]:
    """Layers that the actor may change, or describe where a workflow makes them."""
    return [layer for layer in list_layers_for(actor) if can_describe_layer(actor, layer)]


def read_chosen(asked: QueryDict, layers: list[Layer]) -> Chosen:
    """What names nothing is left out; by itself what the map opens with."""
    known = {layer.slug for layer in layers}
    named = [slug for slug in dict.fromkeys(asked.getlist("layer")) if slug in known]
    opened = [layer.slug for layer in layers if layer.shown_by_default or layer.is_basemap]
    slugs = named or opened or [layer.slug for layer in layers]
    view = View.STAFF if asked.get("view") == View.STAFF else View.VISITOR
    return Chosen(tuple(slugs[: settings.TILE_LAYERS_MAX]), view)


def list_lines(actor: Actor, layers: list[Layer], chosen: Chosen) -> list[TileLine]:
    """Of the chosen layers, the worst first."""
    seen = {layer.slug: layer.title for layer in list_layers_for(actor)}
    mine = {layer.slug for layer in layers}
    found = [
        heavy
        for heavy in list_heavy([slug for slug in chosen.slugs if slug in mine], list(seen))
        if chosen.view == View.STAFF or heavy.for_visitors
    ]
    return [
        TileLine(
            heavy,
            [seen[name] for name in heavy.names],
            [(seen[name], count) for name, count in heavy.shapes_left.items()],
        )
        for heavy in found[:LINES_MAX]
    ]
