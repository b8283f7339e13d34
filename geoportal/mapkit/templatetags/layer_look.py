"""How a layer looks beside its title."""

from django import template

from layers.models import Layer
from layers.reading.legend import SHAPES

register = template.Library()


@register.filter
def shape(layer: Layer) -> str:
    """The shape of the layer's sample: circle, line or area."""
    return SHAPES[Layer.GeometryType(layer.geometry_type)]
