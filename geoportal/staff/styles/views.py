"""The page of the style editor: shows, makes classes, saves, and takes back."""

import json
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from geoportal.accounts.policies import require_user
from geoportal.core.errors import DomainError, InvalidInput, VersionMismatch
from geoportal.staff.access import access_layer_to_describe, working_page
from geoportal.staff.layer_context import build_layer_context
from geoportal.staff.styles.asked import Asked, build_look, read_asked, read_raw
from geoportal.staff.styles.classes import count_classes
from geoportal.staff.styles.drawing import read_plan
from geoportal.staff.styles.forms import StyleForm, fill_in
from geoportal.staff.styles.icons import list_suggested_icons
from geoportal.staff.styles.plan import Classify, build_default_plan
from layers.models import Changeset, Layer
from layers.services import LayerLook, change_look, restore_look
from layers.services.styles import read_look
from layers.styles.checking import CheckedBy
from layers.styles.shape import FORM

HISTORY_LENGTH = 10


@require_http_methods(["GET", "HEAD", "POST"])
@working_page
def style_page(request: HttpRequest, slug: str) -> HttpResponse:
    layer = access_layer_to_describe(request.user, slug)
    if request.method != "POST":
        return render_page(request, layer)
    action = request.POST.get("action", "save")
    if action == "undo":
        return undo(request, layer)
    if action == "save_raw":
        return save_raw(request, layer)
    asked = read_asked(layer, request.POST, remake=action == "classes")
    if action != "save" or asked.plan is None:
        return render_page(request, layer, asked, status=200 if action != "save" else 400)
    return save(request, layer, build_look(asked.plan, layer), CheckedBy.FORM, asked=asked)


def save_raw(request: HttpRequest, layer: Layer) -> HttpResponse:
    text = request.POST.get("raw", "")
    style, fault = read_raw(text)
    if fault:
        return render_page(request, layer, raw=text, faults=[fault], status=400)
    if not isinstance(style, dict):
        fault = _(
            "A style is an object with the members “light”, “dark”, “legend” and “classes”,"
            " no others."
        )
        return render_page(request, layer, raw=text, faults=[fault], status=400)
    vouched_by = CheckedBy.BROWSER if request.POST.get("checked") == "1" else None
    look = LayerLook(**vars(read_look(layer)) | {"style": style})
    return save(request, layer, look, vouched_by, raw=text)


def save(
    request: HttpRequest,
    layer: Layer,
    look: LayerLook,
    vouched_by: CheckedBy | None,
    *,
    asked: Asked | None = None,
    raw: str | None = None,
) -> HttpResponse:
    """What was filled in is kept and shown again where it cannot be saved."""
    try:
        changeset = change_look(
            layer=layer,
            look=look,
            vouched_by=vouched_by,
            expected_at=read_moment(request.POST.get("based_on", "")),
            actor=require_user(request.user),
        )
    except VersionMismatch:
        said = _("Somebody else has changed this layer meanwhile. Look at it, then save once more.")
        layer.refresh_from_db()
        return render_page(request, layer, asked, raw=raw, faults=[said], status=409)
    except InvalidInput as error:
        return render_page(request, layer, asked, raw=raw, faults=list_faults(error), status=400)
    if changeset is None:
        messages.info(request, _("Nothing was changed: the style is as it was."))
    else:
        messages.success(request, _("The style is saved. Everyone sees it from now on."))
    return HttpResponseRedirect(reverse("staff:style", args=[layer.slug]))


def undo(request: HttpRequest, layer: Layer) -> HttpResponse:
    number = request.POST.get("changeset", "")
    found = Changeset.objects.filter(layer=layer, kind=Changeset.Kind.STYLE)
    changeset = found.filter(pk=int(number)).first() if number.isdecimal() else None
    if changeset is None:
        messages.error(request, _("There is no such change of the style."))
    else:
        try:
            restore_look(changeset=changeset, actor=require_user(request.user))
            messages.success(request, _("The style is as it was before that change."))
        except DomainError as error:
            messages.error(request, str(error.message))
    return HttpResponseRedirect(reverse("staff:style", args=[layer.slug]))


def list_faults(error: InvalidInput) -> list[str]:
    errors = error.extra.get("errors")
    if not isinstance(errors, dict):
        return [str(error.message)]
    return [str(text) for texts in errors.values() for text in texts]


def read_moment(text: str) -> datetime | None:
    try:
        return parse_datetime(text)
    except ValueError:
        return None


def render_page(
    request: HttpRequest,
    layer: Layer,
    asked: Asked | None = None,
    *,
    raw: str | None = None,
    faults: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    """`raw`: the text that was sent; then the raw editor is shown."""
    context = build_context(request, layer, asked) | {
        "raw": raw if raw is not None else dump_style(layer),
        "is_raw": raw is not None or "raw" in request.GET,
        "faults": faults or [],
    }
    return render(request, "staff/styles/style.html", context, status=status)


def build_context(request: HttpRequest, layer: Layer, asked: Asked | None) -> dict[str, Any]:
    plan = asked.plan if asked else read_plan(layer)
    hand_written = asked is None and plan is None
    shown = plan or build_default_plan(layer)
    form = asked.form if asked else StyleForm(layer, initial=fill_in(shown))
    classes = asked.classes if asked else list(shown.classes)
    if asked:
        classify = Classify(form.cleaned_data.get("classify") or Classify.NOTHING)
        class_field = form.class_field
    else:
        classify, class_field = shown.classify, shown.class_field
    return build_layer_context(request, layer, "style") | {
        "form": form,
        "classify": str(classify),
        "rows": count_classes(layer, classify, class_field, classes),
        "note": asked.note if asked else "",
        "hand_written": hand_written,
        "icons": list_suggested_icons(),
        "changes": list_changes(layer),
        "based_on": layer.updated_at.isoformat(),
    }


def list_changes(layer: Layer) -> list[Changeset]:
    found = Changeset.objects.filter(layer=layer, kind=Changeset.Kind.STYLE)
    return list(found.select_related("author").order_by("-id")[:HISTORY_LENGTH])


def dump_style(layer: Layer) -> str:
    """What people read of the style: without what the form keeps for itself."""
    shown = {name: value for name, value in layer.style.items() if name != FORM}
    return json.dumps(shown, ensure_ascii=False, indent=2) if shown else ""
