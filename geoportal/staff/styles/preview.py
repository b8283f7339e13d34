"""An unsaved style as the map of the page draws it."""

import copy
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST

from geoportal.staff.access import access_layer_to_describe, working_page
from geoportal.staff.styles.asked import build_look, read_asked, read_raw
from geoportal.staff.styles.classes import count_classes
from geoportal.staff.styles.plan import Classify
from layers.models import Layer
from layers.reading.legend import build_legend
from layers.services import LayerLook
from layers.services.styles import read_look
from layers.styles.checking import CheckedBy, check_style
from tiles.style.document import list_style_layers


@require_POST
@working_page
def preview(request: HttpRequest, slug: str) -> JsonResponse:
    layer = access_layer_to_describe(request.user, slug)
    if request.POST.get("action") in ("raw", "save_raw"):
        return JsonResponse(preview_raw(layer, request.POST.get("raw", "")))
    return JsonResponse(preview_form(request, layer))


def preview_form(request: HttpRequest, layer: Layer) -> dict[str, Any]:
    """`rows`: the classes as a part of the page, where they were made anew."""
    remake = request.POST.get("action") == "classes"
    asked = read_asked(layer, request.POST, remake=remake)
    faults = [
        f"{asked.form.fields[name].label}: {error}" if name in asked.form.fields else error
        for name, errors in asked.form.errors.items()
        for error in errors
    ]
    answer: dict[str, Any] = {"faults": faults}
    if remake:
        classify = Classify(asked.form.cleaned_data.get("classify") or Classify.NOTHING)
        rows = count_classes(layer, classify, asked.form.class_field, asked.classes)
        context = {"classify": str(classify), "rows": rows, "note": asked.note}
        answer["rows"] = render_to_string("staff/styles/classes.html", context, request)
    if asked.plan is None:
        return answer
    return answer | draw(layer, build_look(asked.plan, layer))


def preview_raw(layer: Layer, text: str) -> dict[str, Any]:
    """`checked`: this server has asked MapLibre's validator; else the browser must."""
    style, fault = read_raw(text)
    if fault:
        return {"faults": [fault], "checked": True}
    try:
        checked_by = check_style(style, CheckedBy.BROWSER)
    except ValidationError as error:
        return {"faults": error.messages, "checked": True}
    look = LayerLook(**vars(read_look(layer)) | {"style": style})
    return {"faults": [], "checked": checked_by == CheckedBy.SERVER} | draw(layer, look)


def draw(layer: Layer, look: LayerLook) -> dict[str, Any]:
    """Style layers by theme, complete but for their source, and the legend."""
    unsaved = copy.copy(layer)
    for name, value in look.as_document().items():
        setattr(unsaved, name, value)
    themes = {
        theme: list_style_layers(unsaved, theme, layer.slug, look.style)
        for theme in ("light", "dark")
    }
    return themes | {"legend": build_legend(unsaved)}
