"""Photos of one object: sent, put in order and in words, taken out, erased."""

from typing import BinaryIO, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from geoportal.accounts.policies import is_administrator, require_user
from geoportal.core.errors import InvalidInput, NotAllowed, NotFound, VersionMismatch
from geoportal.staff.access import access_layer_to_edit, working_page
from geoportal.staff.done import keep_done
from geoportal.staff.objects.forms import COMMENT_MAX, read_values
from geoportal.staff.objects.object_views import show_object
from geoportal.staff.objects.photo_lists import arrange, list_photo_fields
from layers import services
from layers.access import access_feature
from layers.downloads.photos import access_photo
from layers.models import Feature, Layer, LayerField
from layers.reading.parameters import parse_whole
from layers.schema.photos import LENGTHS, list_documents


@require_POST
@working_page
def photos(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """`field` is the number of the attribute; `action`: `add`, `arrange` or `erase`."""
    layer = access_layer_to_edit(request.user, slug)
    feature = access_feature(request.user, layer, key)
    action = request.POST.get("action")
    if action == "erase":
        return erase(request, layer, feature)
    field = access_field(layer, request.POST.get("field", ""))
    try:
        saved = add(request, field, feature) if action == "add" else put(request, field, feature)
    except (InvalidInput, VersionMismatch) as refusal:
        messages.error(request, describe_refusal(refusal))
        feature = access_feature(request.user, layer, key)
        return show_object(request, layer, feature, written=request.POST, status=refusal.status)
    if saved.changeset_id != feature.changeset_id:
        keep_done(request, saved.changeset, describe_done(feature, saved, field))
    return go_back(layer, feature.key)


def access_field(layer: Layer, number: str) -> LayerField:
    for field in list_photo_fields(layer):
        if str(field.pk) == number:
            return field
    raise NotFound(_("There is no such field."))


def add(request: HttpRequest, field: LayerField, feature: Feature) -> Feature:
    return services.add_photos(
        layer=field.layer,
        key=feature.key,
        field=field,
        files=[cast(BinaryIO, file) for file in request.FILES.getlist("files")],
        words={part: request.POST.get(part, "").strip()[:most] for part, most in LENGTHS.items()},
        actor=require_user(request.user),
        comment=_("Photos added"),
    )


def put(request: HttpRequest, field: LayerField, feature: Feature) -> Feature:
    """Raises `VersionMismatch` where somebody changed the object since the form was filled."""
    standing = list_documents(read_values(feature).get(field.name))
    wanted = arrange(standing, request.POST)
    if wanted == standing:
        return feature
    return services.edit_feature(
        layer=field.layer,
        key=feature.key,
        values={field.name: wanted},
        expected_changeset_id=parse_whole(request.POST.get("based_on"), "based_on", 0),
        actor=require_user(request.user),
        comment=request.POST.get("comment", "")[:COMMENT_MAX],
    )


def describe_refusal(refusal: InvalidInput | VersionMismatch) -> str:
    if isinstance(refusal, VersionMismatch):
        return _(
            "Somebody else saved this object meanwhile. What you wrote under the photos is here "
            "still: look at it and save once more."
        )
    errors = refusal.extra.get("errors")
    reasons = list(errors.values()) if isinstance(errors, dict) else []
    return str(reasons[0] if reasons else refusal.message)


def describe_done(before: Feature, after: Feature, field: LayerField) -> str:
    counts = [len(list_documents(read_values(each).get(field.name))) for each in (before, after)]
    more = counts[1] - counts[0]
    if more > 0:
        words = ngettext("%(count)s photo is added.", "%(count)s photos are added.", more)
        return words % {"count": more}
    return _("The photo is taken out.") if more < 0 else _("The photos are saved.")


def erase(request: HttpRequest, layer: Layer, feature: Feature) -> HttpResponse:
    """For good, at once: what must not be kept, a face or the number of a car."""
    if not is_administrator(request.user):
        raise NotAllowed(_("Only administrators erase photos; by themselves they go later."))
    try:
        photo = access_photo(request.user, UUID(request.POST.get("photo", "")))
    except ValueError as error:
        raise NotFound(_("There is no such photo.")) from error
    if (photo.layer_id, photo.key) != (layer.pk, feature.key):
        raise NotFound(_("There is no such photo."))
    services.erase_photo(layer=layer, photo=photo)
    messages.success(request, _("The photo is erased for good."))
    return go_back(layer, feature.key)


def go_back(layer: Layer, key: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("staff:object", args=[layer.slug, key]) + "#photos")
