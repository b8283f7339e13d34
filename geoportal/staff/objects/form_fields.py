"""Fields of the schema as controls of a form; `layers.schema.values` says what may be written."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from layers.models import LayerField
from layers.models.layers import pick_language
from layers.schema.values import InvalidValue, Json, coerce_value

Type = LayerField.Type
LONG_TEXT = 80
NOT_FILLED = "—"
INPUT_MODES = {
    Type.INTEGER: "numeric",
    Type.NUMBER: "decimal",
    Type.URL: "url",
    Type.EMAIL: "email",
    Type.PHONE: "tel",
}
HINTS = {
    Type.DATETIME: gettext_lazy("For example 2026-11-20T14:05:00+02:00."),
    Type.JSON: gettext_lazy("A structure as JSON."),
}


def write_value(value: Json) -> str:
    """A value as the control of a form holds it; the same text gives the same value back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return str(value)


def read_text(given: object) -> str:
    """What a browser sent; it ends the lines of a text area in two characters."""
    return "" if given is None else str(given).replace("\r\n", "\n")


class SchemaField(forms.Field):
    """One attribute. What is not touched stays as it stands, though the schema would refuse it."""

    def __init__(self, field: LayerField, standing: Json = None, *, is_new: bool = False) -> None:
        self.schema = field
        self.standing = write_value(standing)
        self.standing_value = standing
        self.is_new = is_new
        super().__init__(
            label=build_label(field),
            help_text=field.hint or HINTS.get(Type(field.type), ""),
            required=False,
            initial=self.standing,
            widget=build_widget(field, self.standing),
        )

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.disabled and read_text(data) != self.standing

    def clean(self, value: Any) -> Json:
        given = read_text(value)
        if given == self.standing and not self.is_new:
            return self.standing_value
        try:
            return coerce_value(self.schema, given)
        except InvalidValue as error:
            raise ValidationError(str(error)) from error


def build_label(field: LayerField) -> str:
    """The title with its unit, and a word where it must be filled in."""
    label = f"{field.title}, {field.unit}" if field.unit else field.title
    return _("%(field)s (required)") % {"field": label} if field.required else label


def build_widget(field: LayerField, standing: str) -> forms.Widget:
    """A list for choices, else what suits the type; a standing value stays to be chosen."""
    kind = Type(field.type)
    if field.choices or kind == Type.BOOLEAN:
        return forms.Select(choices=list_choices(field, standing))
    if kind == Type.JSON or len(standing) > LONG_TEXT or "\n" in standing:
        return forms.Textarea(attrs={"rows": 3})
    attributes = {"autocomplete": "off"}
    if kind in INPUT_MODES:
        attributes["inputmode"] = INPUT_MODES[kind]
    is_day = kind == Type.DATE and (not standing or len(standing) == 10)
    return forms.TextInput(attributes | {"type": "date"} if is_day else attributes)


def list_choices(field: LayerField, standing: str = "") -> list[tuple[str, str]]:
    """Values with their words; the first means that nothing is filled in."""
    if field.choices:
        named = [
            (
                write_value(choice["value"]),
                pick_language(choice.get("title_uk", ""), choice.get("title_en", ""))
                or str(choice["value"]),
            )
            for choice in field.choices
        ]
    else:
        named = [("true", _("Yes")), ("false", _("No"))]
    if standing and standing not in dict(named):
        named.append((standing, _("%(value)s (not in the list)") % {"value": standing}))
    return [("", NOT_FILLED), *named]
