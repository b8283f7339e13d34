"""Files of photos over HTTP: to whoever sees the object that shows them, and in which attribute."""

import uuid
from pathlib import Path

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from geoportal.accounts.policies import Actor
from geoportal.core.errors import NotFound
from geoportal.core.http.ranges import serve_file
from layers.access import (
    access_feature,
    access_layer,
    can_edit_layer,
    can_see_internal,
    is_open,
    list_visibilities,
)
from layers.models import Feature, LayerField, Photo
from layers.schema.photos import list_ids

# Asked for anew each time: the object may leave, or lose the photo, at any moment.
SHARED, PERSONAL = "public, no-cache", "private, no-cache"


@require_safe
def photo(request: HttpRequest, photo_id: uuid.UUID) -> HttpResponseBase:
    return serve_photo(request, access_photo(request.user, photo_id), small=False)


@require_safe
def thumbnail(request: HttpRequest, photo_id: uuid.UUID) -> HttpResponseBase:
    return serve_photo(request, access_photo(request.user, photo_id), small=True)


def access_photo(actor: Actor, photo_id: uuid.UUID) -> Photo:
    """A photo that a standing object shows to the actor; one that was taken out, to its editors.

    Whatever hides it, it is not found: neither its layer nor its object is told of.
    """
    found = Photo.objects.select_related("layer").filter(pk=photo_id).first()
    if found is None:
        raise build_no_photo()
    try:
        layer = access_layer(actor, found.layer.slug)
        if can_edit_layer(actor, layer):
            return found
        feature = access_feature(actor, layer, found.key)
    except NotFound as error:
        raise build_no_photo() from error
    if str(found.pk) not in list_ids(_list_values(actor, feature)):
        raise build_no_photo()
    return found


def _list_values(actor: Actor, feature: Feature) -> list[object]:
    """Of the attributes of photos those that the actor reads."""
    seen = feature.properties
    if can_see_internal(actor, feature.layer):
        seen = {**seen, **feature.internal}
    fields = feature.layer.fields.filter(type=LayerField.Type.PHOTOS)
    return [seen.get(field.name) for field in fields]


def build_no_photo() -> NotFound:
    return NotFound(_("There is no such photo."))


def serve_photo(request: HttpRequest, found: Photo, *, small: bool) -> HttpResponseBase:
    """Files never change under their names, so the name is the strong entity tag."""
    path = Path((found.thumbnail if small else found.file).path)
    if not path.is_file():
        raise build_no_photo()
    shared = is_open(found.layer, list_visibilities(request.user, found.layer))
    response = serve_file(
        request,
        path,
        "image/jpeg",
        etag=f'"{path.stem}"',
        cache_control=SHARED if shared else PERSONAL,
        filename=f"{found.pk}{path.suffix}",
    )
    response.headers["Vary"] = "Cookie"
    return response
