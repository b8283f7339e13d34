"""The journal of a layer, one changeset, and the difference of two moments."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from geoportal.accounts.policies import Actor
from geoportal.mapkit.values import name_feature
from geoportal.staff.access import access_working_layer, working_page
from geoportal.staff.history.differences import ValueChange, list_value_changes
from geoportal.staff.history.moments import read_moments
from geoportal.staff.history.passport_changes import list_passport_lines
from geoportal.staff.layer_context import build_layer_context
from layers.models import Changeset, Layer
from layers.reading.history import (
    Difference,
    Document,
    access_changeset,
    diff_changesets,
    list_changesets_for,
)
from layers.reading.parameters import parse_whole

CHANGESETS_A_PAGE = 50
FEATURES_A_PAGE = 50
LATEST = 2**63 - 2


@dataclass(frozen=True)
class DifferenceLine:
    """One object that differs, in words."""

    key: str
    name: str
    action: str
    changes: list[ValueChange]
    moved: bool


@require_safe
@working_page
def history_page(request: HttpRequest, slug: str) -> HttpResponse:
    """Changesets, the latest first; `before` leads to the earlier ones."""
    layer = access_working_layer(request.user, slug)
    before = parse_whole(request.GET.get("before"), "before", LATEST, lowest=1)
    listed = list_changesets_for(request.user, layer).filter(pk__lt=before)
    found = list(listed.prefetch_related("rollbacks")[: CHANGESETS_A_PAGE + 1])
    shown = found[:CHANGESETS_A_PAGE]
    context = build_layer_context(request, layer, "history") | {
        "changesets": shown,
        "earlier": shown[-1].pk if len(found) > CHANGESETS_A_PAGE else None,
        "is_first_page": before == LATEST,
    }
    return render(request, "staff/history/history.html", context)


@require_safe
@working_page
def changeset_page(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What one changeset did to the objects."""
    layer = access_working_layer(request.user, slug)
    changeset = access_changeset(request.user, layer, number)
    context = build_difference(request, layer, number - 1, number) | {
        "changeset": changeset,
        "is_of_layer": changeset.kind in Changeset.KINDS_OF_LAYER,
        "passport_lines": list_passport_lines(changeset),
    }
    return render(request, "staff/history/changeset.html", context)


@require_safe
@working_page
def compare_page(request: HttpRequest, slug: str) -> HttpResponse:
    """How the layer differs between two moments: `from` and `to`, changesets or days."""
    layer = access_working_layer(request.user, slug)
    moments = read_moments(request.user, layer, request.GET)
    context = build_difference(request, layer, moments.first, moments.second)
    return render(request, "staff/history/compare.html", context | {"moments": moments})


def build_difference(
    request: HttpRequest, layer: Layer, first: int, second: int
) -> dict[str, object]:
    """A page of objects that differ, and the address of the same for the map."""
    after = request.GET.get("after", "")
    page = diff_changesets(request.user, layer, first, second, after=after, limit=FEATURES_A_PAGE)
    kept = {name: str(value) for name, value in request.GET.items() if name != "after"}
    api = reverse("layer-description", args=[layer.slug])
    return build_layer_context(request, layer, "history") | {
        "lines": [describe_difference(request.user, layer, each) for each in page.differences],
        "next": f"?{urlencode(kept | {'after': page.after})}" if page.after is not None else "",
        "is_first_page": not after,
        "map_url": f"{api}diff/?{urlencode({'from': first, 'to': second, 'limit': 1000})}",
    }


def describe_difference(actor: Actor, layer: Layer, difference: Difference) -> DifferenceLine:
    fields = list(layer.fields.all())
    before, after = difference.before or {}, difference.after or {}
    old, new = merge_values(before), merge_values(after)
    changed = difference.action == "changed"
    return DifferenceLine(
        key=difference.key,
        name=name_feature(layer, fields, new or old),
        action=difference.action,
        changes=list_value_changes(fields, old, new) if changed else [],
        moved=changed and before.get("geometry") != after.get("geometry"),
    )


def merge_values(side: Document) -> Document:
    """Public and internal attributes of one side together."""
    parts = [side.get("properties"), side.get("internal")]
    return {name: value for part in parts if isinstance(part, dict) for name, value in part.items()}
