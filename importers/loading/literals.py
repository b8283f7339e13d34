"""Columns of a file as JSON literals of a layer's fields, with a remark for every refused value.

The common cases are Arrow kernels over whole columns. Everything else goes through
`layers.schema.values.coerce_value`, once for each distinct value, so that a file and the editing
API accept exactly the same.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext as _

from importers.loading.arrow_text import holds_bytes
from importers.mapping.choices import Proposal, propose_choice
from importers.sources import ArrowArray, Kind
from layers.models import LayerField
from layers.schema.values import InvalidValue, MissingValue, NotAChoice, OutOfRange, coerce_value

Type = LayerField.Type
NULL = "null"
TEXTS = (Type.TEXT, Type.EMAIL, Type.PHONE)
# Escaped by JSON; U+0000 is left out, PostgreSQL cannot hold it.
SPECIAL = r'[\x00-\x1f"\\]'
# Cells that are JSON numbers as they stand. Longer ones would lose digits and go the slow way.
WHOLE = r"^-?(0|[1-9]\d{0,17})$"
DECIMAL = r"^-?(0|[1-9]\d{0,14})(\.\d{1,15})?$"


@dataclass(frozen=True)
class Remark:
    """What is told of a value: a code of `importers.issues` and its parameters."""

    code: str
    params: Mapping[str, object]
    repair: str = ""


@dataclass
class Literals:
    """`texts`: Arrow strings, each a JSON value. `remarks`: by place; errors stand for null."""

    texts: ArrowArray
    remarks: dict[int, Remark] = field(default_factory=dict)


def convert_column(
    array: ArrowArray, kind: Kind, target: LayerField, *, accept_choices: bool = False
) -> Literals:
    """Values of one column for one field; blank text is null.

    `accept_choices`: what is surely meant as a choice becomes it.
    """
    quick = None if is_bound(target) else convert_quickly(array, kind, Type(target.type))
    if quick is None:
        return convert_distinct(array, kind, target, accept_choices=accept_choices)
    if target.required and quick.null_count:
        literals = convert_distinct(pa.nulls(1, pa.string()), Kind.TEXT, target)
        places = np.flatnonzero(quick.is_null().to_numpy(zero_copy_only=False))
        return Literals(
            quick.fill_null(NULL), {int(place): literals.remarks[0] for place in places}
        )
    return Literals(quick.fill_null(NULL))


def is_bound(target: LayerField) -> bool:
    """Not every value of the type will do."""
    return bool(target.choices) or (target.minimum, target.maximum) != (None, None)


def convert_quickly(array: ArrowArray, kind: Kind, target: str) -> ArrowArray | None:
    """Literals with nulls, or `None` where values must be looked at one by one."""
    if array.null_count == len(array):
        return pa.nulls(len(array), pa.string())
    if target in TEXTS and kind in (Kind.TEXT, Kind.CELL):
        return quote_texts(array)
    if target in TEXTS and kind == Kind.INTEGER:
        return pc.binary_join_element_wise('"', array.cast(pa.string()), '"', "")
    if kind == Kind.INTEGER and target in (Type.INTEGER, Type.NUMBER):
        return array.cast(pa.string())
    if kind == Kind.NUMBER and target == Type.NUMBER:
        finite = pc.if_else(pc.is_finite(array), array, pa.scalar(None, array.type))
        return finite.cast(pa.float64()).cast(pa.string())
    if kind == Kind.BOOLEAN and target == Type.BOOLEAN:
        return array.cast(pa.string())
    if kind == Kind.DATE and target == Type.DATE:
        return pc.binary_join_element_wise('"', array.cast(pa.string()), '"', "")
    if kind == Kind.CELL and target in (Type.INTEGER, Type.NUMBER):
        pattern = WHOLE if target == Type.INTEGER else DECIMAL
        plain = pc.all(pc.match_substring_regex(array, pattern), min_count=0).as_py()
        return array if plain else None
    return None


def quote_texts(array: ArrowArray) -> ArrowArray:
    """JSON strings; blank ones are null."""
    blank = pc.or_(pc.equal(array, ""), pc.utf8_is_space(array))
    if pc.any(blank, min_count=0).as_py():
        array = pc.if_else(blank, pa.scalar(None, pa.string()), array)
    quoted = pc.binary_join_element_wise('"', array, '"', "")
    if not holds_bytes(array, b'"\\', below=0x20):
        return quoted
    special = pc.fill_null(pc.match_substring_regex(array, SPECIAL), fill_value=False)
    escaped = [
        orjson.dumps(text.replace("\0", "")).decode() for text in array.filter(special).to_pylist()
    ]
    return pc.replace_with_mask(quoted, special, pa.array(escaped, pa.string()))


def convert_distinct(
    array: ArrowArray, kind: Kind, target: LayerField, *, accept_choices: bool = False
) -> Literals:
    """Each distinct value by the schema's own rules."""
    encoded = pc.dictionary_encode(array, null_encoding="encode")
    texts: list[str] = []
    told: dict[int, Remark] = {}
    for place, value in enumerate(encoded.dictionary.to_pylist()):
        text = NULL
        try:
            text = dump(coerce_value(target, python_value(value, kind, target)))
        except NotAChoice as error:
            proposal = propose_choice(target, value)
            if proposal and proposal.sure and accept_choices:
                text = dump(proposal.choice)
            told[place] = remark_choice(value, str(error), proposal, accepted=text != NULL)
        except OutOfRange as error:
            told[place] = Remark("out-of-range", {"reason": str(error)})
        except MissingValue as error:
            told[place] = Remark("required-empty", {"reason": str(error)})
        except InvalidValue as error:
            told[place] = Remark("invalid-value", {"reason": str(error)})
        texts.append(text)
    literals = pa.array(texts, pa.string()).take(encoded.indices)
    if not told:
        return Literals(literals)
    indices = encoded.indices.to_numpy(zero_copy_only=False)
    places = np.flatnonzero(np.isin(indices, list(told)))
    return Literals(literals, {int(place): told[int(indices[place])] for place in places})


def remark_choice(
    value: object, reason: str, proposal: Proposal | None, *, accepted: bool
) -> Remark:
    told = {"value": value, "reason": reason, "choice": proposal.choice if proposal else ""}
    if accepted:
        return Remark("choice-accepted", told, "choice-accepted")
    return Remark("choice-alike" if proposal else "not-a-choice", told)


def python_value(value: object, kind: Kind, target: LayerField) -> object:
    """What the schema's rules take: no infinities, no midnight where a date is wanted."""
    if isinstance(value, float):
        if not np.isfinite(value):
            return None
        if target.type in TEXTS and value == int(value):
            return int(value)
    if kind == Kind.JSON and isinstance(value, str) and target.type not in (*TEXTS, Type.JSON):
        return value.strip('"')
    if isinstance(value, datetime | date) and target.type in TEXTS:
        return value.isoformat()
    return value


def dump(value: object) -> str:
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False)
    except ValueError as error:
        raise InvalidValue(_("A number in it is not finite.")) from error
