"""Whose data a map shows, and under which licence: the credit that CC BY asks for."""

from collections.abc import Iterable

from django.utils.html import format_html, format_html_join

from geoportal.interface.community import get_portal_name
from layers.models import Layer

LICENCES = "https://spdx.org/licenses/"


def build_attribution(layers: Iterable[Layer]) -> str:
    """HTML as TileJSON and MapLibre take it: each publisher with a link to the licence, once."""
    credits_ = dict.fromkeys(
        (str(layer.organisation or get_portal_name()), layer.licence) for layer in layers
    )
    return format_html_join(
        ", ",
        "© {}{}",
        ((publisher, link_licence(licence)) for publisher, licence in credits_),
    )


def link_licence(licence: str) -> str:
    """`licence` is an SPDX identifier, or empty."""
    if not licence:
        return ""
    return format_html(
        ' (<a href="{}{}.html" rel="license">{}</a>)', LICENCES, licence, licence.replace("-", " ")
    )
