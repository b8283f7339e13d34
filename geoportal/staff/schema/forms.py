"""The form of one field of a schema."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geoportal.core.words.romanisation import propose_name
from layers.models import LayerField
from layers.schema.specs import Choice, FieldSpec

MEMBERS = (
    "title_uk", "title_en", "type", "unit", "choices", "required", "audience", "searchable",
    "hint_uk", "hint_en", "code_list", "minimum", "maximum",
)  # fmt: skip
VALUE_MAX = 254


class ChoicesField(forms.CharField):
    """One value a line: `value | title in Ukrainian | title in English`."""

    widget = forms.Textarea(attrs={"rows": 6})

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else write_choices(value or ())

    def clean(self, value: Any) -> tuple[Choice, ...]:
        lines = [line.strip() for line in str(value or "").splitlines()]
        choices = tuple(read_choice(line) for line in lines if line)
        values = [choice["value"] for choice in choices]
        if repeated := {value for value in values if values.count(value) > 1}:
            raise ValidationError(
                _("The same value stands twice: %(values)s."),
                params={"values": ", ".join(sorted(repeated))},
            )
        return choices


def read_choice(line: str) -> Choice:
    value, title_uk, title_en = [part.strip() for part in (*line.split("|"), "", "")[:3]]
    if not value or max(len(value), len(title_uk), len(title_en)) > VALUE_MAX:
        raise ValidationError(_("Write value | title in Ukrainian | title in English."))
    return {"value": value, "title_uk": title_uk, "title_en": title_en}


def write_choices(choices: tuple[Choice, ...] | list[Choice]) -> str:
    """As `ChoicesField` reads it; titles that are empty are left out."""
    lines = []
    for choice in choices:
        parts = [str(choice["value"]), choice.get("title_uk", ""), choice.get("title_en", "")]
        while len(parts) > 1 and not parts[-1]:
            parts.pop()
        lines.append(" | ".join(parts))
    return "\n".join(lines)


def build_form_field(field: models.Field[Any, Any], **given: Any) -> forms.Field | None:
    """An address that is written without a scheme is one of https."""
    if isinstance(field, models.URLField):
        given["assume_scheme"] = "https"
    return field.formfield(**given)


class SchemaFieldForm(forms.ModelForm[LayerField]):
    """Members of a field that stands; its name stays. Saves nothing itself."""

    choices = ChoicesField(
        label=gettext_lazy("Choices"),
        required=False,
        help_text=gettext_lazy(
            "One a line: value | title in Ukrainian | title in English. Empty: any value."
        ),
    )

    class Meta:
        model = LayerField
        fields = MEMBERS
        formfield_callback = build_form_field

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["title_uk"].required = True

    def list_members(self) -> dict[str, Any]:
        """By the member of `FieldSpec`; the form is valid."""
        return {name: self.cleaned_data[name] for name in MEMBERS}


class NewFieldForm(SchemaFieldForm):
    """With its name, which is made of the title where it is left empty."""

    name = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=120,
        required=False,
        help_text=gettext_lazy(
            "How files and programs know the field; it stays for good. Empty: made of the title."
        ),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("name"):
            cleaned["name"] = propose_name(cleaned.get("title_uk", ""))
            if not cleaned["name"] and "title_uk" in cleaned:
                self.add_error("name", _("Write it in Latin letters."))
        return cleaned

    def build_spec(self) -> FieldSpec:
        return FieldSpec(name=self.cleaned_data["name"], **self.list_members())
