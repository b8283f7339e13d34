"""One change of many chosen objects: a field set, or all of them deleted; asked once more first."""

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from geoportal.accounts.policies import require_user
from geoportal.core.errors import InvalidInput, VersionMismatch
from geoportal.mapkit.values import name_feature
from geoportal.staff.access import access_layer_to_edit, working_page
from geoportal.staff.done import keep_done
from geoportal.staff.layer_context import build_layer_context
from geoportal.staff.objects.bulk_form import BulkForm, describe_done
from geoportal.staff.objects.forms import COMMENT_MAX, read_values
from geoportal.staff.objects.whole_filter import change_all, go_back
from layers import services
from layers.models import Changeset, Feature, Layer, LayerField
from layers.reading.parameters import parse_whole
from layers.schema.values import Json

CHOSEN_MAX = 500
NAMES_SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@working_page
def bulk_page(request: HttpRequest, slug: str) -> HttpResponse:
    """`keys` were chosen, or `all` that the filter finds; `field` names what is set (its number),
    or `do` is `delete`; `sure` does it. A page that was left or reloaded is the table again.
    """
    layer = access_layer_to_edit(request.user, slug)
    if request.method != "POST":
        return redirect("staff:objects", layer.slug)
    keys = list(dict.fromkeys(request.POST.getlist("keys")))[:CHOSEN_MAX]
    chosen = list(Feature.objects.filter(layer=layer, key__in=keys).order_by("id"))
    field = (
        layer.fields.exclude(type=LayerField.Type.PHOTOS)
        .filter(pk=parse_whole(request.POST.get("field") or "0", "field", 0))
        .first()
    )
    deleting = request.POST.get("do") == "delete"
    if request.POST.get("all") == "1" and (deleting or field):
        return change_all(request, layer, None if deleting else field)
    if not chosen or not (deleting or field):
        messages.error(request, _("Choose objects, and what to do with them."))
        return go_back(request, layer)
    form = None if deleting or field is None else BulkForm(field, request.POST)
    if request.POST.get("sure") == "yes" and (form is None or form.is_valid()):
        try:
            return apply(request, layer, chosen, form)
        except (VersionMismatch, InvalidInput) as refusal:
            messages.error(request, str(refusal.message))
    return ask(request, layer, chosen, field, form)


def apply(
    request: HttpRequest, layer: Layer, chosen: list[Feature], form: BulkForm | None
) -> HttpResponse:
    """Raises `VersionMismatch` when one of them was changed since the question was asked."""
    based_on = parse_whole(request.POST.get("based_on"), "based_on", 0)
    edits = build_edits(chosen, form.list_values() if form else None, based_on)
    if not len(edits):
        messages.info(request, _("Nothing was changed, so nothing was saved."))
        return go_back(request, layer)
    changeset = services.apply_edits(
        layer=layer,
        edits=edits,
        actor=require_user(request.user),
        comment=request.POST.get("comment", "")[:COMMENT_MAX],
    ).changeset
    keep_done(request, changeset, describe_done(changeset))
    return go_back(request, layer)


def build_edits(
    chosen: Sequence[Feature], values: Mapping[str, Json] | None, based_on: int
) -> services.Edits:
    """A removal of each without `values`, else a change of those that hold others."""
    versions = {each.key: min(each.changeset_id, based_on) for each in chosen}
    if values is None:
        return services.Edits(
            removals=[services.Removal(key=key, version=at) for key, at in versions.items()]
        )
    differing = [each.key for each in chosen if not is_subset(values, read_values(each))]
    return services.Edits(
        changes=[
            services.Change(key=key, version=versions[key], values=values) for key in differing
        ]
    )


def is_subset(values: Mapping[str, Json], standing: Mapping[str, Json]) -> bool:
    return all(standing.get(name) == value for name, value in values.items())


def ask(
    request: HttpRequest,
    layer: Layer,
    chosen: list[Feature],
    field: LayerField | None,
    form: BulkForm | None,
) -> HttpResponse:
    """The objects by name, and the value to set; `based_on` is the latest of their changesets."""
    fields = list(layer.fields.all())
    context = build_layer_context(request, layer, "objects") | {
        "count": len(chosen),
        "chosen": [
            (feature.key, name_feature(layer, fields, read_values(feature))) for feature in chosen
        ],
        "names_shown": NAMES_SHOWN,
        "field": field,
        "form": form,
        "asked_already": request.POST.get("sure") == "yes",
        "based_on": find_latest(layer),
        "back": request.POST.get("back", ""),
    }
    return render(request, "staff/objects/bulk.html", context)


def find_latest(layer: Layer) -> int:
    latest = Changeset.objects.filter(layer=layer).order_by("-id").values_list("pk", flat=True)
    return latest.first() or 0
