"""One feature in the editing API, by DRF-GIS: GeoJSON with the version and staff's attributes."""

from typing import Any, TypedDict

from django.contrib.gis.geos import GEOSGeometry
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework_gis.fields import GeometryField
from rest_framework_gis.serializers import GeoFeatureModelSerializer

from layers.models import Feature

NOT_GEOJSON = _("This is not a GeoJSON geometry (RFC 7946).")


class FeatureInput(TypedDict, total=False):
    """What a request says of a feature; a member that is not there was not sent."""

    values: dict[str, object]
    geom: GEOSGeometry | None
    visibility: str
    key: str


class FeatureSerializer(GeoFeatureModelSerializer):
    """Reads and writes a GeoJSON Feature (RFC 7946): `id` is the key.

    `properties` are the public attributes, `internal` staff's (only for those who may see them),
    `version` the changeset that made the feature as it stands; it is also the ETag.
    """

    geom = GeometryField(allow_null=True, required=False)
    visibility = serializers.ChoiceField(choices=Feature.Visibility.choices, required=False)

    class Meta:
        model = Feature
        geo_field = "geom"
        id_field = "key"
        fields = ("key", "visibility")

    def to_representation(self, instance: Feature) -> dict[str, Any]:
        document: dict[str, Any] = super().to_representation(instance)
        document["properties"] = instance.properties
        document["version"] = instance.changeset_id
        if self.context.get("sees_internal"):
            document["internal"] = instance.internal
            document["visibility"] = instance.visibility
        return document

    def to_internal_value(self, data: Any) -> FeatureInput:
        """Geometry in EPSG:4326 and values by field name, public and internal together."""
        if not isinstance(data, dict) or data.get("type") != "Feature":
            raise serializers.ValidationError({"type": "Feature"})
        checked: FeatureInput = {"values": {}}
        for member in ("properties", "internal"):
            attributes = data.get(member) or {}
            if not isinstance(attributes, dict):
                raise serializers.ValidationError({member: "{}"})
            checked["values"] |= attributes
        if "geometry" in data:
            checked["geom"] = self.read_geometry(data["geometry"])
        if "visibility" in data:
            if data["visibility"] not in Feature.Visibility.values:
                raise serializers.ValidationError({"visibility": Feature.Visibility.values})
            checked["visibility"] = data["visibility"]
        if data.get("id") is not None:
            checked["key"] = str(data["id"])
        return checked

    def read_geometry(self, geometry: object) -> GEOSGeometry | None:
        """`None` for a feature without a place; raises `ValidationError` for what GEOS refuses."""
        if geometry is None:
            return None
        if not isinstance(geometry, dict):
            raise serializers.ValidationError({"geometry": NOT_GEOJSON})
        try:
            parsed: GEOSGeometry = self.fields["geom"].run_validation(geometry)
        except ValidationError as error:
            raise serializers.ValidationError({"geometry": NOT_GEOJSON}) from error
        return parsed
