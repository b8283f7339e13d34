"""Layers that an officer may import into."""

from geoportal.accounts.models import User
from layers.access import can_edit_layer, list_layers_for
from layers.models import Layer


def list_targets(user: User) -> list[Layer]:
    return [layer for layer in list_layers_for(user) if can_edit_layer(user, layer)]
