"""What tiles of a layer hold, as TileJSON 3.0.0 says it: an entry for each layer of MVT."""

from collections.abc import Sequence

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from geoportal.core.database.named_sql import execute_sql
from layers.models import Layer, LayerField
from layers.reading.summary import Summary
from tiles.attributes import list_tile_fields, names_areas
from tiles.layer_source import find_counted_zoom

# A layer as an actor with these visibilities sees it.
Said = tuple[Layer, Sequence[str], Summary]
VectorLayer = dict[str, object]
TYPE_NAMES = {
    LayerField.Type.INTEGER: "Number",
    LayerField.Type.NUMBER: "Number",
    LayerField.Type.BOOLEAN: "Boolean",
}
KEY = "_key"
COUNT = "_count"
CLASSES_MAX = 64


def build_vector_layers(
    layer: Layer, visibilities: Sequence[str], *, zoom_max: int, counted_to: int | None = None
) -> list[VectorLayer]:
    """The features, the counts of points from afar, and the names of areas.

    `fields` are those that tiles carry, by which features are drawn and named; heavy tiles leave
    some out. `zoom_max`: of the tiles; `counted_to`: as `LayerSource` has it. The layer has its
    fields loaded.
    """
    first, last = layer.min_zoom, min(zoom_max, layer.max_zoom)
    fields = _list_fields(layer)
    found = [_describe(layer.slug, layer.title, first, last, fields)]
    counted = min(last, find_counted_zoom(layer, counted_to))
    if has_clusters(layer) and first <= counted:
        title = _("%(layer)s: counts from afar") % {"layer": layer.title}
        counts = _list_counts(layer, visibilities)
        found.append(_describe(f"{layer.slug}.clusters", title, first, counted, counts))
    if names_areas(layer):
        title = _("%(layer)s: places of names") % {"layer": layer.title}
        found.append(_describe(f"{layer.slug}.labels", title, first, last, fields))
    return found


def build_all(said: Sequence[Said], *, zoom_max: int | None = None) -> list[VectorLayer]:
    """Those of tiles of all of these layers, as they are served."""
    last = settings.TILE_ZOOM_MAX if zoom_max is None else zoom_max
    return [
        part
        for layer, visibilities, _summary in said
        for part in build_vector_layers(layer, visibilities, zoom_max=last)
    ]


def has_clusters(layer: Layer) -> bool:
    """Points of the ground are names of places, which are not counted."""
    types = (Layer.GeometryType.POINT, Layer.GeometryType.MIXED)
    return layer.geometry_type in types and not layer.is_basemap


def _describe(name: str, title: str, first: int, last: int, fields: dict[str, str]) -> VectorLayer:
    return {"id": name, "description": title, "minzoom": first, "maxzoom": last, "fields": fields}


def _list_fields(layer: Layer) -> dict[str, str]:
    types = {
        field.name: TYPE_NAMES.get(LayerField.Type(field.type), "String")
        for field in layer.fields.all()
        if field.audience == LayerField.Audience.PUBLIC
    }
    return {KEY: "String"} | {
        name: types[name] for name in list_tile_fields(layer) if name in types
    }


def _list_counts(layer: Layer, visibilities: Sequence[str]) -> dict[str, str]:
    values = {"layer": layer.pk, "visibilities": list(visibilities), "most": CLASSES_MAX}
    with connection.cursor() as cursor:
        execute_sql(cursor, "tiles", "classes", values)
        classes = [name for (name,) in cursor.fetchall()]
    return {COUNT: "Number"} | {f"{COUNT}:{name}": "Number" for name in classes}
