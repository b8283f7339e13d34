"""What an import would change, object by object: what is new, what was, and what becomes of it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from geoportal.core.database.named_sql import execute_sql
from geoportal.mapkit.values import ShownValue, name_feature, show_values
from geoportal.staff.history.changeset_views import merge_values
from geoportal.staff.history.differences import ValueChange, list_value_changes
from importers.models import Difference, Import
from importers.stages.differences import Change, read_changes
from importers.stages.publishing import read_spec
from importers.understanding import sketch_field, sketch_layer
from layers.models import Layer, LayerField
from tiles.grid import Tile

LINES_A_PAGE = 50
POINTS_A_SIDE = 512


@dataclass(frozen=True)
class DifferenceLine:
    """`changes`: of a changed object; `values`: of one that comes or goes."""

    key: str
    name: str
    action: str
    changes: Sequence[ValueChange]
    values: Sequence[ShownValue]
    moved: bool


@dataclass(frozen=True)
class DifferencePage:
    lines: Sequence[DifferenceLine]
    after: str | None


def list_lines(
    import_: Import, layer: Layer, fields: Sequence[LayerField], action: str, after: str
) -> DifferencePage:
    """In the order of keys; `layer` and `fields` may be of a layer that is to be made."""
    found = read_changes(import_, action=action, after=after, limit=LINES_A_PAGE + 1)
    shown = found[:LINES_A_PAGE]
    lines = [describe_line(change, layer, fields) for change in shown]
    return DifferencePage(lines, shown[-1].key if len(found) > LINES_A_PAGE else None)


def describe_line(change: Change, layer: Layer, fields: Sequence[LayerField]) -> DifferenceLine:
    before, after = dict(change.before or {}), dict(change.after or {})
    old, new = merge_values(before), merge_values(after)
    changed = change.action == Difference.Action.CHANGED
    told = [] if changed else show_values(fields, new or old)
    return DifferenceLine(
        key=change.key,
        name=name_feature(layer, list(fields), new or old),
        action=change.action,
        changes=list_value_changes(fields, old, new) if changed else [],
        values=told,
        moved=changed and before.get("geometry") != after.get("geometry"),
    )


def read_target(import_: Import) -> tuple[Layer, list[LayerField]]:
    """Where the rows go; of a layer that is to be made what it will be, not saved."""
    if import_.layer is not None:
        return import_.layer, list(import_.layer.fields.all())
    spec = read_spec(import_)
    return sketch_layer(spec), [sketch_field(field) for field in spec.fields]


def render_difference_tile(import_: Import, tile: Tile) -> bytes:
    """Drawn by PostGIS: these rows are in the database already."""
    values = {
        "import": import_.pk,
        "layer": import_.layer_id,
        "z": tile.z,
        "x": tile.x,
        "y": tile.y,
        "side": POINTS_A_SIDE,
    }
    with connection.cursor() as cursor:
        execute_sql(cursor, "geoportal.staff", "difference_tile", values)
        return bytes(cursor.fetchone()[0])


def find_difference_bounds(import_: Import) -> list[float] | None:
    """West, south, east, north of everything that changes; `None`: nothing with a place."""
    with connection.cursor() as cursor:
        execute_sql(cursor, "geoportal.staff", "difference_bounds", {"import": import_.pk})
        found = cursor.fetchone()
    return [float(each) for each in found] if found and found[0] is not None else None
