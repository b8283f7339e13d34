"""Making a layer: empty with its first fields, or as a template has them; for staff at first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geoportal.accounts.models import Organisation
from geoportal.accounts.policies import Actor, is_administrator, list_editable_organisation_ids
from geoportal.core.words.romanisation import propose_name, propose_slug
from layers.models import Layer, LayerField, Theme
from layers.schema.specs import FieldSpec, LayerSpec
from layers.schema.templates import LayerTemplate

FIRST_FIELDS = 5


def list_owners(actor: Actor) -> QuerySet[Organisation]:
    """For whom the actor may make layers."""
    organisations = Organisation.objects.filter(is_active=True).order_by("name_uk")
    if is_administrator(actor):
        return organisations
    return organisations.filter(pk__in=list_editable_organisation_ids(actor))


class NewLayerForm(forms.ModelForm[Layer]):
    """Saves nothing itself. An empty slug is made of the title."""

    class Meta:
        model = Layer
        fields = ("title_uk", "title_en", "slug", "kind", "geometry_type", "theme", "organisation")
        help_texts = {
            "slug": gettext_lazy(
                "Stands in addresses and files and stays for good. Empty: made of the title."
            ),
            "kind": gettext_lazy("Territories say where a place is and who answers for it."),
        }

    def __init__(self, actor: Actor, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["slug"].required = False
        kinds = [each for each in Layer.Kind.choices if each[0] != Layer.Kind.PROBLEMS]
        self.fields["kind"] = forms.ChoiceField(
            label=self.fields["kind"].label, choices=kinds, help_text=self.fields["kind"].help_text
        )
        owners = list_owners(actor)
        organisation = self.fields["organisation"]
        organisation.queryset = owners  # type: ignore[attr-defined]
        organisation.label = _("Owner")
        organisation.required = not is_administrator(actor)
        if len(owners) == 1 and not self.is_bound:
            self.initial["organisation"] = owners[0].pk

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("slug") and "slug" not in self.errors:
            cleaned["slug"] = propose_slug(cleaned.get("title_uk", ""))
            if not cleaned["slug"]:
                self.add_error("slug", _("Write it in Latin letters."))
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """A slug that is made after the model's own checks is checked by the service."""
        return {*super()._get_validation_exclusions(), "slug"}  # type: ignore[misc]


class FirstField(forms.Form):
    """One field of a new layer; a line without a title is no field."""

    title = forms.CharField(label=gettext_lazy("Title"), required=False, max_length=254)
    type = forms.ChoiceField(label=gettext_lazy("Type"), choices=LayerField.Type.choices)
    required = forms.BooleanField(label=gettext_lazy("Required"), required=False)

    def build_spec(self) -> FieldSpec | None:
        title = self.cleaned_data.get("title", "").strip()
        if not title:
            return None
        return FieldSpec(
            name=propose_name(title),
            title_uk=title,
            type=self.cleaned_data["type"],
            required=self.cleaned_data["required"],
            audience=LayerField.Audience.STAFF,
        )


class BaseFirstFields(BaseFormSet[FirstField]):
    def clean(self) -> None:
        names = [spec.name for spec in list_specs(self)]
        if "" in names:
            raise ValidationError(_("A title of a field needs letters or digits."))
        if len(set(names)) != len(names):
            raise ValidationError(_("Two fields have the same name."))


def list_specs(fields: BaseFormSet[FirstField]) -> list[FieldSpec]:
    """Of the lines that say something."""
    built = (form.build_spec() for form in fields.forms if form.is_valid())
    return [spec for spec in built if spec is not None]


FirstFields = formset_factory(FirstField, formset=BaseFirstFields, extra=FIRST_FIELDS)


def describe_start(template: LayerTemplate | None, taken: Collection[str]) -> Mapping[str, Any]:
    """What the form begins with: of a template its titles and a slug that is free."""
    if template is None:
        return {}
    spec, slug, number = template.spec, template.slug, 2
    while slug in taken:
        slug, number = f"{template.slug}-{number}", number + 1
    return {
        "title_uk": spec.title_uk,
        "title_en": spec.title_en,
        "slug": slug,
        "kind": spec.kind,
        "geometry_type": spec.geometry_type,
        "theme": Theme.objects.filter(slug=template.theme).first(),
    }


def build_spec(
    form: NewLayerForm, template: LayerTemplate | None, fields: Sequence[FieldSpec]
) -> LayerSpec:
    """The template with what the form says over it; the first text field names the objects."""
    given = {name: form.cleaned_data[name] for name in NewLayerForm.Meta.fields}
    if template is not None:
        return replace(template.spec, **given, visibility=Layer.Visibility.STAFF)
    texts = [spec.name for spec in fields if spec.type == LayerField.Type.TEXT]
    return LayerSpec(
        **given,
        fields=tuple(fields),
        title_field=texts[0] if texts else "",
        visibility=Layer.Visibility.STAFF,
    )
