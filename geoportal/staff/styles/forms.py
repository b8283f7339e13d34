"""The form of the style editor: one part says the look, rows of it say the classes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http.request import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from geoportal.staff.styles.icons import has_icon
from geoportal.staff.styles.plan import (
    OTHER_COLOR,
    SIZE_MAX,
    SIZE_MIN,
    Classify,
    StyleClass,
    StylePlan,
)
from geoportal.staff.styles.values import list_class_fields
from layers.models import Layer
from layers.models.layers import ZOOM_MAX

COLOR = re.compile(r"#[0-9a-f]{6}")
CLASSES_MAX = 40
COUNT_MIN, COUNT_MAX = 2, 9
TITLE_MAX = 120
ROW = ("color", "value", "start", "title_uk", "title_en")
METHOD_WORDS = {
    "quantile": gettext_lazy("as many objects in each"),
    "equal": gettext_lazy("equal steps"),
    "natural": gettext_lazy("natural breaks"),
}


class ColorField(forms.CharField):
    """`#rrggbb`, as a browser's own control gives it."""

    widget = forms.TextInput(attrs={"type": "color"})

    def clean(self, value: Any) -> str:
        color = str(super().clean(value)).strip().lower()
        if (color or self.required) and not COLOR.fullmatch(color):
            raise ValidationError(_("“color” must be written as #rrggbb."))
        return color


class StyleForm(forms.Form):
    """Bound to what was sent, or filled in from a plan."""

    color = ColorField(label=gettext_lazy("Colour"))
    icon = forms.CharField(
        label=gettext_lazy("Icon"),
        required=False,
        max_length=40,
        help_text=gettext_lazy("A name of the Lucide set; empty: a plain dot."),
    )
    size = forms.FloatField(
        label=gettext_lazy("Size"),
        min_value=SIZE_MIN,
        max_value=SIZE_MAX,
        widget=forms.NumberInput(
            attrs={"type": "range", "min": SIZE_MIN, "max": SIZE_MAX, "step": 0.1}
        ),
    )
    opacity = forms.FloatField(
        label=gettext_lazy("Filling of areas, from 0 (only the border) to 1"),
        required=False,
        min_value=0,
        max_value=1,
        widget=forms.NumberInput(attrs={"min": 0, "max": 1, "step": 0.05}),
    )
    classify = forms.ChoiceField(
        label=gettext_lazy("Colours"),
        choices=[
            (Classify.NOTHING, gettext_lazy("one for all")),
            (Classify.VALUES, gettext_lazy("by value")),
            (Classify.NUMBERS, gettext_lazy("by number")),
        ],
        widget=forms.RadioSelect,
    )
    value_field = forms.ChoiceField(label=gettext_lazy("Attribute"), required=False)
    number_field = forms.ChoiceField(label=gettext_lazy("Attribute"), required=False)
    method = forms.ChoiceField(
        label=gettext_lazy("Division"), required=False, choices=list(METHOD_WORDS.items())
    )
    count = forms.IntegerField(
        label=gettext_lazy("Classes"), required=False, min_value=COUNT_MIN, max_value=COUNT_MAX
    )
    other_color = ColorField(label=gettext_lazy("Colour of the rest"), required=False)
    other_title_uk = forms.CharField(required=False, max_length=TITLE_MAX)
    other_title_en = forms.CharField(required=False, max_length=TITLE_MAX)
    label_field = forms.ChoiceField(label=gettext_lazy("Label"), required=False)
    label_zoom = forms.IntegerField(
        label=gettext_lazy("Labels from zoom"), min_value=0, max_value=ZOOM_MAX
    )
    min_zoom = forms.IntegerField(
        label=gettext_lazy("Seen from zoom"), min_value=0, max_value=ZOOM_MAX
    )
    max_zoom = forms.IntegerField(label=gettext_lazy("to zoom"), min_value=0, max_value=ZOOM_MAX)
    title_uk = forms.CharField(
        label=gettext_lazy("Words of the legend in Ukrainian"), required=False, max_length=TITLE_MAX
    )
    title_en = forms.CharField(
        label=gettext_lazy("Words of the legend in English"), required=False, max_length=TITLE_MAX
    )

    def __init__(self, layer: Layer, data: QueryDict | None = None, **given: Any) -> None:
        super().__init__(data, **given)
        self.layer = layer
        named = [(field.name, field.title) for field in list_class_fields(layer)]
        numbers = [(field.name, field.title) for field in list_class_fields(layer, numbers=True)]
        self.fields["value_field"].choices = named  # type: ignore[attr-defined]
        self.fields["number_field"].choices = numbers  # type: ignore[attr-defined]
        self.fields["label_field"].choices = [("", _("no labels")), *named]  # type: ignore[attr-defined]
        if layer.geometry_type not in (Layer.GeometryType.POLYGON, Layer.GeometryType.MIXED):
            del self.fields["opacity"]
        if layer.geometry_type not in (Layer.GeometryType.POINT, Layer.GeometryType.MIXED):
            self.fields["icon"].help_text = _("Stands beside the name of the layer in lists.")
        self.fields["value_field"].initial = choose_divider(layer)
        if not numbers:
            choices = self.fields["classify"].choices  # type: ignore[attr-defined]
            self.fields["classify"].choices = choices[:2]  # type: ignore[attr-defined]
        for field in self.fields.values():
            if not isinstance(field.widget, forms.RadioSelect):
                field.widget.attrs.setdefault("class", "input")

    def clean_icon(self) -> str:
        name: str = self.cleaned_data["icon"].strip()
        if name and not (re.fullmatch(r"[a-z0-9-]+", name) and has_icon(name)):
            raise ValidationError(_("There is no icon “%(name)s” in the set.") % {"name": name})
        return name

    def clean_other_color(self) -> str:
        return self.cleaned_data["other_color"] or OTHER_COLOR

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        lowest, highest = cleaned.get("min_zoom"), cleaned.get("max_zoom")
        if lowest is not None and highest is not None and lowest > highest:
            self.add_error("max_zoom", _("The highest zoom is below the lowest."))
        return cleaned

    @property
    def class_field(self) -> str:
        by_number = self.cleaned_data.get("classify") == Classify.NUMBERS
        name: str = self.cleaned_data.get("number_field" if by_number else "value_field") or ""
        return name

    def build_plan(self, classes: Sequence[StyleClass]) -> StylePlan:
        """Of a valid form."""
        given = self.cleaned_data
        classify = Classify(given["classify"]) if classes else Classify.NOTHING
        divided = classify != Classify.NOTHING
        other = StyleClass(
            color=given["other_color"],
            title_uk=given["other_title_uk"],
            title_en=given["other_title_en"],
        )
        plain = {
            name: given[name]
            for name in ("color", "icon", "size", "label_field", "label_zoom", "min_zoom",
                         "max_zoom", "title_uk", "title_en")
        }  # fmt: skip
        plan = StylePlan(**plain, opacity=given.get("opacity"))
        if not divided:
            return plan
        return replace(
            plan,
            classify=classify,
            class_field=self.class_field,
            classes=tuple(classes),
            other=other,
        )


def choose_divider(layer: Layer) -> str:
    """An attribute that is likely to divide: one with choices, else none that names features."""
    fields = list_class_fields(layer)
    naming = (layer.key_field, layer.title_field)
    likely = [field for field in fields if field.choices]
    likely += [field for field in fields if field.name not in naming]
    return next((field.name for field in likely), "")


def fill_in(plan: StylePlan) -> dict[str, object]:
    """What the form is filled in with from a plan."""
    by_number = plan.classify == Classify.NUMBERS
    divider = "number_field" if by_number else "value_field"
    return {
        name: getattr(plan, name)
        for name in ("color", "icon", "size", "opacity", "label_field", "label_zoom", "min_zoom",
                     "max_zoom", "title_uk", "title_en")
    } | {
        "classify": str(plan.classify),
        **({divider: plan.class_field} if plan.classes else {}),
        "method": "quantile",
        "count": len(plan.classes) if by_number and plan.classes else 5,
        "other_color": plan.other.color,
        "other_title_uk": plan.other.title_uk,
        "other_title_en": plan.other.title_en,
    }  # fmt: skip


def read_classes(data: QueryDict, classify: str) -> tuple[list[StyleClass], str]:
    """Rows of classes as they were sent, and what is wrong with them; rows without a colour go."""
    columns = [data.getlist(f"row_{name}") for name in ROW]
    rows = [dict(zip(ROW, row, strict=False)) for row in zip(*columns, strict=False)][:CLASSES_MAX]
    try:
        classes = [_read_class(row, classify) for row in rows if row["color"]]
    except ValueError as error:
        return [], str(error)
    if classify == Classify.VALUES:
        values = [each.value for each in classes]
        if len(set(values)) != len(values):
            return classes, _("The same value stands in two classes.")
    if classify == Classify.NUMBERS:
        starts = [each.start for each in classes[1:] if each.start is not None]
        if starts != sorted(set(starts)) or len(starts) != max(0, len(classes) - 1):
            return classes, _("Each class must begin above the one before it.")
    return classes, ""


def _read_class(row: Mapping[str, str], classify: str) -> StyleClass:
    color = row["color"].strip().lower()
    if not COLOR.fullmatch(color):
        raise ValueError(_("“color” must be written as #rrggbb."))
    start = None
    if classify == Classify.NUMBERS and (text := row["start"].strip().replace(",", ".")):
        try:
            start = float(text)
        except ValueError as error:
            raise ValueError(_("“%(value)s” is not a number.") % {"value": text}) from error
    return StyleClass(
        color=color,
        value=row["value"][:254] if classify == Classify.VALUES else "",
        start=start,
        title_uk=row["title_uk"].strip()[:TITLE_MAX],
        title_en=row["title_en"].strip()[:TITLE_MAX],
    )
