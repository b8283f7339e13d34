"""Start-up check: what keeps the town's base map off the map is said in words."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connection

from geoportal.interface.community import find_community
from geoportal.interface.ground import get_ground
from geoportal.interface.models import Community
from layers.models import Feature, Layer
from layers.reading.summary import get_summary
from tiles.basemap.reading import Unusable, find_path, get_folder, read_basemap
from tiles.grid import Box

HINT = "docs/how-to/add-a-base-map.md tells how a town makes such a file."


@register(Tags.database)
def check_basemap(
    app_configs: Sequence[AppConfig] | None,
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """Warnings: the map has the community's own ground without it."""
    if not databases or Community._meta.db_table not in connection.introspection.table_names():
        return []
    named = get_ground(find_community()).pmtiles
    fault = find_fault(named, find_bounds()) if named else ""
    if not fault:
        return []
    return [Warning(f"The base map {named} is not drawn: {fault}.", hint=HINT, id="geoportal.W012")]


def find_fault(named: str, bounds: Box | None) -> str:
    """Why the file is no base map of a community with these bounds; empty if it is."""
    path = find_path(Path(named).name)
    if path is None:
        return f"there is no file {get_folder() / named}"
    try:
        basemap = read_basemap(path)
    except Unusable as error:
        return str(error)
    except OSError as error:
        return f"it cannot be read ({error.strerror})"
    if not basemap.is_drawable:
        listed = ", ".join(sorted(basemap.layers)) or "none"
        return f"its layers are of no schema that is known ({listed})"
    if bounds and not overlaps(basemap.bounds, bounds):
        return "it shows another place: nothing of the community lies in its bounds"
    return ""


def find_bounds() -> Box | None:
    """West, south, east, north in degrees, where the community has a boundary."""
    layer = Layer.objects.select_related("state").filter(slug=settings.BOUNDARY_LAYER).first()
    return get_summary(layer, [Feature.Visibility.PUBLIC.value]).extent if layer else None


def overlaps(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
