"""The second stage: what was found becomes questions, each with what is proposed and why."""

from collections.abc import Callable, Iterator
from typing import Any

from django.utils.translation import gettext as _

from importers.brakes.personal import find_personal_columns
from importers.mapping.fields import build_specs, guess_title_field, list_filled_by_files
from importers.mapping.keys import BY_CONTENT, KeyOrigin
from importers.mapping.planning import build_title, list_attributes, map_to_layer
from importers.mapping.survey import NearlyKey
from importers.stages.asking_checks import ask_addresses, ask_checks
from importers.stages.asking_reading import ask_dataset, ask_options
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
    columns = [column.name for column in found.source.columns]
    yield from ask_options(found.source.format, columns, dict(found.source.choices))


def ask_encoding(found: Inspection) -> Iterator[Question]:
    encoding = found.source.encoding
    if encoding.name in ("utf-8", "utf-8-sig"):
        return
    yield Question(
        "encoding",
        "choice",
        [Choice(name, name) for name in dict.fromkeys([encoding.name, "cp1251", "utf-8", "cp866"])],
        proposed=encoding.name,
        reason=str(encoding.reason),
        rows=found.rows,
    )


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
    key = found.survey.key
    if found.layer is not None and found.layer.key_field:
        return  # the layer knows it
    names = [column.name for column in found.source.columns]
    proposed = key.name if key.origin == KeyOrigin.COLUMN else BY_CONTENT
    nearly = {one.name: describe_nearly(one) for one in found.survey.nearly}
    yield Question(
        "key",
        "choice",
        [
            *(Choice(name, name, nearly.get(name, "")) for name in names),
            Choice(BY_CONTENT, _("No column: keys are made from what rows hold")),
        ],
        proposed=None if nearly else proposed,
        reason=" ".join(nearly.values()),
        rows=found.rows,
        required=bool(nearly),
    )


def describe_nearly(column: NearlyKey) -> str:
    return _(
        "“%(name)s” would be one but for a few rows: repeated %(repeated)s, empty %(missing)s."
    ) % vars(column)


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
