"""Datasets of one file, each with the layer that it may go into: what is proposed of them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from importers.formats.opening import FoundDataset
from importers.mapping.planning import build_title
from importers.models import Import
from importers.stages.journal import get_result
from importers.states import Stage, State
from layers.geometry.words import describe_shape
from layers.models import Layer
from layers.slugs import propose_slug

# Names that a program gave and that say nothing.
NAMELESS = re.compile(r"(sheet|аркуш|лист|layer|шар|слой|table|таблиця|таблица)[\s_]*\d*", re.I)
COUNTED = re.compile(r"[\d\s_.()-]+")
EARLIER_MAX = 500


@dataclass(frozen=True)
class Part:
    """A dataset and what is proposed for it.

    `rows`, `geometry`: as the file says, `None` where only reading would tell. `slug`: of the
    layer that would be made. `layer`: the slug of a standing one that is proposed instead;
    `is_known`: since the part of an earlier file went there. `chosen`: proposed to be imported.
    `taken`: the import that it is already.
    """

    dataset: str
    title: str
    rows: int | None
    geometry: str | None
    slug: str
    layer: str = ""
    is_known: bool = False
    chosen: bool = True
    taken: int | None = None

    @property
    def shape(self) -> str:
        """Its kind of geometry, in the active language; "" where nobody knows."""
        return "" if self.geometry is None else describe_shape(self.geometry)


def list_datasets(import_: Import) -> list[dict[str, Any]]:
    """As the reading of the file found them; empty before it."""
    found: Any = get_result(import_, Stage.INSPECT).get("datasets", [])
    return list(found)


def list_parts(import_: Import) -> list[Part]:
    """Several, or none where the file holds one alone."""
    kept = list_datasets(import_)
    if len(kept) < 2:
        return []
    alone = get_result(import_, Stage.INSPECT).get("default", "")
    taken = list_taken(import_)
    earlier = find_earlier(import_)
    slugs = propose_slugs(import_.name, [one["title"] for one in kept], list_taken_slugs(import_))
    return [
        Part(
            dataset=one["name"],
            title=build_part_title(import_.name, one["title"]),
            rows=one["rows"],
            geometry=one["geometry"],
            slug=slug,
            layer=earlier.get(one["name"], "" if import_.creates else import_.slug),
            is_known=one["name"] in earlier,
            chosen=is_proposed(import_, one, str(alone)),
            taken=taken.get(one["name"]),
        )
        for one, slug in zip(kept, slugs, strict=True)
    ]


def is_proposed(import_: Import, dataset: dict[str, Any], alone: str) -> bool:
    """All that have places and rows become layers; into a layer that stands goes the one."""
    if said := import_.answers.get("dataset"):
        return bool(dataset["name"] == said)
    if not import_.creates:
        return bool(dataset["name"] == alone)
    return bool(dataset["geometry"] != "" and dataset["rows"] != 0)


def list_taken(import_: Import) -> dict[str, int]:
    """Datasets of the file that other imports of the group are, by name."""
    if import_.group_id is None:
        return {}
    others = Import.objects.filter(group=import_.group_id, name=import_.name, size=import_.size)
    others = others.exclude(pk=import_.pk).exclude(state=State.CANCELLED)
    return {
        str(answers["dataset"]): pk
        for pk, answers in others.values_list("pk", "answers")
        if answers.get("dataset")
    }


def list_taken_slugs(import_: Import) -> frozenset[str]:
    waiting = Import.objects.filter(creates=True, layer=None).exclude(pk=import_.pk)
    waiting = waiting.exclude(state=State.CANCELLED)
    standing = Layer.objects.values_list("slug", flat=True)
    return frozenset([*standing, *waiting.values_list("slug", flat=True)])


def propose_slugs(
    file: str, titles: Sequence[str], taken: frozenset[str] = frozenset()
) -> list[str]:
    """One for each, all of them different."""
    slugs: list[str] = []
    for title in titles:
        slugs.append(propose_slug(build_part_title(file, title), taken | {*slugs}))
    return slugs


def build_part_title(file: str, title: str) -> str:
    """“Sheet 1” says nothing: then the name of the file stands before it."""
    if NAMELESS.fullmatch(title.strip()):
        return f"{build_title(PurePath(file).stem)} {title}"
    return build_title(title)


def find_earlier(import_: Import) -> dict[str, str]:
    """Layers that parts of earlier files of this name went into, by dataset.

    Numbers in names of files do not count: `roads-2025.gpkg` is followed by `roads-2026.gpkg`.
    """
    earlier = Import.objects.filter(
        state=State.PUBLISHED,
        answers__has_key="dataset",
        layer__archived_at=None,
        layer__organisation=import_.organisation_id,
    )
    wanted = fold_name(import_.name)
    found: dict[str, str] = {}
    for name, dataset, slug in earlier.order_by("-id").values_list(
        "name", "answers__dataset", "layer__slug"
    )[:EARLIER_MAX]:
        if fold_name(name) == wanted:
            found.setdefault(str(dataset), str(slug))
    return found


def fold_name(name: str) -> str:
    return COUNTED.sub("", name.casefold())


def describe_datasets(found: Sequence[FoundDataset]) -> list[dict[str, Any]]:
    return [{"format": one.format} | vars(one.dataset) for one in found]
