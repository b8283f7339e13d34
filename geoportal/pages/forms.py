"""The form of a page in both languages."""

from typing import Any

from django import forms
from django.forms.utils import ErrorList
from django.utils.translation import gettext_lazy as _

from geoportal.pages.models import Page, PageVersion
from geoportal.pages.specs import PageText, tidy

FIELDS = ("title_uk", "body_uk", "title_en", "body_en", "position", "in_menu", "in_footer")
BODY_ROWS = 26


class PageForm(forms.ModelForm[Page]):
    """`based_on` is the version that the text was written on top of. Saves nothing itself."""

    based_on = forms.IntegerField(min_value=1, widget=forms.HiddenInput)
    comment = forms.CharField(
        label=_("What was changed"),
        max_length=PageVersion._meta.get_field("comment").max_length,
        required=False,
    )

    class Meta:
        model = Page
        fields = FIELDS

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if not isinstance(field.widget, forms.CheckboxInput | forms.HiddenInput):
                field.widget.attrs["class"] = "input"
            if name.startswith("body_"):
                field.widget.attrs["rows"] = BODY_ROWS
            if self.is_bound and self.errors.get(name, ErrorList()):
                field.widget.attrs["aria-invalid"] = "true"

    def clean_body_uk(self) -> str:
        return tidy(self.cleaned_data["body_uk"])

    def clean_body_en(self) -> str:
        return tidy(self.cleaned_data["body_en"])

    def build_text(self) -> PageText:
        """What was written; the form is valid."""
        return PageText(**{name: self.cleaned_data[name] for name in FIELDS})


class RestoreForm(forms.Form):
    """`based_on` is the version that stood when an earlier one was asked for."""

    based_on = forms.IntegerField(min_value=1)
