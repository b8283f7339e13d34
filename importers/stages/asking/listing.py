"""The second stage: what was found becomes questions, each with what is proposed and why."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geoportal.interface.formats import format_number
from importers.brakes.personal import find_personal_columns
from importers.mapping.fields import build_specs, guess_title_field, list_filled_by_files
from importers.mapping.keys import BY_CONTENT, KeyOrigin
from importers.mapping.planning import build_title, list_attributes, map_to_layer
from importers.mapping.survey import NearlyKey
from importers.stages.asking.checks import ask_addresses, ask_checks
from importers.stages.asking.encoding import ask_encoding
from importers.stages.asking.reading import ask_dataset, ask_options
from importers.stages.inspecting import Inspection
from importers.stages.questions import Choice, Question
from layers.models import Layer

LICENCES = ("CC-BY-4.0", "CC0-1.0", "ODbL-1.0", "CC-BY-SA-4.0")


def list_questions(found: Inspection) -> list[Question]:
    asked = OF_A_NEW_LAYER if found.layer is None else OF_A_LAYER
    return [question for ask in (*OF_EVERY_FILE, *asked) for question in ask(found)]


def ask_reading(found: Inspection) -> Iterator[Question]:
    """Which part of the file, and how its format is read."""
    stated = found.request.reading.source_layer
    yield from ask_dataset(found.datasets.datasets, stated or found.datasets.default)
    yield from ask_options(found.source, found.rows)


def ask_crs(found: Inspection) -> Iterator[Question]:
    if found.crs is not None:
        title = f"{found.crs.code} {found.crs.name}".strip()
        code = found.crs.code
        yield Question(
            "crs",
            "choice",
            [Choice(code, title, str(found.crs.reason))] if code else [],
            proposed=code or None,
            reason=str(found.crs.reason),
        )
        return
    refusal = found.refusal
    candidates: Any = refusal.extra.get("candidates", []) if refusal else []
    yield Question(
        "crs",
        "choice",
        [Choice(one["code"], one["title"], confidence=one["share"]) for one in candidates],
        reason=str(refusal.message) if refusal else "",
        required=True,
    )


def ask_key(found: Inspection) -> Iterator[Question]:
    """Not where the layer knows its key and the file has it; once it was answered, always."""
    key, known = found.survey.key, bool(found.layer and found.layer.key_field)
    if known and not found.request.key:
        return
    names = [column.name for column in found.source.columns]
    proposed = key.name if key.origin == KeyOrigin.COLUMN else BY_CONTENT
    nearly = {one.name: describe_nearly(one) for one in found.survey.nearly}
    content = (
        [] if known else [Choice(BY_CONTENT, _("No column: keys are made from what rows hold"))]
    )
    reason = " ".join(nearly.values())
    if key.origin == KeyOrigin.COLUMN and not found.survey.repeated:
        reason = _("“%(name)s” has a value in every row, and none of them twice.") % vars(key)
    yield Question(
        "key",
        "choice",
        [
            *(Choice(name, name, nearly.get(name, "")) for name in names),
            *content,
        ],
        proposed=None if nearly else proposed,
        reason=reason,
        rows=found.rows,
        required=bool(nearly),
    )


def describe_nearly(column: NearlyKey) -> str:
    told = []
    if column.repeated:
        words = ngettext(
            "%(count)s row repeats another's value", "%(count)s rows repeat another's value",
            column.repeated,
        )  # fmt: skip
        told.append(words % {"count": format_number(column.repeated)})
    if column.missing:
        words = ngettext("%(count)s row has none", "%(count)s rows have none", column.missing)
        told.append(words % {"count": format_number(column.missing)})
    return _("“%(name)s” would be one, but %(told)s.") % {
        "name": column.name,
        "told": _(" and ").join(told),
    }


def ask_axes(found: Inspection) -> Iterator[Question]:
    """Where the places lie abroad, and exchanged would not."""
    codes = {issue.code for issue in found.issues}
    if not codes & {"axes-doubtful", "axes-swapped"} and not found.request.axes:
        return
    turned = "axes-swapped" in codes
    yield Question(
        "axes",
        "choice",
        [
            Choice("xy", _("Longitude (east)")),
            Choice("yx", _("Latitude (north)")),
        ],
        proposed="yx" if turned else None,
        reason=" ".join(issue.message for issue in found.issues),
        required=not turned,
    )


def ask_mapping(found: Inspection) -> Iterator[Question]:
    if found.layer is None:
        return
    fields = list_filled_by_files(found.layer)
    mapping = map_to_layer(found.source, found.layer, fields, found.survey.key)
    filled = {one.column.name: one.field.name for one in mapping.columns}
    yield Question(
        "mapping",
        "mapping",
        [Choice(field.name, field.title) for field in fields],
        proposed={column.name: filled.get(column.name, "") for column in found.source.columns},
        rows=found.rows,
    )


def ask_mode(found: Inspection) -> Iterator[Question]:
    yield Question(
        "mode",
        "choice",
        [Choice("merge", _("Merge")), Choice("replace", _("Replace"))],
        proposed="merge",
    )


def ask_title(found: Inspection) -> Iterator[Question]:
    yield Question("title", "text", proposed=build_title(found.source.name))


def ask_kind(found: Inspection) -> Iterator[Question]:
    """Of a file with areas: nothing else can be territories."""
    if "polygon" not in found.survey.dimensions:
        return
    kinds = (Layer.Kind.REGISTER, Layer.Kind.TERRITORY)
    yield Question(
        "kind",
        "choice",
        [Choice(kind, str(kind.label)) for kind in kinds],
        proposed=str(Layer.Kind.REGISTER),
    )


def ask_fields(found: Inspection) -> Iterator[Question]:
    columns = list_attributes(found.source, found.survey.key)
    specs = build_specs(columns, found.survey.types)
    personal = {one.name: one.reason for one in find_personal_columns(found.survey.values)}
    names = [Choice(spec.name, spec.name) for spec in specs]
    yield Question("title_field", "choice", names, proposed=guess_title_field(specs))
    yield Question(
        "public_fields",
        "choices",
        [Choice(spec.name, spec.name, personal.get(spec.name, "")) for spec in specs],
        proposed=[spec.name for spec in specs if spec.name not in personal],
        reason=_("These look like personal data: %(names)s.") % {"names": ", ".join(personal)}
        if personal
        else "",
        rows=found.rows,
    )


def ask_publication(found: Inspection) -> Iterator[Question]:
    yield Question(
        "licence",
        "choice",
        [
            Choice("", _("Not yet: only staff see the layer")),
            *(Choice(one, one) for one in LICENCES),
        ],
        proposed="",
    )
    yield Question(
        "visibility",
        "choice",
        [Choice(value, str(label)) for value, label in Layer.Visibility.choices],
        proposed=str(Layer.Visibility.STAFF),
    )


Ask = Callable[[Inspection], Iterator[Question]]
OF_EVERY_FILE: tuple[Ask, ...] = (
    ask_reading,
    ask_encoding,
    ask_addresses,
    ask_crs,
    ask_axes,
    ask_key,
    ask_checks,
)
OF_A_LAYER: tuple[Ask, ...] = (ask_mapping, ask_mode)
OF_A_NEW_LAYER: tuple[Ask, ...] = (ask_title, ask_kind, ask_fields, ask_publication)
