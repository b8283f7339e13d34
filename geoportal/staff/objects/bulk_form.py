"""One value for many objects."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import ngettext

from geoportal.staff.objects.form_fields import SchemaField
from geoportal.staff.objects.forms import control_name
from layers.models import Changeset, LayerField
from layers.schema.values import Json


class BulkForm(forms.Form):
    """The control of the field, empty at first; empty takes the value away."""

    def __init__(self, field: LayerField, data: Mapping[str, Any]) -> None:
        name = control_name(field)
        super().__init__(data if name in data else None)
        self.schema = field
        self.fields[name] = SchemaField(field, is_new=True)

    @property
    def control(self) -> forms.BoundField:
        return self[control_name(self.schema)]

    def list_values(self) -> dict[str, Json]:
        return {self.schema.name: self.cleaned_data[control_name(self.schema)]}


def describe_done(changeset: Changeset) -> str:
    if changeset.removed:
        words = ngettext(
            "%(count)s object is deleted.", "%(count)s objects are deleted.", changeset.removed
        )
        return words % {"count": changeset.removed}
    words = ngettext(
        "%(count)s object is changed.", "%(count)s objects are changed.", changeset.changed
    )
    return words % {"count": changeset.changed}
