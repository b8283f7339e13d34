"""Many features of one layer added, changed and removed at once: all of it, or nothing."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geoportal.accounts.models import User
from geoportal.core.errors import InvalidInput, VersionMismatch
from layers.geometry.coordinates import NewPlace
from layers.geometry.coverage import find_coverage_faults
from layers.models import Changeset, Feature, Layer
from layers.services.changesets import apply_changeset, lock_layer
from layers.services.features import build_row, make_key, require_valid
from layers.staging import StagedRow

EDITS_MAX = 2000


@dataclass(frozen=True, kw_only=True)
class Addition:
    """A new feature: geometry (EPSG:4326) and values by field name; the key as `add_feature`."""

    geom: GEOSGeometry | None
    values: Mapping[str, object]
    key: str = ""
    visibility: str = Feature.Visibility.PUBLIC


@dataclass(frozen=True, kw_only=True)
class Change:
    """What is named changes. `version`: the changeset that made the feature as it was read."""

    key: str
    version: int
    values: Mapping[str, object] = field(default_factory=dict)
    geom: GEOSGeometry | None = None
    keep_geom: bool = True
    visibility: str | None = None


@dataclass(frozen=True, kw_only=True)
class Removal:
    key: str
    version: int


@dataclass(frozen=True, kw_only=True)
class Edits:
    """What shall happen to a layer in one changeset; each key stands in it once."""

    adds: Sequence[Addition] = ()
    changes: Sequence[Change] = ()
    removals: Sequence[Removal] = ()

    def __len__(self) -> int:
        return len(self.adds) + len(self.changes) + len(self.removals)


@dataclass(frozen=True)
class Applied:
    """The changeset, and the features that it added or changed, in the order of the edits."""

    changeset: Changeset
    features: list[Feature]


@transaction.atomic
def apply_edits(
    *,
    layer: Layer,
    edits: Edits,
    expected_revision: int | None = None,
    keeps_coverage: bool = False,
    actor: User | None = None,
    comment: str = "",
) -> Applied:
    """Do all edits as one changeset.

    Raises `InvalidInput` with `errors` by place in the edits (`changes.0`), each with `id` and
    `geometry` and `place` (lon, lat) or `fields`; `VersionMismatch` with the `conflicts` when
    features no longer stand as they were read, or when the layer's revision is another than
    `expected_revision`. With `keeps_coverage` areas that come to overlap, and gaps that open
    between them, are refused too: `InvalidInput` with `coverage`.
    """
    _require_number(len(edits))
    state = lock_layer(layer)
    named: list[Change | Removal] = [*edits.changes, *edits.removals]
    standing = {
        feature.key: feature
        for feature in Feature.objects.filter(layer=layer, key__in=[each.key for each in named])
    }
    _require_versions(named, standing)
    if expected_revision not in (None, state.revision):
        raise VersionMismatch(
            _("Someone changed this layer since you read it; read it again."), conflicts=[]
        )
    rows = _build_rows(layer, edits, standing)
    removed = [each.key for each in edits.removals]
    if keeps_coverage:
        _require_coverage(layer, rows, removed, standing)
    changeset = apply_changeset(
        layer=layer,
        rows=rows,
        removed_keys=removed,
        kind=Changeset.Kind.EDIT,
        actor=actor,
        comment=comment,
    )
    made = {
        feature.key: feature
        for feature in Feature.objects.filter(layer=layer, key__in=[row.key for row in rows])
    }
    return Applied(changeset, [made[row.key] for row in rows])


def _require_number(count: int) -> None:
    if not count:
        raise InvalidInput(_("There is nothing to save."))
    if count > EDITS_MAX:
        raise InvalidInput(
            _("At most %(max)s features are changed at once; an import takes more.")
            % {"max": EDITS_MAX}
        )


def _require_versions(named: Sequence[Change | Removal], standing: Mapping[str, Feature]) -> None:
    conflicts = [
        {"id": each.key, "version": feature.changeset_id if feature else None}
        for each in named
        if (feature := standing.get(each.key)) is None or feature.changeset_id != each.version
    ]
    if conflicts:
        raise VersionMismatch(
            ngettext(
                "Someone changed %(count)s of these features since you read it.",
                "Someone changed %(count)s of these features since you read them.",
                len(conflicts),
            )
            % {"count": len(conflicts)},
            conflicts=conflicts,
        )


def _build_rows(layer: Layer, edits: Edits, standing: Mapping[str, Feature]) -> list[StagedRow]:
    """Rows for the stage; all faults are told at once."""
    rows: list[StagedRow] = []
    errors: dict[str, dict[str, object]] = {}
    for at, key, build in _list_builders(layer, edits, standing):
        try:
            rows.append(build())
        except InvalidInput as error:
            errors[at] = _describe_fault(key, error)
    taken = _list_taken(layer, edits, rows)
    for number, row in enumerate(rows[: len(edits.adds)] if not errors else []):
        if row.key in taken:
            reason = _("There is a feature with the key “%(key)s” already.") % {"key": row.key}
            errors[f"adds.{number}"] = {"id": row.key, "key": reason}
    if errors:
        raise InvalidInput(_("Some features cannot be so; see `errors`."), errors=errors)
    return rows


def _list_builders(
    layer: Layer, edits: Edits, standing: Mapping[str, Feature]
) -> Iterator[tuple[str, str, "_Builder"]]:
    for number, added in enumerate(edits.adds):
        yield f"adds.{number}", added.key, _Builder(layer, added)
    for number, changed in enumerate(edits.changes):
        yield f"changes.{number}", changed.key, _Builder(layer, changed, standing[changed.key])


@dataclass(frozen=True)
class _Builder:
    layer: Layer
    edit: Addition | Change
    feature: Feature | None = None

    def __call__(self) -> StagedRow:
        """Raises `InvalidInput`."""
        edit = self.edit
        keeps = isinstance(edit, Change) and edit.keep_geom
        place = None if keeps else NewPlace(edit.geom, self.feature)
        split = require_valid(self.layer, edit.values, complete=self.feature is None, place=place)
        if isinstance(edit, Addition):
            key = make_key(self.layer, edit.key, split)
            return build_row(self.layer, key, edit.geom, split, edit.visibility)
        stated = split.properties | split.internal
        if self.layer.key_field in stated and str(stated[self.layer.key_field]) != edit.key:
            raise InvalidInput(_("The key of a feature does not change; add a new one instead."))
        assert self.feature is not None  # noqa: S101  a change is of a feature that stands
        geom = self.feature.geom if edit.keep_geom else edit.geom
        return build_row(self.layer, edit.key, geom, split, edit.visibility)


def _describe_fault(key: str, error: InvalidInput) -> dict[str, object]:
    if fields := error.extra.get("errors"):
        return {"id": key, "fields": fields}
    place = {"place": error.extra["place"]} if "place" in error.extra else {}
    return {"id": key, "geometry": str(error.message)} | place


def _list_taken(layer: Layer, edits: Edits, rows: Sequence[StagedRow]) -> set[str]:
    """Keys that stand already, or twice in the edits."""
    keys = [row.key for row in rows[: len(edits.adds)]]
    named = [each.key for each in edits.changes] + [each.key for each in edits.removals]
    repeated = {key for key, count in Counter([*keys, *named]).items() if count > 1}
    if wrong := repeated - set(keys):
        raise InvalidInput(
            _("The same key stands more than once: %(keys)s.")
            % {"keys": ", ".join(sorted(wrong)[:10])}
        )
    standing = Feature.objects.filter(layer=layer, key__in=keys).values_list("key", flat=True)
    return repeated | set(standing)


def _require_coverage(
    layer: Layer,
    rows: Sequence[StagedRow],
    removed: Sequence[str],
    standing: Mapping[str, Feature],
) -> None:
    faults = find_coverage_faults(
        layer,
        before={key: feature.geom for key, feature in standing.items() if feature.geom is not None},
        after={row.key: GEOSGeometry(row.wkb_hex) for row in rows if row.wkb_hex},
        touched={row.key for row in rows} | set(removed),
    )
    if faults:
        raise InvalidInput(
            _("Areas would overlap or leave a gap between them; see `coverage`."),
            coverage=[vars(fault) for fault in faults],
        )
