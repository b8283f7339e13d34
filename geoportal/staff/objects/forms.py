"""The form of one object, made from the schema of its layer; the map's editor uses it too.

Controls are named after the number of the field (`f12`), which stays when the schema is re-ordered.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.contrib.gis.geos import GEOSGeometry, Point
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geoportal.mapkit.photos import without_photos
from geoportal.staff.objects.form_fields import SchemaField
from layers.models import Feature, Layer, LayerField
from layers.schema.values import Json

COMMENT_MAX = 1000
PLACE = re.compile(r"\s*(-?\d+(?:[.,]\d+)?)\s*[,;\s]\s*(-?\d+(?:[.,]\d+)?)\s*")


def control_name(field: LayerField) -> str:
    return f"f{field.pk}"


def read_values(feature: Feature | None) -> dict[str, Json]:
    """All attributes by name, public and internal."""
    return {**feature.properties, **feature.internal} if feature else {}


class FeatureForm(forms.Form):
    """Attributes, visibility and words about the change; geometry is the map's.

    `values` are those that the controls start from: of the object as it stands, else none.
    """

    visibility = forms.ChoiceField(
        label=gettext_lazy("Who sees this object"), choices=Feature.Visibility.choices
    )
    comment = forms.CharField(
        label=gettext_lazy("What was changed"),
        required=False,
        max_length=COMMENT_MAX,
        help_text=gettext_lazy("Stands in the history beside your name."),
    )

    def __init__(
        self,
        layer: Layer,
        values: Mapping[str, Json],
        data: Mapping[str, Any] | None = None,
        *,
        visibility: str = Feature.Visibility.PUBLIC,
        is_new: bool = False,
    ) -> None:
        super().__init__(data, initial={"visibility": visibility})
        self.layer = layer
        self.schema: Sequence[LayerField] = without_photos(list(layer.fields.all()))
        self.is_new = is_new
        for field in self.schema:
            control = SchemaField(field, values.get(field.name), is_new=is_new)
            # The key is in the addresses of the object, and stays.
            control.disabled = field.name == layer.key_field and not is_new
            self.fields[control_name(field)] = control

    @property
    def controls(self) -> list[forms.BoundField]:
        """Attributes alone, in the order of the schema."""
        return [self[control_name(field)] for field in self.schema]

    def list_values(self) -> dict[str, Json]:
        """All values by the field's name; the form is valid."""
        return {field.name: self.cleaned_data[control_name(field)] for field in self.schema}

    def list_changed(self) -> dict[str, Json]:
        """Only those that differ from what the form started from."""
        return {
            field.name: self.cleaned_data[control_name(field)]
            for field in self.schema
            if control_name(field) in self.changed_data
        }

    @property
    def given_visibility(self) -> str | None:
        """`None` where it was not changed."""
        return self.cleaned_data["visibility"] if "visibility" in self.changed_data else None


class PlaceField(forms.CharField):
    """«50.18, 27.07»: latitude and longitude as maps give them to copy; a point in EPSG:4326."""

    def clean(self, value: Any) -> GEOSGeometry | None:
        text = super().clean(value)
        if not text:
            return None
        match = PLACE.fullmatch(text)
        if match is None:
            raise ValidationError(_("Write latitude and longitude: 50.18321, 27.06402."))
        latitude, longitude = (float(part.replace(",", ".")) for part in match.groups())
        return Point(longitude, latitude, srid=4326)


class NewFeatureForm(FeatureForm):
    """A new object: its key where the layer has no field for it, and its point where it has one."""

    def __init__(self, layer: Layer, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(layer, {}, data, is_new=True)
        if layer.geometry_type in (Layer.GeometryType.POINT, Layer.GeometryType.MIXED):
            self.fields["place"] = PlaceField(
                label=_("Place: latitude, longitude"),
                required=False,
                help_text=_("As a map gives it to copy: 50.18321, 27.06402. May stay empty."),
            )
        if not layer.key_field:
            self.fields["key"] = forms.CharField(
                label=_("Key"),
                required=False,
                max_length=500,
                help_text=_("How the object is known in files and addresses. Empty: one is made."),
            )
