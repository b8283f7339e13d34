"""The demo community written into the database, layer by layer, each in one transaction."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely
from django.db import transaction

from geoportal.accounts.models import Organisation
from geoportal.demo.dataset import Dataset, Row
from geoportal.demo.organisations import write_organisations
from geoportal.demo.registers.every import build_datasets
from geoportal.demo.themes import write_themes
from geoportal.demo.town.plane import to_degrees
from layers.models import Changeset, Layer, Theme
from layers.schema import dump_json
from layers.services import apply_changeset, create_layer
from layers.specs import FieldSpec
from layers.staging import StagedRow

ROWS_A_CHUNK = 5000


@dataclass(frozen=True)
class SeededLayer:
    """What became of one layer."""

    slug: str
    created: bool
    changeset: Changeset


def seed_community(*, scale: int = 1) -> Iterator[SeededLayer]:
    """Write organisations, themes and layers; yields each layer as soon as it stands.

    A layer that stands already gets the rows as a difference (nothing when nothing changed).
    """
    organisations, themes = write_organisations(), write_themes()
    for dataset in build_datasets(scale):
        yield seed_layer(dataset, organisations, themes)


@transaction.atomic
def seed_layer(
    dataset: Dataset, organisations: dict[str, Organisation], themes: dict[str, Theme]
) -> SeededLayer:
    """One layer with its rows."""
    layer = Layer.objects.filter(slug=dataset.spec.slug).first()
    created = layer is None
    if layer is None:
        spec = replace(
            dataset.spec,
            organisation=organisations[dataset.publisher],
            theme=themes[dataset.theme],
        )
        layer = create_layer(spec=spec, with_partition=False)
    changeset = apply_changeset(
        layer=layer,
        rows=stage_rows(dataset.rows, dataset.spec.fields),
        kind=Changeset.Kind.IMPORT,
        source=dataset.seeded_by,
    )
    return SeededLayer(dataset.spec.slug, created, changeset)


def stage_rows(rows: Sequence[Row], fields: Sequence[FieldSpec]) -> Iterator[StagedRow]:
    """Rows as the stage takes them: degrees, and values by who may see them."""
    staff = {field.name for field in fields if field.audience == "staff"}
    for start in range(0, len(rows), ROWS_A_CHUNK):
        chunk = rows[start : start + ROWS_A_CHUNK]
        shapes = np.array([row.shape for row in chunk], dtype=object)
        encoded = shapely.to_wkb(to_degrees(shapes), hex=True, output_dimension=2)
        for row, wkb_hex in zip(chunk, encoded, strict=True):
            public = {name: value for name, value in row.values.items() if name not in staff}
            internal = {name: value for name, value in row.values.items() if name in staff}
            yield StagedRow(row.key, str(wkb_hex), dump_json(public), dump_json(internal))
