"""Numbers and times as the language writes them."""

from datetime import datetime

from django import template

from geoportal.web.values import format_moment, format_number
from layers.formats import DOWNLOAD_FORMATS, DownloadFormat
from layers.models import Layer

register = template.Library()
register.filter("number", format_number)


@register.filter
def moment(value: datetime) -> str:
    """«20 листопада 2026, 14:05» in the community's time."""
    return format_moment(value)


@register.filter
def degrees(value: float) -> str:
    """A coordinate as programs read it: a point, whatever the language."""
    return f"{value:.5f}"


@register.filter
def address(download: DownloadFormat, layer: Layer) -> str:
    """Where the layer is downloaded in this format."""
    return f"/data/{layer.slug}.{download.extension}"


@register.simple_tag
def download_formats() -> tuple[DownloadFormat, ...]:
    """What a whole layer can be taken as."""
    return DOWNLOAD_FORMATS
