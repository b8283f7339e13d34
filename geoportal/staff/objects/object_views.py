"""One object: its form, its life, and what becomes of it."""

from collections.abc import Mapping

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from geoportal.accounts.policies import is_administrator, require_user
from geoportal.core.errors import Conflict, InvalidInput, NotFound, VersionMismatch
from geoportal.mapkit.photos import list_photos
from geoportal.mapkit.values import name_feature
from geoportal.staff.access import access_layer_to_edit, access_working_layer, working_page
from geoportal.staff.done import keep_done
from geoportal.staff.history.lives import list_life
from geoportal.staff.layer_context import build_layer_context
from geoportal.staff.objects.forms import COMMENT_MAX, FeatureForm, NewFeatureForm, read_values
from geoportal.staff.objects.merging import choose_values, find_base, list_merge_lines
from geoportal.staff.objects.photo_lists import list_edited, list_taken_out
from geoportal.staff.objects.table import list_seen_fields
from layers import services
from layers.access import access_feature, build_no_feature, can_edit_layer
from layers.models import Feature, Layer
from layers.reading.parameters import parse_whole
from layers.schema.photos import LENGTHS
from layers.schema.values import Json


@require_http_methods(["GET", "HEAD", "POST"])
@working_page
def object_page(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The form of an object and its life; `action=delete` asks, and with `sure` deletes."""
    layer = access_working_layer(request.user, slug)
    if request.method == "POST":
        layer = access_layer_to_edit(request.user, slug)
        feature = access_feature(request.user, layer, key)
        if request.POST.get("action") == "delete":
            return delete(request, layer, feature)
        return save(request, layer, feature)
    try:
        feature = access_feature(request.user, layer, key)
    except NotFound:
        return render_gone(request, layer, key)
    return show_object(request, layer, feature)


def show_object(
    request: HttpRequest,
    layer: Layer,
    feature: Feature,
    *,
    written: QueryDict | None = None,
    status: int = 200,
) -> HttpResponse:
    """As it stands. `written`: what was sent with its photos and not saved."""
    form = None
    if can_edit_layer(request.user, layer) and layer.archived_at is None:
        form = FeatureForm(layer, read_values(feature), visibility=feature.visibility)
    return render_object(request, layer, feature, form, written=written, status=status)


def save(request: HttpRequest, layer: Layer, feature: Feature) -> HttpResponse:
    """What was changed in the form, over the state that it was filled from."""
    based_on = parse_whole(request.POST.get("based_on"), "based_on", 0)
    merged_on = parse_whole(request.POST.get("merged_on"), "merged_on", based_on)
    base = read_values(feature)
    if based_on != feature.changeset_id:
        base = find_base(layer, feature.key, based_on)
    form = FeatureForm(layer, base, request.POST, visibility=feature.visibility)
    if not form.is_valid():
        return render_object(request, layer, feature, form, based_on=based_on, status=400)
    mine: Mapping[str, Json] = form.list_changed()
    if merged_on != feature.changeset_id:
        return render_merge(request, layer, feature, form)
    if based_on != feature.changeset_id:
        lines = list_merge_lines(form.schema, base, mine, read_values(feature))
        mine = choose_values(lines, mine, request.POST)
    if not mine and form.given_visibility is None:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
        return HttpResponseRedirect(reverse("staff:object", args=[layer.slug, feature.key]))
    try:
        saved = services.edit_feature(
            layer=layer,
            key=feature.key,
            values=mine,
            visibility=form.given_visibility,
            expected_changeset_id=merged_on,
            actor=require_user(request.user),
            comment=form.cleaned_data["comment"],
        )
    except VersionMismatch:
        return render_merge(request, layer, access_feature(request.user, layer, feature.key), form)
    except InvalidInput as refusal:
        form.add_error(None, str(refusal.message))
        return render_object(request, layer, feature, form, based_on=based_on, status=400)
    keep_done(request, saved.changeset, _("The object is saved."))
    return HttpResponseRedirect(reverse("staff:object", args=[layer.slug, saved.key]))


def render_merge(
    request: HttpRequest, layer: Layer, feature: Feature, form: FeatureForm
) -> HttpResponse:
    """Yours, theirs, and what to choose; nothing is written yet."""
    base = find_base(layer, feature.key, parse_whole(request.POST.get("based_on"), "based_on", 0))
    lines = list_merge_lines(form.schema, base, form.list_changed(), read_values(feature))
    kept = [
        (name, value)
        for name, value in request.POST.items()
        if name not in ("csrfmiddlewaretoken", "merged_on") and not name.startswith("pick-")
    ]
    context = build_object_context(request, layer, feature) | {
        "lines": lines,
        "kept": kept,
        "editor": feature.changeset,
    }
    return render(request, "staff/objects/merge.html", context, status=409)


def build_object_context(request: HttpRequest, layer: Layer, feature: Feature) -> dict[str, object]:
    fields = list(layer.fields.all())
    name = name_feature(layer, fields, read_values(feature))
    return build_layer_context(request, layer, "objects") | {"feature": feature, "name": name}


def render_object(
    request: HttpRequest,
    layer: Layer,
    feature: Feature,
    form: FeatureForm | None,
    *,
    based_on: int | None = None,
    written: QueryDict | None = None,
    status: int = 200,
) -> HttpResponse:
    context = build_object_context(request, layer, feature)
    context |= build_photo_context(request, layer, feature, str(context["name"]), written) | {
        "form": form,
        "based_on": feature.changeset_id if based_on is None else based_on,
        "life": list_life(request.user, layer, feature.key),
    }
    return render(request, "staff/objects/object.html", context, status=status)


def build_photo_context(
    request: HttpRequest, layer: Layer, feature: Feature, name: str, written: QueryDict | None
) -> dict[str, object]:
    """To who only looks the photos are shown as to everyone."""
    if can_edit_layer(request.user, layer) and layer.archived_at is None:
        return {
            "photo_fields": list_edited(layer, feature, name, written),
            "taken_out": list_taken_out(layer, feature, name),
            "photo_lengths": LENGTHS,
            "written": written,
            "may_erase": is_administrator(request.user),
        }
    values = read_values(feature)
    return {"photos": list_photos(name, list_seen_fields(request.user, layer), values)}


def render_gone(request: HttpRequest, layer: Layer, key: str) -> HttpResponse:
    """An object that stands no longer has only its life; one that never was is not found."""
    life = list_life(request.user, layer, key)
    if not life:
        raise build_no_feature(layer, key)
    context = build_layer_context(request, layer, "objects") | {"name": key, "life": life}
    return render(request, "staff/objects/object.html", context)


def delete(request: HttpRequest, layer: Layer, feature: Feature) -> HttpResponse:
    if request.POST.get("sure") != "yes":
        context = build_object_context(request, layer, feature)
        return render(request, "staff/objects/delete.html", context)
    try:
        changeset = services.delete_feature(
            layer=layer,
            key=feature.key,
            expected_changeset_id=parse_whole(request.POST.get("based_on"), "based_on", 0),
            actor=require_user(request.user),
            comment=request.POST.get("comment", "")[:COMMENT_MAX],
        )
    except VersionMismatch as refusal:
        messages.error(request, str(refusal.message))
        return HttpResponseRedirect(reverse("staff:object", args=[layer.slug, feature.key]))
    keep_done(request, changeset, _("The object “%(key)s” is deleted.") % {"key": feature.key})
    return HttpResponseRedirect(reverse("staff:objects", args=[layer.slug]))


@require_http_methods(["GET", "HEAD", "POST"])
@working_page
def add_page(request: HttpRequest, slug: str) -> HttpResponse:
    """A new object by its form; lines and areas are drawn on the map."""
    layer = access_layer_to_edit(request.user, slug)
    form = NewFeatureForm(layer, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid() and (feature := add(request, layer, form)):
        keep_done(request, feature.changeset, _("The object is added."))
        return HttpResponseRedirect(reverse("staff:object", args=[layer.slug, feature.key]))
    context = build_layer_context(request, layer, "objects") | {"form": form}
    return render(request, "staff/objects/add.html", context, status=400 if form.errors else 200)


def add(request: HttpRequest, layer: Layer, form: NewFeatureForm) -> Feature | None:
    """`None` where the service refused; its reason stands in the form."""
    given = form.cleaned_data
    try:
        return services.add_feature(
            layer=layer,
            geom=given.get("place"),
            values=form.list_values(),
            key=given.get("key", ""),
            visibility=given["visibility"],
            actor=require_user(request.user),
            comment=given["comment"],
        )
    except (Conflict, InvalidInput) as refusal:
        form.add_error(None, str(refusal.message))
        return None
