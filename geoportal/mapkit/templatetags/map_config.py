"""What the scripts of a map start from, for templates of packages beside this one."""

from typing import Any

from django import template
from django.conf import settings

from geoportal.mapkit.map_config import MapConfig, build_map_config
from layers.access import list_layers_for, list_visibilities
from layers.reading.summary import get_summary

register = template.Library()


@register.simple_tag(takes_context=True)
def map_config(context: dict[str, Any]) -> MapConfig:
    """Words, style and ground; `bounds` are those of the community."""
    user = context["request"].user
    layers = list(list_layers_for(user))
    boundary = [layer for layer in layers if layer.slug == settings.BOUNDARY_LAYER]
    extents = [get_summary(layer, list_visibilities(user, layer)).extent for layer in boundary]
    found = next((extent for extent in extents if extent), None)
    return build_map_config(list(found) if found else None)
