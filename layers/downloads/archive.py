"""Built files are kept until the layer changes: one for each revision, format and audience."""

import tempfile
from collections.abc import Callable
from io import BufferedReader
from pathlib import Path

from django.conf import settings

from layers.downloads.files import write_geopackage, write_shapefile
from layers.models import Layer

Writer = Callable[[Layer, list[str], Path], None]
WRITERS: dict[str, Writer] = {"gpkg": write_geopackage, "shp.zip": write_shapefile}


def access_archive(
    layer: Layer, visibilities: list[str], extension: str, etag: str
) -> BufferedReader:
    """The open file of this version, built now if nobody asked before; older ones are dropped.

    It is opened before others can see its name, so that none of them can drop it in between.
    """
    folder = Path(settings.DATA_DIR, "downloads")
    folder.mkdir(parents=True, exist_ok=True)
    start = f"{layer.pk}-{'+'.join(visibilities)}-"
    path = folder / f"{start}{etag[3:-1]}.{extension}"
    try:
        return path.open("rb")
    except FileNotFoundError:
        pass
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        built = Path(scratch, f"layer.{extension}")
        WRITERS[extension](layer, visibilities, built)
        file = built.open("rb")
        built.replace(path)
    for old in folder.glob(f"{start}*.{extension}"):
        if old != path:
            old.unlink(missing_ok=True)
    return file
