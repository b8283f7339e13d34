"""The first tab of a layer: what it is and how it stands."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from geoportal.staff.access import access_working_layer, working_page
from geoportal.staff.catalogue.listing import list_latest
from geoportal.staff.catalogue.quality import count_issues, list_quality
from geoportal.staff.layer_context import build_layer_context
from geoportal.staff.tiles.shown import list_seen_slugs
from layers.models import Changeset
from layers.reading.history import list_changesets_for
from layers.services.lifecycle import can_be_deleted
from tiles.heavy import list_heavy, summarise_drops

CHANGESETS_SHOWN = 5


@require_safe
@working_page
def layer_page(request: HttpRequest, slug: str) -> HttpResponse:
    layer = access_working_layer(request.user, slug)
    imports = list_latest([layer], kind=Changeset.Kind.IMPORT)
    context = build_layer_context(request, layer, "overview") | {
        "quality": list_quality([layer])[layer.pk],
        "drops": summarise_drops(slug, list_heavy([slug], list_seen_slugs(request.user))),
        "issues": count_issues(imports.get(layer.pk)),
        "last_import": imports.get(layer.pk),
        "changesets": list_changesets_for(request.user, layer)[:CHANGESETS_SHOWN],
        "fields": layer.fields.all(),
        "can_be_deleted": can_be_deleted(layer),
    }
    return render(request, "staff/layers/overview.html", context)
