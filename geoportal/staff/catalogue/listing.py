"""The lines of the list of layers: which ones, in which order, and what is known of each."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models
from django.db.models import Q, QuerySet
from django.http.request import QueryDict
from django.utils.translation import gettext_lazy as _

from geoportal.accounts.policies import Actor, list_editable_organisation_ids
from geoportal.staff.catalogue.quality import LayerQuality, count_issues, list_quality
from layers.access import list_archived_layers_for, list_layers_for
from layers.models import Changeset, Layer

WORDS_MAX = 100


class Whose(models.TextChoices):
    MINE = "mine", _("My layers")
    ALL = "all", _("All layers")


class State(models.TextChoices):
    """Who sees a layer, or that nobody does."""

    PUBLIC = "public", _("everyone sees it")
    STAFF = "staff", _("for staff")
    ORGANISATION = "organisation", _("for the organisation")
    ARCHIVED = "archived", _("in the archive")


class Sort(models.TextChoices):
    THEME = "", _("by theme, as on the map")
    TITLE = "title", _("by title")
    CHANGED = "changed", _("changed last first")
    ROWS = "rows", _("the largest first")


@dataclass(frozen=True)
class LayerLine:
    """A layer with its last changeset, its data's quality, and what the last import remarked."""

    layer: Layer
    quality: LayerQuality
    last: Changeset | None
    issues: int | None


@dataclass(frozen=True)
class LayerFilter:
    """What the address asks for; `whose` is empty until somebody chose."""

    words: str
    whose: str
    state: str
    kind: str
    sort: str

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.state or self.kind)


def read_filter(parameters: QueryDict) -> LayerFilter:
    """What names nothing is left out."""

    def choose(name: str, values: Sequence[str]) -> str:
        given = parameters.get(name, "")
        return given if given in values else ""

    return LayerFilter(
        words=parameters.get("q", "").strip()[:WORDS_MAX],
        whose=choose("whose", Whose.values),
        state=choose("state", State.values),
        kind=choose("kind", Layer.Kind.values),
        sort=choose("sort", Sort.values),
    )


def list_lines(actor: Actor, wanted: LayerFilter) -> list[LayerLine]:
    archived = wanted.state == State.ARCHIVED
    seen = list_archived_layers_for(actor) if archived else list_layers_for(actor)
    found = list(_choose(seen, actor, wanted).prefetch_related("fields"))
    quality, latest = list_quality(found), list_latest(found)
    imports = list_latest(found, kind=Changeset.Kind.IMPORT)
    lines = [
        LayerLine(
            layer, quality[layer.pk], latest.get(layer.pk), count_issues(imports.get(layer.pk))
        )
        for layer in found
    ]
    return sort_lines(lines, wanted.sort)


def _choose(layers: QuerySet[Layer], actor: Actor, wanted: LayerFilter) -> QuerySet[Layer]:
    if wanted.whose == Whose.MINE:
        layers = layers.filter(organisation__in=list_editable_organisation_ids(actor))
    if wanted.words:
        layers = layers.filter(
            Q(title_uk__icontains=wanted.words)
            | Q(title_en__icontains=wanted.words)
            | Q(slug__icontains=wanted.words)
        )
    if wanted.state and wanted.state != State.ARCHIVED:
        layers = layers.filter(visibility=wanted.state)
    return layers.filter(kind=wanted.kind) if wanted.kind else layers


def list_latest(layers: Sequence[Layer], **given: str) -> dict[int, Changeset]:
    """The last changeset of each layer, with its author. Index: layers_changeset_of_layer."""
    found = Changeset.objects.filter(layer__in=layers, **given).order_by("layer_id", "-id")
    return {
        changeset.layer_id: changeset
        for changeset in found.distinct("layer_id").select_related("author")
    }


def sort_lines(lines: Sequence[LayerLine], sort: str) -> list[LayerLine]:
    if sort == Sort.TITLE:
        return sorted(lines, key=lambda line: line.layer.title.casefold())
    if sort == Sort.ROWS:
        return sorted(lines, key=lambda line: -line.quality.rows)
    if sort == Sort.CHANGED:
        return sorted(lines, key=lambda line: line.last.pk if line.last else 0, reverse=True)
    return list(lines)
