"""Who may call: everybody who sees the layer reads, its editors write."""

from rest_framework.permissions import IsAuthenticatedOrReadOnly
from rest_framework.request import Request
from rest_framework.views import APIView

from layers.access import access_layer, require_can_edit_layer
from layers.models import Layer


class EditingView(APIView):
    """Reads are for all who see the layer, writes for signed-in people; services tell who may."""

    permission_classes = [IsAuthenticatedOrReadOnly]

    def access_editable_layer(self, request: Request, slug: str) -> Layer:
        layer = access_layer(request.user, slug)
        require_can_edit_layer(request.user, layer)
        return layer
