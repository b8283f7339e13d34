"""What a request for many edits says, and what it is answered."""

from typing import Any

from rest_framework import serializers

from geoportal.core.http.openapi import describe_document
from layers.api.changesets import ChangesetSerializer
from layers.api.describe import FeatureDocument
from layers.api.serializers import FeatureSerializer
from layers.models import Feature
from layers.services import Addition, Change, Edits, Removal

COMMENT_MAX = 1000
FEATURE = describe_document(FeatureDocument)


class VersionedSerializer(serializers.Serializer[Any]):
    """A feature by its key, as it was read: `version` as it stood in the feature or its ETag."""

    id = serializers.CharField()
    version = serializers.IntegerField(min_value=0)


class AddedFeatureSerializer(serializers.Serializer[Any]):
    """A new GeoJSON Feature; without `id` it gets a key."""

    type = serializers.ChoiceField(choices=["Feature"])
    id = serializers.CharField(required=False, allow_blank=True, allow_null=True)
    geometry = serializers.JSONField(required=False, allow_null=True)
    properties = serializers.DictField(required=False, allow_null=True)
    internal = serializers.DictField(required=False, allow_null=True)
    visibility = serializers.ChoiceField(choices=Feature.Visibility.choices, required=False)

    def to_internal_value(self, data: Any) -> Any:
        super().to_internal_value(data)
        return FeatureSerializer().to_internal_value(data)


class ChangedFeatureSerializer(AddedFeatureSerializer):
    """A GeoJSON Feature that stands; members and attributes that are not named stay."""

    id = serializers.CharField()
    version = serializers.IntegerField(min_value=0)

    def to_internal_value(self, data: Any) -> Any:
        return super().to_internal_value(data) | {"version": int(data["version"])}


class EditsSerializer(serializers.Serializer[Any]):
    """At most 2000 features; all of them are changed, or none."""

    comment = serializers.CharField(
        required=False, allow_blank=True, default="", max_length=COMMENT_MAX
    )
    revision = serializers.IntegerField(
        required=False,
        allow_null=True,
        default=None,
        help_text="The layer's revision that was read; when another stands, nothing is saved.",
    )
    keeps_coverage = serializers.BooleanField(
        required=False,
        default=False,
        help_text="Refuse what makes areas overlap or opens a gap between them.",
    )
    adds = AddedFeatureSerializer(many=True, required=False, default=list)
    changes = ChangedFeatureSerializer(many=True, required=False, default=list)
    removals = VersionedSerializer(many=True, required=False, default=list)

    def build_edits(self) -> Edits:
        given = self.validated_data
        return Edits(
            adds=[
                Addition(
                    geom=each.get("geom"),
                    values=each["values"],
                    key=each.get("key", ""),
                    visibility=each.get("visibility", Feature.Visibility.PUBLIC),
                )
                for each in given["adds"]
            ],
            changes=[
                Change(
                    key=each["key"],
                    version=each["version"],
                    values=each["values"],
                    geom=each.get("geom"),
                    keep_geom="geom" not in each,
                    visibility=each.get("visibility"),
                )
                for each in given["changes"]
            ],
            removals=[
                Removal(key=each["id"], version=each["version"]) for each in given["removals"]
            ],
        )


class SavedEditsSerializer(serializers.Serializer[Any]):
    """`features`: those that were added and changed, as they stand, in the order of the request."""

    changeset = ChangesetSerializer()
    revision = serializers.IntegerField()
    features = FEATURE(many=True)


class FeaturesToEditSerializer(serializers.Serializer[Any]):
    """A page of a FeatureCollection; `next` is the URL of the next one."""

    type = serializers.ChoiceField(choices=["FeatureCollection"])
    revision = serializers.IntegerField(help_text="Changes with every write to the layer.")
    features = FEATURE(many=True)
    next = serializers.URLField(allow_null=True)
