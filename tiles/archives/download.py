"""PMTiles among the formats in which a layer can be had."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from layers.access import is_open
from layers.downloads.formats import DownloadFormat
from layers.models import Layer
from tiles.archives.building import compute_source
from tiles.archives.kept import find_kept, name_layer_archive
from tiles.archives.writing import describe_layer, write_layer

MEDIA_TYPE = "application/vnd.pmtiles"


def write_pmtiles(layer: Layer, visibilities: list[str], path: Path) -> None:
    """The archive that is kept for everybody, where it is of the layer as it stands; else anew."""
    current = find_kept(name_layer_archive(layer.slug)) if is_open(layer, visibilities) else None
    if current and current.source == compute_source(layer, describe_layer(layer, visibilities)):
        try:
            os.link(current.path, path)
        except OSError:  # another file system, or replaced this moment
            pass
        else:
            return
    write_layer(layer, visibilities, path)


PMTILES = DownloadFormat(
    "pmtiles",
    "PMTiles",
    MEDIA_TYPE,
    _("vector tiles in one file, for maps without a tile server"),
    build=write_pmtiles,
    is_whole=False,
)
