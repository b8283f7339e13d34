"""What was sent to the style editor, read once for its page and for the preview."""

import json
from dataclasses import dataclass

from django.http.request import QueryDict
from django.utils.translation import gettext as _

from geoportal.staff.styles.classes import make_number_classes, make_value_classes
from geoportal.staff.styles.drawing import draw_plan
from geoportal.staff.styles.forms import StyleForm, read_classes
from geoportal.staff.styles.plan import Classify, StyleClass, StylePlan
from layers.models import Layer
from layers.services import LayerLook

RAW_MAX = 500_000


@dataclass(frozen=True)
class Asked:
    """The form as it was sent with its classes; `plan` is `None` where something is wrong."""

    form: StyleForm
    classes: list[StyleClass]
    plan: StylePlan | None
    note: str = ""


def read_asked(layer: Layer, data: QueryDict, *, remake: bool = False) -> Asked:
    """`remake`: classes are made anew from what the layer holds."""
    form = StyleForm(layer, data)
    valid = form.is_valid()
    classify = Classify(form.cleaned_data.get("classify") or Classify.NOTHING)
    note = ""
    if remake or (classify != Classify.NOTHING and not data.getlist("row_color")):
        classes, note = make_classes(layer, form, classify)
    else:
        classes, fault = read_classes(data, classify)
        if fault and classify != Classify.NOTHING:
            form.add_error("classify", fault)
            valid = False
    plan = form.build_plan(classes) if valid else None
    return Asked(form, classes, plan, note)


def make_classes(layer: Layer, form: StyleForm, classify: Classify) -> tuple[list[StyleClass], str]:
    """Classes, and words on what they leave out."""
    given = form.cleaned_data
    if classify == Classify.VALUES and form.class_field:
        classes, more = make_value_classes(layer, form.class_field)
        if more:
            return classes, _("There are more values; those left out are drawn as the rest.")
        return classes, "" if classes else _("This attribute holds nothing.")
    if classify == Classify.NUMBERS and form.class_field:
        classes = make_number_classes(
            layer,
            form.class_field,
            method=given.get("method") or "quantile",
            count=given.get("count") or 5,
            color=given.get("color") or layer.color,
        )
        return classes, "" if classes else _("This attribute holds no numbers.")
    return [], ""


def build_look(plan: StylePlan, layer: Layer) -> LayerLook:
    return LayerLook(
        color=plan.color,
        icon=plan.icon,
        min_zoom=plan.min_zoom,
        max_zoom=plan.max_zoom,
        style=draw_plan(plan, layer),
    )


def read_raw(text: str) -> tuple[object, str]:
    """The document of a raw style, and what is wrong with its JSON; no text is no style."""
    if len(text) > RAW_MAX:
        return None, _("This style is too long.")
    if not text.strip():
        return {}, ""
    try:
        return json.loads(text), ""
    except json.JSONDecodeError as error:
        return None, _("This is no JSON: line %(line)s, letter %(column)s.") % {
            "line": error.lineno,
            "column": error.colno,
        }
    except (ValueError, RecursionError):
        return None, _("This is no JSON.")
