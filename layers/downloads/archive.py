"""Built files are kept until the layer changes: one for each revision, format and audience."""

import tempfile
from io import BufferedReader
from pathlib import Path

from django.conf import settings

from layers.downloads.formats import DownloadFormat
from layers.models import Layer


def access_archive(
    layer: Layer, visibilities: list[str], download: DownloadFormat, etag: str
) -> BufferedReader:
    """The open file of this version, built now if nobody asked before; older ones are dropped.

    It is opened before others can see its name, so that none of them can drop it in between.
    """
    folder = Path(settings.DATA_DIR, "downloads")
    folder.mkdir(parents=True, exist_ok=True)
    start = f"{layer.pk}-{'+'.join(visibilities)}-"
    path = folder / f"{start}{etag[3:-1]}.{download.extension}"
    try:
        return path.open("rb")
    except FileNotFoundError:
        pass
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        built = Path(scratch, f"layer.{download.extension}")
        download.write(layer, visibilities, built)
        file = built.open("rb")
        built.replace(path)
    for old in folder.glob(f"{start}*.{download.extension}"):
        if old != path:
            old.unlink(missing_ok=True)
    return file
