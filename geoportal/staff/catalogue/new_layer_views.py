"""The page that makes a layer: three ways to begin."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from geoportal.accounts.models import User
from geoportal.accounts.policies import require_user
from geoportal.core.errors import Conflict, InvalidInput, NotAllowed
from geoportal.core.words.romanisation import AT_THE_BEGINNING, PAIRS, ROMANISED
from geoportal.staff.access import working_page
from geoportal.staff.catalogue.new_layer import (
    FirstFields,
    NewLayerForm,
    build_spec,
    describe_start,
    list_owners,
    list_specs,
)
from layers.models import Layer
from layers.schema.specs import LayerSpec
from layers.schema.templates import find_template, list_templates
from layers.services import create_layer


@require_http_methods(["GET", "HEAD", "POST"])
@working_page
def new_layer_page(request: HttpRequest) -> HttpResponse:
    """`template` names one to begin from; without it the first fields are written here."""
    if not list_owners(request.user).exists():
        raise NotAllowed(_("Only officers and heads of an organisation make layers for it."))
    template = find_template(request.GET.get("template", ""))
    data = request.POST if request.method == "POST" else None
    taken = set(Layer.objects.values_list("slug", flat=True))
    form = NewLayerForm(request.user, data, initial=describe_start(template, taken))
    fields = FirstFields(None if template else data, prefix="fields")
    if form.is_bound and form.is_valid() and (template or fields.is_valid()):
        spec = build_spec(form, template, () if template else list_specs(fields))
        if layer := make(form, spec, require_user(request.user)):
            return redirect("staff:layer", layer.slug)
    refused = bool(form.errors or (fields.is_bound and not fields.is_valid()))
    context = {
        "place": "layers",
        "template": template,
        "templates": list_templates(),
        "form": form,
        "fields": fields,
        "romanisation": {"letters": ROMANISED, "first": AT_THE_BEGINNING, "pairs": PAIRS},
    }
    return render(request, "staff/layers/new.html", context, status=400 if refused else 200)


def make(form: NewLayerForm, spec: LayerSpec, actor: User) -> Layer | None:
    """`None` where the service refused; its reasons stand in the form."""
    try:
        return create_layer(spec=spec, actor=actor)
    except Conflict as refusal:
        form.add_error("slug", str(refusal.message))
    except InvalidInput as refusal:
        errors = refusal.extra.get("errors")
        told = errors if isinstance(errors, dict) else {}
        for name, reasons in told.items():
            form.add_error(name if name in form.fields else None, reasons)
        if not told:
            form.add_error(None, str(refusal.message))
    return None
