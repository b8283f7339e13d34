"""A layer's schema in JSON: fields as they stand, and what a change names."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from layers.models import LayerField
from layers.schema.specs import FieldSpec, SchemaChange

UNKNOWN = _("There is no such member.")


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses members that it does not know: a misspelt one would change nothing in silence."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, dict) and (unknown := sorted(set(data) - set(self.fields))):
            raise serializers.ValidationError({name: [UNKNOWN] for name in unknown})
        return super().to_internal_value(data)


class SchemaChoiceSerializer(StrictSerializer):
    """One allowed value of a field, with what people read."""

    value = serializers.CharField(max_length=254)
    title_uk = serializers.CharField(max_length=254, allow_blank=True, default="")
    title_en = serializers.CharField(max_length=254, allow_blank=True, default="")


class FieldPartSerializer(StrictSerializer):
    """Members of a field that a change names; those left out stay."""

    type = serializers.ChoiceField(choices=LayerField.Type.choices, required=False)
    title_uk = serializers.CharField(max_length=254, allow_blank=True, required=False)
    title_en = serializers.CharField(max_length=254, allow_blank=True, required=False)
    hint_uk = serializers.CharField(max_length=254, allow_blank=True, required=False)
    hint_en = serializers.CharField(max_length=254, allow_blank=True, required=False)
    unit = serializers.CharField(max_length=24, allow_blank=True, required=False)
    choices = SchemaChoiceSerializer(many=True, required=False)
    code_list = serializers.CharField(max_length=200, allow_blank=True, required=False)
    minimum = serializers.FloatField(allow_null=True, required=False)
    maximum = serializers.FloatField(allow_null=True, required=False)
    required = serializers.BooleanField(required=False)  # type: ignore[assignment]
    audience = serializers.ChoiceField(choices=LayerField.Audience.choices, required=False)
    searchable = serializers.BooleanField(required=False)


class SchemaFieldSerializer(FieldPartSerializer):
    """A field with all its members; of a new one, what is left out is as in the first column."""

    name = serializers.CharField(max_length=120)


class SchemaChangeSerializer(StrictSerializer):
    """What to do with the fields. Those that are not named stay as they are."""

    add = SchemaFieldSerializer(many=True, required=False)
    change = serializers.DictField(
        child=FieldPartSerializer(), required=False, help_text="By the name of the field."
    )
    retire = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text="Fields that leave the schema; their values stay in the history.",
    )
    order = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text="Names that come first, in this order; the others follow as they stood.",
    )

    def build_change(self) -> SchemaChange:
        given = self.validated_data
        return SchemaChange(
            add=tuple(
                FieldSpec(**spec | {"choices": tuple(spec.get("choices", ()))})
                for spec in given.get("add", ())
            ),
            change=given.get("change", {}),
            retire=tuple(given.get("retire", ())),
            order=tuple(given.get("order", ())),
        )


class SchemaSerializer(serializers.Serializer[Any]):
    """The schema as the caller may see it; `version` is also the ETag."""

    version = serializers.CharField()
    fields = SchemaFieldSerializer(many=True)  # type: ignore[assignment]


class FieldEffectSerializer(serializers.Serializer[Any]):
    """What a change does to one field and to the features that hold a value of it."""

    name = serializers.CharField()
    action = serializers.ChoiceField(choices=["added", "changed", "retired"])
    changed = serializers.ListField(child=serializers.CharField())
    rows = serializers.IntegerField(help_text="Features that hold a value.")
    hidden = serializers.BooleanField(help_text="Everyone saw the values; now staff do.")
    published = serializers.BooleanField(help_text="Staff saw the values; now everyone does.")
    unfit = serializers.IntegerField(
        help_text="Features whose value the new type or choices do not take."
    )
    examples = serializers.DictField(
        child=serializers.CharField(), help_text="Some of them by key, with the reason."
    )


class SchemaChangedSerializer(SchemaSerializer):
    """A change that was made, or (`changeset` is null) previewed or without any effect."""

    changeset = serializers.IntegerField(allow_null=True)
    reordered = serializers.BooleanField()
    effects = FieldEffectSerializer(many=True)
