"""The passport of a layer: what is said of it, who sees it, where it is shown."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geoportal.accounts.policies import Actor, is_administrator
from geoportal.staff.catalogue.new_layer import list_owners
from layers.models import Feature, Layer
from layers.schema.specs import LayerSpec, read_spec

# In the order of the page.
GROUPS = (
    (
        gettext_lazy("What it is"),
        ("title_uk", "title_en", "description_uk", "description_en", "theme", "keywords"),
    ),
    (
        gettext_lazy("Who answers for it"),
        ("organisation", "contact", "legal_basis", "update_frequency", "spatial_coverage"),
    ),
    (
        gettext_lazy("Who sees it"),
        ("visibility", "licence", "accepts_proposals"),
    ),
    (
        gettext_lazy("On the map"),
        ("title_field", "key_field", "min_zoom", "max_zoom", "shown_by_default", "position"),
    ),
)
FIELDS = tuple(name for _title, names in GROUPS for name in names)


class PassportForm(forms.ModelForm[Layer]):
    """`based_on` is when the layer was changed last before the form was opened. Saves nothing."""

    based_on = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Layer
        fields = FIELDS
        widgets = {
            "description_uk": forms.Textarea(attrs={"rows": 4}),
            "description_en": forms.Textarea(attrs={"rows": 4}),
            "legal_basis": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {
            "keywords": gettext_lazy("Separated by commas."),
            "spatial_coverage": gettext_lazy(
                "Code of the codifier, for example UA68040000000000000."
            ),
            "licence": gettext_lazy("For example CC-BY-4.0; open data need an open one."),
            "min_zoom": gettext_lazy("From 0, the whole world, to 22, one house."),
        }

    def __init__(self, actor: Actor, layer: Layer, data: Any = None) -> None:
        # The row itself stays as it is: the service compares.
        own = Layer.objects.select_related("organisation", "theme").get(pk=layer.pk)
        super().__init__(data, instance=own)
        self.initial["keywords"] = ", ".join(layer.keywords)
        self.initial["based_on"] = layer.updated_at.isoformat()
        self.standing = layer
        owners = list_owners(actor)
        if layer.organisation_id:
            owners = owners | owners.model.objects.filter(pk=layer.organisation_id)
        organisation = self.fields["organisation"]
        organisation.queryset = owners.distinct()  # type: ignore[attr-defined]
        organisation.label = _("Owner and publisher")
        organisation.required = not is_administrator(actor)
        names = [("", _("none"))] + [(each.name, each.title) for each in layer.fields.all()]
        for name in ("title_field", "key_field"):
            self.fields[name] = forms.ChoiceField(
                label=self.fields[name].label,
                help_text=self.fields[name].help_text,
                choices=names,
                required=False,
            )
        if layer.is_projected or Feature.objects.filter(layer=layer).exists():
            # Keys that stand were made by it.
            self.fields["key_field"].disabled = True
        if layer.is_projected:
            self.fields["accepts_proposals"].disabled = True

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        return [(str(title), [self[name] for name in names]) for title, names in GROUPS]

    @property
    def is_overtaken(self) -> bool:
        """Somebody changed the layer after the form was opened."""
        try:
            based_on = datetime.fromisoformat(self.data.get("based_on", ""))
        except ValueError:
            return True
        return bool(based_on != self.standing.updated_at)

    @property
    def publishes(self) -> bool:
        """Everyone will see what staff or an organisation saw."""
        public = Layer.Visibility.PUBLIC
        given = self.cleaned_data["visibility"] == public
        return given and self.standing.visibility != public

    def build_spec(self) -> LayerSpec:
        """The layer with what the form says over it; the form is valid."""
        given = {name: self.cleaned_data[name] for name in FIELDS}
        given["keywords"] = tuple(word.strip() for word in given["keywords"] or [] if word.strip())
        return replace(read_spec(self.standing), **given)
