"""A change of a schema on its way: told first where values move, then made."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from geoportal.accounts.policies import require_user
from geoportal.core.errors import InvalidInput, NotAllowed, VersionMismatch
from geoportal.staff.layer_context import build_layer_context
from geoportal.staff.objects.forms import COMMENT_MAX
from layers.access import require_can_change_schema
from layers.models import Layer
from layers.schema.change import FieldEffect, SchemaPreview, apply_change, build_version
from layers.schema.specs import SchemaChange, read_fields
from layers.services import change_schema, preview_schema


@dataclass(frozen=True)
class EffectLine:
    """What happens to one field; `converts` values of `effect.rows` fit its new type."""

    effect: FieldEffect
    title: str

    @property
    def converts(self) -> int:
        return self.effect.rows - self.effect.unfit

    @property
    def is_read_anew(self) -> bool:
        return bool({"type", "choices"} & set(self.effect.changed))


def read_version(layer: Layer) -> str:
    return build_version(read_fields(layer))


def take_change(request: HttpRequest, layer: Layer, change: SchemaChange) -> HttpResponse:
    """Make it, or ask first where values go, are converted, or are seen by others.

    Raises `InvalidInput` for a change that cannot be.
    """
    fields = apply_change(read_fields(layer), change)
    preview = preview_schema(layer=layer, fields=fields)
    asks = preview.moves_values and request.POST.get("sure") != "yes"
    if asks or preview.unfit:
        return ask(request, layer, preview)
    require_can_change_schema(request.user, layer, preview)
    try:
        changeset = change_schema(
            layer=layer,
            fields=fields,
            actor=require_user(request.user),
            comment=request.POST.get("comment", "")[:COMMENT_MAX],
            expected_version=request.POST.get("version", ""),
        )
    except VersionMismatch:
        messages.error(
            request, _("Someone changed this schema meanwhile. Look at it and do yours again.")
        )
        return redirect("staff:schema", layer.slug)
    if changeset is None:
        messages.info(request, _("Nothing was changed, so nothing was saved."))
    else:
        messages.success(request, _("The schema is saved."))
    return redirect("staff:schema", layer.slug)


def ask(request: HttpRequest, layer: Layer, preview: SchemaPreview) -> HttpResponse:
    """The effects in numbers, values that do not fit by object, and the way on if there is one."""
    titles = {field.name: field.title for field in layer.fields.all()}
    refusal = ""
    try:
        require_can_change_schema(request.user, layer, preview)
    except NotAllowed as error:
        refusal = str(error.message)
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in ("csrfmiddlewaretoken", "sure", "comment")
    ]
    context = build_layer_context(request, layer, "schema") | {
        "lines": [
            EffectLine(effect, titles.get(effect.name, effect.name)) for effect in preview.effects
        ],
        "preview": preview,
        "refusal": refusal,
        "kept": kept,
    }
    return render(request, "staff/schema/ask.html", context)


def describe_refusal(refusal: InvalidInput, name: str = "") -> list[str]:
    """Its reasons as sentences: those of one field where they are told by field."""
    errors = refusal.extra.get("errors")
    told = errors.get(name) if isinstance(errors, dict) else None
    if isinstance(told, dict):
        return [str(reason) for reasons in told.values() for reason in reasons]
    return [str(told or refusal.message)]
