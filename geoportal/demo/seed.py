"""The demo community written into the database, layer by layer, each in one transaction."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
import shapely
from django.db import transaction

from geoportal.accounts.models import Organisation, User
from geoportal.demo.accounts import find_account
from geoportal.demo.dataset import Change, Dataset, Row
from geoportal.demo.organisations import write_organisations
from geoportal.demo.registers.every import build_datasets
from geoportal.demo.themes import write_themes
from geoportal.demo.town.plane import to_degrees
from layers.models import Changeset, Layer, Theme
from layers.schema import dump_json
from layers.services import apply_changeset, create_layer, rollback_changeset
from layers.specs import FieldSpec
from layers.staging import StagedRow

ROWS_A_CHUNK = 5000


@dataclass(frozen=True)
class SeededLayer:
    """What became of one layer; `changeset` is its first load, or the difference to it."""

    slug: str
    created: bool
    changeset: Changeset


def seed_community(*, scale: int = 1) -> Iterator[SeededLayer]:
    """Write organisations, themes and layers; yields each layer as soon as it stands.

    A layer that stands already gets its rows as a difference: what was changed by hand goes back,
    what was added by hand stays.
    """
    organisations, themes = write_organisations(), write_themes()
    for dataset in build_datasets(scale):
        yield seed_layer(dataset, organisations, themes)


@transaction.atomic
def seed_layer(
    dataset: Dataset, organisations: Mapping[str, Organisation], themes: Mapping[str, Theme]
) -> SeededLayer:
    """One layer with its rows and what happened to them since."""
    slug, fields = dataset.spec.slug, dataset.spec.fields
    layer = Layer.objects.filter(slug=slug).first()
    if layer is not None:
        rows = stage_rows(list_final_rows(dataset), fields)
        changeset = apply_changeset(
            layer=layer, rows=rows, kind=Changeset.Kind.IMPORT, source=dataset.source
        )
        return SeededLayer(slug, created=False, changeset=changeset)
    organisation, theme = organisations[dataset.publisher], themes[dataset.theme]
    spec = replace(dataset.spec, organisation=organisation, theme=theme)
    layer = create_layer(spec=spec, with_partition=False)
    rows = stage_rows(dataset.rows, fields)
    first = apply_changeset(
        layer=layer, rows=rows, kind=Changeset.Kind.IMPORT, source=dataset.source
    )
    for change in dataset.changes:
        _apply_change(layer, change, fields)
    return SeededLayer(slug, created=True, changeset=first)


def _apply_change(layer: Layer, change: Change, fields: Sequence[FieldSpec]) -> None:
    author: User | None = find_account(change.author)
    changeset = apply_changeset(
        layer=layer,
        rows=stage_rows(change.rows, fields),
        removed_keys=change.removed_keys,
        kind=change.kind,
        source=change.source,
        comment=change.comment,
        actor=author,
    )
    if change.undone:
        rollback_changeset(changeset=changeset, actor=author, comment=change.undone)


def list_final_rows(dataset: Dataset) -> Iterator[Row]:
    """Rows as they stand after all changes."""
    lasting = [change for change in dataset.changes if not change.undone]
    removed = {key for change in lasting for key in change.removed_keys}
    later = {row.key: row for change in lasting for row in change.rows}
    for row in dataset.rows:
        if row.key not in removed:
            yield later.pop(row.key, row)
    yield from later.values()


def stage_rows(rows: Iterable[Row], fields: Sequence[FieldSpec]) -> Iterator[StagedRow]:
    """Rows as the stage takes them: degrees, and values by who may see them."""
    staff = {field.name for field in fields if field.audience == "staff"}
    reading = iter(rows)
    while chunk := list(islice(reading, ROWS_A_CHUNK)):
        shapes = np.array([row.shape for row in chunk], dtype=object)
        encoded = shapely.to_wkb(to_degrees(shapes), hex=True, output_dimension=2)
        for row, wkb_hex in zip(chunk, encoded, strict=True):
            public = {name: value for name, value in row.values.items() if name not in staff}
            internal = {name: value for name, value in row.values.items() if name in staff}
            yield StagedRow(row.key, str(wkb_hex), dump_json(public), dump_json(internal))
