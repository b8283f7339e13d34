"""What happened to layers after their first load, so that their history has something to tell."""

import json
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.contrib.gis.geos import GEOSGeometry, Point
from django.db import transaction

from geoportal.demo.accounts import find_account
from layers.models import Changeset, Feature, Layer, LayerField
from layers.schema.values import Json, SplitValues, split_values
from layers.services import apply_changeset, rollback_changeset
from layers.services.features import build_row
from layers.staging import StagedRow


@dataclass(frozen=True, kw_only=True)
class LayerChange:
    """One changeset. `keys` get `values` and, where it is given, `place` (longitude, latitude);
    `added` is a GeoJSON file beside; `undone`: it was rolled back at once, in these words.
    """

    layer: str
    by: str
    comment: str
    kind: str = Changeset.Kind.EDIT
    source: str = ""
    undone: str = ""
    keys: Sequence[str] = ()
    values: Mapping[str, Json] = field(default_factory=dict)
    place: tuple[float, float] | None = None
    removed: Sequence[str] = ()
    added: str = ""


def read_changes(path: Path) -> list[LayerChange]:
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["change"]
    return [LayerChange(**entry) for entry in entries]


@transaction.atomic
def apply_changes(folder: Path) -> int:
    """The changes of `changes.toml`, each by its account where there is one; how many."""
    changes = read_changes(folder / "changes.toml")
    for change in changes:
        _apply(change, Layer.objects.get(slug=change.layer), folder)
    return len(changes)


def _apply(change: LayerChange, layer: Layer, folder: Path) -> None:
    author = find_account(change.by)
    changeset = apply_changeset(
        layer=layer,
        rows=[*_list_changed(change, layer), *_list_added(change, layer, folder)],
        removed_keys=change.removed,
        kind=change.kind,
        source=change.source,
        comment=change.comment,
        actor=author,
    )
    if change.undone:
        rollback_changeset(changeset=changeset, actor=author, comment=change.undone)


def _list_changed(change: LayerChange, layer: Layer) -> Iterator[StagedRow]:
    split = _split(_list_fields(layer), change.values)
    moved = Point(*change.place, srid=4326) if change.place else None
    for feature in Feature.objects.filter(layer=layer, key__in=change.keys):
        yield build_row(layer, feature.key, moved or feature.geom, split)


def _list_added(change: LayerChange, layer: Layer, folder: Path) -> Iterator[StagedRow]:
    if not change.added:
        return
    fields = _list_fields(layer)
    for feature in json.loads((folder / change.added).read_text(encoding="utf-8"))["features"]:
        geom = GEOSGeometry(json.dumps(feature["geometry"]), srid=4326)
        yield build_row(layer, feature["id"], geom, _split(fields, feature["properties"]))


def _split(fields: Sequence[LayerField], values: Mapping[str, Json]) -> SplitValues:
    split, refused = split_values(fields, values)
    if refused:
        raise ValueError(refused)
    return split


def _list_fields(layer: Layer) -> list[LayerField]:
    return list(layer.fields.all())
