"""Who works with layers, and the layers that a person of this workplace sees and changes."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from geoportal.accounts.policies import (
    Actor,
    can_edit_for,
    can_work_somewhere,
    is_administrator,
    is_staff,
)
from geoportal.core.errors import Gone, NotAllowed
from layers.access import access_layer, access_layer_to_manage, require_can_edit_layer
from layers.models import Layer

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def can_work_with_layers(actor: Actor) -> bool:
    """GIS officers of the community, and heads and officers of organisations, which own layers."""
    return is_staff(actor) or can_work_somewhere(actor)


def working_page(view: View[P]) -> View[P]:
    """A page of the workplace: signed in, and one of those who work here; kept by no cache.

    Stands below the decorator of methods, so that a wrong method is refused for itself.
    """

    @never_cache
    @login_required
    @wraps(view)
    def check(request: HttpRequest, *args: P.args, **given: P.kwargs) -> HttpResponseBase:
        if not can_work_with_layers(request.user):
            raise NotAllowed(_("GIS officers and officers of organisations work here."))
        return view(request, *args, **given)

    return check  # type: ignore[return-value]


def access_working_layer(actor: Actor, slug: str) -> Layer:
    """A layer to look at; archived ones are open to administrators only."""
    return (
        access_layer_to_manage(actor, slug)
        if is_administrator(actor)
        else access_layer(actor, slug)
    )


def access_layer_to_edit(actor: Actor, slug: str) -> Layer:
    """A layer that the actor may change now: not projected, not archived."""
    layer = access_working_layer(actor, slug)
    if layer.archived_at is not None:
        raise Gone(_("The layer is archived; restore it first."))
    require_can_edit_layer(actor, layer)
    return layer


def can_describe_layer(actor: Actor, layer: Layer) -> bool:
    """May change what is said of a layer and how it looks; a projected one has only that."""
    return can_edit_for(actor, layer.organisation_id) and layer.archived_at is None


def access_layer_to_describe(actor: Actor, slug: str) -> Layer:
    """A layer whose passport and look the actor may change."""
    layer = access_working_layer(actor, slug)
    if not can_describe_layer(actor, layer):
        raise NotAllowed(_("You may not change this layer; its organisation's officers may."))
    return layer
