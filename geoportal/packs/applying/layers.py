"""Layers: their description by the services, their data by the ordinary importer."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geoportal.accounts.models import Organisation
from geoportal.core.errors import DomainError
from geoportal.packs.applying.categories import as_columns
from geoportal.packs.applying.run import Deed, Run
from geoportal.packs.checking.data_files import read_filter, read_options, unpacked
from geoportal.packs.entries import Entry
from geoportal.packs.values import show
from importers.brakes.consent import Consent
from importers.pipeline import import_file
from importers.request import ImportRequest, ImportResult
from layers.models import Changeset, Feature, Layer, Theme
from layers.models.layers import PROJECTED_KINDS
from layers.schema.specs import FieldSpec, LayerSpec, read_spec
from layers.services import (
    archive_layer,
    create_layer,
    edit_feature,
    restore_layer,
    update_layer,
)

# Where a changeset keeps which file and schema it came from.
MARK: Final = "pack_source"
SPEC_NAMES: Final = {each.name for each in fields(LayerSpec)} - {"fields", "theme", "organisation"}
ISSUES_SHOWN: Final = 5


@dataclass(frozen=True)
class Owners:
    """Rows that a layer refers to, by slug."""

    themes: dict[str, Theme]
    organisations: dict[str, Organisation]


def apply_layers(run: Run, spatial_coverage: str) -> None:
    owners = Owners(
        {theme.slug: theme for theme in Theme.objects.all()},
        {each.slug: each for each in Organisation.objects.all()},
    )
    for entry in run.pack.list("layers"):
        try:
            layer = _apply_description(run, entry, owners, spatial_coverage)
            _apply_data(run, entry, layer)
            _apply_hidden(run, entry, layer)
        except DomainError as error:
            run.refuse(entry, error)


def prune_layers(run: Run) -> None:
    """Archived: a layer is deleted by hand, when nobody misses it."""
    if run.prune:
        standing = Layer.objects.filter(archived_at=None).exclude(kind__in=PROJECTED_KINDS)
        for layer in standing.exclude(slug__in=run.pack.by_code("layers")):
            try:
                archive_layer(layer=layer)
            except DomainError as error:
                run.findings.error(run.pack.community.place, f"{show(layer.slug)}: {error.message}")
            else:
                run.tell("layers", layer.slug, Deed.REMOVED)


def _apply_description(run: Run, entry: Entry, owners: Owners, spatial_coverage: str) -> Layer:
    slug = entry.text("slug")
    layer = Layer.objects.filter(slug=slug).first()
    if layer is None:
        base = LayerSpec(
            slug=slug,
            title_uk="",
            visibility=Layer.Visibility.PUBLIC
            if "source.file" in entry
            else Layer.Visibility.STAFF,
            spatial_coverage=spatial_coverage,
        )
        spec = describe(entry, base, owners, prune=False)
        made = create_layer(spec=spec, with_partition="source.file" not in entry)
        run.tell("layers", slug, Deed.MADE)
        return made
    if layer.archived_at is not None:
        restore_layer(layer=layer)
        run.tell("layers", slug, Deed.MADE)
    standing = read_spec(layer)
    spec = describe(entry, standing, owners, prune=run.prune)
    if "visibility" not in entry and waits_for_data(entry, layer):
        spec = replace(spec, visibility=Layer.Visibility.PUBLIC)
    update = update_layer(layer=layer, spec=spec)
    if update.changed:
        run.tell("layers", slug, Deed.CHANGED, *update.changed)
    return update.layer


def waits_for_data(entry: Entry, layer: Layer) -> bool:
    """A register that was made without data gets its first file now."""
    return "source.file" in entry and not Feature.objects.filter(layer=layer).exists()


def describe(entry: Entry, base: LayerSpec, owners: Owners, *, prune: bool) -> LayerSpec:
    """The base with what the pack says put over it."""
    said = {name: entry.values[name] for name in entry if name in SPEC_NAMES}
    if "theme" in entry:
        said["theme"] = owners.themes.get(entry.text("theme"))
    if "organisation" in entry:
        said["organisation"] = owners.organisations.get(entry.text("organisation"))
    named = entry.children.get("field", [])
    said["fields"] = describe_fields(named, base.fields, prune=prune)
    return replace(base, **said)  # type: ignore[arg-type]


def describe_fields(
    named: Sequence[Entry], standing: Sequence[FieldSpec], *, prune: bool
) -> tuple[FieldSpec, ...]:
    """Those of the pack in its order, then what else there is."""
    by_name = {field.name: field for field in standing}
    described = [
        replace(by_name.pop(name, FieldSpec(name=name)), **_read_field(entry))  # type: ignore[arg-type]
        for entry in named
        for name in (entry.text("name"),)
    ]
    return (*described, *(() if prune and named else by_name.values()))


def _read_field(entry: Entry) -> dict[str, object]:
    values = as_columns(entry)
    if "choices" in values:
        values["choices"] = tuple(values["choices"])  # type: ignore[arg-type]
    return values


def _apply_data(run: Run, entry: Entry, layer: Layer) -> None:
    path = entry.values.get("source.file")
    if not isinstance(path, Path):
        return
    mark = compute_mark(entry, layer, path)
    if not run.prune and find_mark(layer) == mark:
        return
    with unpacked(path) as plain:
        result = import_file(
            ImportRequest(
                path=plain,
                layer=layer.slug,
                key=entry.text("source.key"),
                crs=entry.text("source.crs"),
                replace=run.prune,
                name=entry.text("source.name") or plain.name,
                reading=read_options(entry),
                wanted=read_filter(entry),
                keep_empty=False,
                details={MARK: mark},
                # Who applies a pack has seen by --dry-run what it does.
                consent=Consent(everything=True),
            )
        )
    _tell_counts(run, entry, result)


def _apply_hidden(run: Run, entry: Entry, layer: Layer) -> None:
    """Features that only staff see; the others are as public as their layer."""
    wanted = entry.values.get("hidden")
    if not isinstance(wanted, tuple):
        return
    standing = Feature.objects.filter(layer=layer)
    keys = set(standing.filter(key__in=wanted).values_list("key", flat=True))
    for key in sorted(set(wanted) - keys):
        message = _("The layer has no feature %s.") % show(key)
        run.findings.error(entry.place_of("hidden"), message)
    staff = Feature.Visibility.STAFF
    hidden = set(standing.filter(visibility=staff).values_list("key", flat=True))
    for key in sorted(keys ^ hidden):
        visibility = staff if key in keys else Feature.Visibility.PUBLIC
        edit_feature(layer=layer, key=key, visibility=visibility)
        run.tell("features", f"{layer.slug}/{key}", Deed.CHANGED, "visibility")


def compute_mark(entry: Entry, layer: Layer, path: Path) -> str:
    """Of the file, the options of its import, and the pack's part of the schema it goes through.

    A field that was added beside the pack is no reason to put the file over what was corrected.
    """
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(1024**2):
            digest.update(piece)
    options = {key: str(value) for key, value in entry.table("source").items() if key != "file"}
    columns = ("name", "type", "audience", "choices")
    named = [field.text("name") for field in entry.children.get("field", ())]
    schema = list(layer.fields.filter(name__in=named).order_by("name").values_list(*columns))
    facts = [options, schema, layer.key_field, layer.geometry_type]
    digest.update(json.dumps(facts, sort_keys=True, ensure_ascii=False).encode())
    return digest.hexdigest()


def find_mark(layer: Layer) -> str:
    """Of the file that was applied last; "" for none."""
    marked = Changeset.objects.filter(layer=layer, details__has_key=MARK).order_by("-pk").first()
    return str(marked.details[MARK]) if marked else ""


def _tell_counts(run: Run, entry: Entry, result: ImportResult) -> None:
    counts = (
        (result.added, _("added: %s")),
        (result.changed, _("changed: %s")),
        (result.removed, _("removed: %s")),
    )
    said = [words % count for count, words in counts if count]
    if said:
        run.tell("features", entry.text("slug"), Deed.CHANGED, *said)
    place = entry.place_of("source.file")
    if result.rejected:
        message = ngettext(
            "%(count)s row could not be loaded: %(reasons)s",
            "%(count)s rows could not be loaded: %(reasons)s",
            result.rejected,
        )
        reasons = "; ".join(
            f"{issue.row}: {issue.message}"
            for issue in result.issues
            if issue.severity == "error"
        )  # fmt: skip
        run.findings.remark(place, message % {"count": result.rejected, "reasons": reasons[:400]})
    if result.ignored_columns:
        names = ", ".join(result.ignored_columns)
        message = _("Columns that the layer has no fields for: %(names)s.")
        run.findings.remark(place, message % {"names": names})
