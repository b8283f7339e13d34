"""What callers send about imports."""

from rest_framework import serializers

from importers.states import State
from layers.api.schema_serializers import StrictSerializer


class AnswersSerializer(StrictSerializer):
    """Answers by the code of the question; null takes one back. `comment`: why it is imported."""

    answers = serializers.DictField(required=False)
    comment = serializers.CharField(required=False, allow_blank=True, max_length=1000)


class NewImportSerializer(StrictSerializer):
    """A file in the form, or the id of one uploaded before; several are the parts of one dataset.
    Or an `address`, with the name of its `dataset` where it has several.

    `goes_to`: how far the import goes by itself as long as nobody has to answer.
    """

    file = serializers.ListField(child=serializers.FileField(), required=False)
    upload = serializers.ListField(child=serializers.UUIDField(), required=False)
    address = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    dataset = serializers.CharField(max_length=500, required=False, allow_blank=True)
    layer = serializers.CharField(max_length=63)
    create = serializers.BooleanField(default=False)  # type: ignore[assignment]
    organisation = serializers.CharField(
        required=False, allow_blank=True, help_text="slug of the publisher of a new layer"
    )
    answers = serializers.JSONField(required=False)
    comment = serializers.CharField(required=False, allow_blank=True, max_length=1000)
    goes_to = serializers.ChoiceField(
        choices=[State.ASKING.value, State.READY.value, State.PUBLISHED.value],
        default=State.ASKING.value,
    )


class RemoteAddressSerializer(StrictSerializer):
    """Where to look."""

    address = serializers.CharField(max_length=2000)


class PublishSerializer(StrictSerializer):
    """`yes_remove`: so many removals are meant; `yes`: codes of other brakes that are."""

    yes_remove = serializers.IntegerField(required=False, min_value=0)
    yes = serializers.ListField(child=serializers.CharField(), required=False)
    comment = serializers.CharField(required=False, allow_blank=True, max_length=1000)


class ChosenPartSerializer(StrictSerializer):
    """A dataset by its name, and the layer that it goes into, or that `create` says to make."""

    dataset = serializers.CharField(max_length=254)
    layer = serializers.CharField(max_length=63)
    create = serializers.BooleanField(default=False)  # type: ignore[assignment]
    title = serializers.CharField(required=False, allow_blank=True, max_length=254)


class ChosenPartsSerializer(StrictSerializer):
    """What of the file is imported; each becomes an import of its own."""

    parts = ChosenPartSerializer(many=True)
