"""The page of the passport; publishing a layer is asked about once more."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from geoportal.accounts.policies import require_user
from geoportal.core.errors import InvalidInput
from geoportal.staff.access import access_layer_to_describe, working_page
from geoportal.staff.catalogue.passport import PassportForm
from geoportal.staff.catalogue.quality import list_quality
from geoportal.staff.layer_context import build_layer_context
from layers.models import Layer, LayerField
from layers.services import LayerUpdate, update_layer


@require_http_methods(["GET", "HEAD", "POST"])
@working_page
def passport_page(request: HttpRequest, slug: str) -> HttpResponse:
    layer = access_layer_to_describe(request.user, slug)
    if request.method != "POST":
        return show(request, layer, PassportForm(request.user, layer))
    form = PassportForm(request.user, layer, request.POST)
    if not form.is_valid():
        return show(request, layer, form, status=400)
    if form.is_overtaken:
        form.add_error(
            None, _("Someone changed this layer meanwhile. Yours stands below: check, save again.")
        )
        return show(request, layer, form, status=409)
    if form.publishes and request.POST.get("sure") != "yes":
        return ask_to_publish(request, layer, form)
    update = save(request, layer, form)
    if update is None:
        return show(request, layer, form, status=400)
    if update.changed:
        messages.success(request, _("The passport is saved."))
    else:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
    return redirect("staff:layer", slug)


def save(request: HttpRequest, layer: Layer, form: PassportForm) -> LayerUpdate | None:
    """`None` where the service refused; its reasons stand in the form."""
    try:
        return update_layer(layer=layer, spec=form.build_spec(), actor=require_user(request.user))
    except InvalidInput as refusal:
        errors = refusal.extra.get("errors")
        told = errors if isinstance(errors, dict) else {}
        for name, reasons in told.items():
            form.add_error(name if name in form.fields else None, reasons)
        if not told:
            form.add_error(None, str(refusal.message))
        return None


def show(
    request: HttpRequest, layer: Layer, form: PassportForm, *, status: int = 200
) -> HttpResponse:
    context = build_layer_context(request, layer, "passport") | {
        "form": form,
        "based_on": layer.updated_at.isoformat(),
    }
    return render(request, "staff/layers/passport.html", context, status=status)


def ask_to_publish(request: HttpRequest, layer: Layer, form: PassportForm) -> HttpResponse:
    """What everyone is going to see, by name."""
    context = build_layer_context(request, layer, "passport") | {
        "kept": [(name, each) for name, values in request.POST.lists() for each in values
                 if name not in ("csrfmiddlewaretoken", "sure")],
        "licence": form.cleaned_data["licence"],
        "public_fields": layer.fields.filter(audience=LayerField.Audience.PUBLIC),
        "staff_fields": layer.fields.filter(audience=LayerField.Audience.STAFF),
        "quality": list_quality([layer])[layer.pk],
    }  # fmt: skip
    return render(request, "staff/layers/publish.html", context)
