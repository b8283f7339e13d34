"""One change of all objects that the filter of the table finds, on whatever page."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from geoportal.accounts.policies import Actor, require_user
from geoportal.core.errors import InvalidInput, VersionMismatch
from geoportal.mapkit.values import name_feature, show_value
from geoportal.staff.done import keep_done
from geoportal.staff.layer_context import build_layer_context
from geoportal.staff.objects.bulk_form import BulkForm, describe_done
from geoportal.staff.objects.forms import COMMENT_MAX
from geoportal.staff.objects.query import ObjectQuery, read_query
from geoportal.staff.objects.table import ObjectRow, iterate_found, list_seen_fields
from layers import services
from layers.models import Layer, LayerField, LayerState
from layers.reading.parameters import parse_whole
from layers.services.bulk import BULK_MAX

NAMES_SHOWN = 50
VALUES_SHOWN = 8


@dataclass(frozen=True)
class Found:
    """What the filter finds at a revision of the layer; `first` are some of them."""

    keys: tuple[str, ...]
    first: tuple[ObjectRow, ...]
    values: tuple[tuple[str, int], ...]
    revision: int

    @property
    def more(self) -> int:
        return len(self.keys) - len(self.first)


def find_all(actor: Actor, layer: Layer, query: ObjectQuery, field: LayerField | None) -> Found:
    """`values`: how often the field holds which value now, the most frequent first.

    Raises `InvalidInput` for more than `BULK_MAX`, and for a search that takes too long.
    """
    revision = LayerState.objects.get(layer=layer).revision
    whole = replace(query, sort="", descending=False, after=None)
    keys: list[str] = []
    first: list[ObjectRow] = []
    counts: Counter[str] = Counter()
    for row in iterate_found(actor, layer, whole, BULK_MAX + 1):
        keys.append(row.key)
        if len(first) < NAMES_SHOWN:
            first.append(row)
        if field is not None:
            counts[show_value(field, row.values.get(field.name)).text] += 1
    if len(keys) > BULK_MAX:
        raise InvalidInput(
            _("The filter finds more than %(max)s objects; narrow it, or import a file.")
            % {"max": BULK_MAX}
        )
    return Found(tuple(keys), tuple(first), tuple(counts.most_common(VALUES_SHOWN)), revision)


def change_all(request: HttpRequest, layer: Layer, field: LayerField | None) -> HttpResponse:
    """Asked first, with count and what stands; `sure` does it at the revision that was shown."""
    fields = list_seen_fields(request.user, layer)
    query = read_query(QueryDict(request.POST.get("back", "").lstrip("?")), fields)
    try:
        found = find_all(request.user, layer, query, field)
    except InvalidInput as refusal:
        messages.error(request, str(refusal.message))
        return go_back(request, layer)
    if not found.keys:
        messages.info(request, _("Nothing fits the filter."))
        return go_back(request, layer)
    form = BulkForm(field, request.POST) if field else None
    if request.POST.get("sure") == "yes" and (form is None or form.is_valid()):
        try:
            return apply(request, layer, found, form)
        except (VersionMismatch, InvalidInput) as refusal:
            messages.error(request, say_refusal(refusal))
    return ask(request, layer, fields, found, field, form)


def say_refusal(refusal: VersionMismatch | InvalidInput) -> str:
    if isinstance(refusal, VersionMismatch):
        return _("Somebody changed the layer meanwhile; below is what the filter finds now.")
    return str(refusal.message)


def apply(request: HttpRequest, layer: Layer, found: Found, form: BulkForm | None) -> HttpResponse:
    changeset = services.change_many(
        layer=layer,
        keys=found.keys,
        values=form.list_values() if form else None,
        expected_revision=parse_whole(request.POST.get("revision"), "revision", 0),
        actor=require_user(request.user),
        comment=request.POST.get("comment", "")[:COMMENT_MAX],
    )
    if not (changeset.changed or changeset.removed):
        messages.info(request, _("Nothing was changed, so nothing was saved."))
    else:
        keep_done(request, changeset, describe_done(changeset))
    return go_back(request, layer)


def ask(
    request: HttpRequest,
    layer: Layer,
    fields: Sequence[LayerField],
    found: Found,
    field: LayerField | None,
    form: BulkForm | None,
) -> HttpResponse:
    context = build_layer_context(request, layer, "objects") | {
        "found": found,
        "count": len(found.keys),
        "chosen": [(row.key, name_feature(layer, fields, row.values)) for row in found.first],
        "field": field,
        "form": form,
        "back": request.POST.get("back", ""),
    }
    return render(request, "staff/objects/bulk.html", context)


def go_back(request: HttpRequest, layer: Layer) -> HttpResponse:
    """To the same page of the table."""
    query = request.POST.get("back", "").lstrip("?")
    target = reverse("staff:objects", args=[layer.slug])
    return HttpResponseRedirect(f"{target}?{query}" if query else target, status=303)
