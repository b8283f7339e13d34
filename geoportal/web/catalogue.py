"""Layers as people look through them: grouped by theme, found by words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import F, Func, QuerySet, TextField, Value
from django.db.models.functions import Concat

from geoportal.accounts.policies import Actor
from layers.access import list_layers_for, list_visibilities
from layers.models import Layer, Theme
from layers.reading.legend import LegendEntry, build_legend
from layers.reading.summary import Summary, get_summary

WORDS_MAX = 8


@dataclass(frozen=True)
class LayerEntry:
    """A layer in a list, with what is counted and drawn for it."""

    layer: Layer
    summary: Summary
    legend: list[LegendEntry]

    @property
    def has_key(self) -> bool:
        """Its legend says more than the layer's own sample does."""
        return len(self.legend) > 1


@dataclass(frozen=True)
class ThemeGroup:
    """The layers of one theme; `theme` is `None` for those without."""

    theme: Theme | None
    entries: tuple[LayerEntry, ...]


def group_layers(actor: Actor, layers: Iterable[Layer]) -> list[ThemeGroup]:
    """Themes in their order, layers without a theme last."""
    groups: dict[int | None, list[LayerEntry]] = {}
    themes: dict[int | None, Theme | None] = {}
    for layer in layers:
        themes[layer.theme_id] = layer.theme
        summary = get_summary(layer, list_visibilities(actor, layer))
        entry = LayerEntry(layer, summary, build_legend(layer))
        groups.setdefault(layer.theme_id, []).append(entry)
    found = [ThemeGroup(themes[pk], tuple(entries)) for pk, entries in groups.items()]
    return sorted(found, key=lambda group: (group.theme is None, _place(group.theme)))


def _place(theme: Theme | None) -> int:
    return theme.position if theme else 0


def list_open_layers(actor: Actor, text: str = "") -> QuerySet[Layer]:
    """Public layers whose title, description or keywords hold every word of `text` (folded)."""
    layers = list_layers_for(actor).filter(visibility=Layer.Visibility.PUBLIC)
    words = text.split()[:WORDS_MAX]
    if not words:
        return layers
    described = Concat(
        *(F(name) for name in ("title_uk", "title_en", "description_uk", "description_en")),
        Func(F("keywords"), Value(" "), function="array_to_string", output_field=TextField()),
        output_field=TextField(),
    )
    layers = layers.annotate(folded=_fold(described))
    for word in words:
        layers = layers.filter(folded__contains=_fold(Value(word)))
    return layers


def _fold(text: object) -> Func:
    return Func(text, function="layers_fold", output_field=TextField())


def join_extents(summaries: Sequence[Summary]) -> list[float] | None:
    """West, south, east, north around all of them in degrees; `None` when nothing has a place."""
    extents = [summary.extent for summary in summaries if summary.extent]
    if not extents:
        return None
    wests, souths, easts, norths = zip(*extents, strict=True)
    return [min(wests), min(souths), max(easts), max(norths)]
