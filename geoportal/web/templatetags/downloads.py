"""Where a layer is downloaded, and as what."""

from django import template

from layers.downloads.formats import DOWNLOAD_FORMATS, DownloadFormat
from layers.models import Layer

register = template.Library()


@register.filter
def address(download: DownloadFormat, layer: Layer) -> str:
    """Where the layer is downloaded in this format."""
    return f"/data/{layer.slug}.{download.extension}"


@register.simple_tag
def download_formats() -> list[DownloadFormat]:
    """What a whole layer can be taken as."""
    return DOWNLOAD_FORMATS
