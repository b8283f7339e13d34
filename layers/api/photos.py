"""Photos of one feature over HTTP: its editors send them, each time as one changeset."""

from typing import BinaryIO, cast

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from geoportal.accounts.policies import require_user
from geoportal.core.errors import InvalidInput
from geoportal.core.http.openapi import ETAG
from layers import services
from layers.access import access_feature
from layers.api.features import FEATURE, FeatureEditingView
from layers.api.schema_serializers import StrictSerializer
from layers.models import Layer, LayerField
from layers.schema.photos import LENGTHS


class PhotosSerializer(StrictSerializer):
    """Files and the words of all of them. `field`: the attribute, where the layer has several."""

    files = serializers.ListField(child=serializers.FileField(), allow_empty=False)
    field = serializers.CharField(required=False, max_length=63)
    caption = serializers.CharField(required=False, allow_blank=True, max_length=LENGTHS["caption"])
    author = serializers.CharField(required=False, allow_blank=True, max_length=LENGTHS["author"])
    licence = serializers.CharField(required=False, allow_blank=True, max_length=LENGTHS["licence"])


class FeaturePhotosView(FeatureEditingView):
    """Photos come behind those that the feature has. Words, order and taking out: PATCH it."""

    parser_classes = [MultiPartParser]

    @extend_schema(
        operation_id="add_feature_photos",
        parameters=[ETAG],
        request={"multipart/form-data": PhotosSerializer},
        responses={201: FEATURE},
    )
    def post(self, request: Request, slug: str, key: str) -> Response:
        """JPEG, PNG, WebP or HEIC by content; written anew without metadata. All or none."""
        layer = self.access_editable_layer(request, slug)
        feature = access_feature(request.user, layer, key)
        given = PhotosSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        values = given.validated_data
        saved = services.add_photos(
            layer=layer,
            key=feature.key,
            field=choose_field(layer, values.get("field", "")),
            files=[cast(BinaryIO, file) for file in values["files"]],
            words={name: values[name] for name in LENGTHS if values.get(name)},
            actor=require_user(request.user),
            comment=_("Photos added"),
        )
        return self.answer(request, saved, status.HTTP_201_CREATED)


def choose_field(layer: Layer, name: str) -> LayerField:
    """By its name, or the only one. Raises `InvalidInput`."""
    fields = list(layer.fields.filter(type=LayerField.Type.PHOTOS))
    chosen = [field for field in fields if field.name == name] if name else fields
    if len(chosen) == 1:
        return chosen[0]
    if not fields:
        raise InvalidInput(_("The layer has no attribute of photos."), parameter="field")
    names = ", ".join(field.name for field in fields)
    words = _("Name the attribute that the photos belong to; there are: %(names)s.")
    raise InvalidInput(words % {"names": names}, parameter="field")
