"""The pages of the schema editor."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from geoportal.accounts.policies import require_user
from geoportal.core.errors import InvalidInput, NotFound
from geoportal.staff.access import access_layer_to_edit, access_working_layer, working_page
from geoportal.staff.layer_context import build_layer_context
from geoportal.staff.schema.changing import describe_refusal, read_version, take_change
from geoportal.staff.schema.forms import NewFieldForm, SchemaFieldForm
from layers.models import Layer, LayerField
from layers.schema.specs import SchemaChange
from layers.services import bring_field_back, list_retired_fields


@require_safe
@working_page
def schema_page(request: HttpRequest, slug: str) -> HttpResponse:
    layer = access_working_layer(request.user, slug)
    context = build_layer_context(request, layer, "schema") | {
        "fields": layer.fields.all(),
        "retired": list_retired_fields(layer),
        "version": read_version(layer),
    }
    return render(request, "staff/schema/schema.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@working_page
def add_field_page(request: HttpRequest, slug: str) -> HttpResponse:
    layer = access_layer_to_edit(request.user, slug)
    form = NewFieldForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        spec = form.build_spec()
        try:
            return take_change(request, layer, SchemaChange(add=(spec,)))
        except InvalidInput as refusal:
            for reason in describe_refusal(refusal, spec.name):
                form.add_error(None, reason)
    return show_form(request, layer, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@working_page
def field_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One field: its titles, type, choices, who sees it."""
    layer = access_layer_to_edit(request.user, slug)
    field = get_field(layer, number)
    form = SchemaFieldForm(
        request.POST if request.method == "POST" else None, instance=get_field(layer, number)
    )
    if form.is_bound and form.is_valid():
        try:
            change = SchemaChange(change={field.name: form.list_members()})
            return take_change(request, layer, change)
        except InvalidInput as refusal:
            for reason in describe_refusal(refusal, field.name):
                form.add_error(None, reason)
    return show_form(request, layer, form, field)


def show_form(
    request: HttpRequest, layer: Layer, form: SchemaFieldForm, field: LayerField | None
) -> HttpResponse:
    context = build_layer_context(request, layer, "schema") | {
        "form": form,
        "field": field,
        "version": request.POST.get("version") or read_version(layer),
    }
    return render(request, "staff/schema/field.html", context, status=400 if form.errors else 200)


@require_POST
@working_page
def retire_field(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Its values leave the layer and stay in the history."""
    layer = access_layer_to_edit(request.user, slug)
    field = get_field(layer, number)
    return change_or_tell(request, layer, SchemaChange(retire=(field.name,)))


@require_POST
@working_page
def move_field(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """`direction`: `up` or `down`, by one place."""
    layer = access_layer_to_edit(request.user, slug)
    names = [field.name for field in layer.fields.all()]
    at = names.index(get_field(layer, number).name)
    other = at - 1 if request.POST.get("direction") == "up" else at + 1
    if 0 <= other < len(names):
        names[at], names[other] = names[other], names[at]
    return change_or_tell(request, layer, SchemaChange(order=tuple(names)))


def change_or_tell(request: HttpRequest, layer: Layer, change: SchemaChange) -> HttpResponse:
    try:
        return take_change(request, layer, change)
    except InvalidInput as refusal:
        messages.error(request, " ".join(describe_refusal(refusal)))
        return redirect("staff:schema", layer.slug)


@require_POST
@working_page
def return_field(request: HttpRequest, slug: str) -> HttpResponse:
    """`name`: a retired field."""
    layer = access_layer_to_edit(request.user, slug)
    name = request.POST.get("name", "")
    try:
        changeset = bring_field_back(layer=layer, name=name, actor=require_user(request.user))
    except NotFound as refusal:
        messages.error(request, str(refusal.message))
    else:
        messages.success(
            request,
            _("The field “%(name)s” is back, for staff, with %(count)s values.")
            % {"name": name, "count": changeset.changed},
        )
    return redirect("staff:schema", slug)


def get_field(layer: Layer, number: int) -> LayerField:
    field = layer.fields.filter(pk=number).first()
    if field is None:
        raise Http404
    return field
