"""A layer's schema applied to values: checked, converted, and split by who may see them."""

import json
import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from urllib.parse import urlsplit

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from layers.models import Layer, LayerField
from layers.schema.photos import BadPhotos, read_documents

Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]
Type = LayerField.Type
YES = {"true", "t", "yes", "y", "1", "так", "т", "є"}
INTEGER_MAX = 2**63 - 1
BLANKS = re.compile(r"[\s\u00a0\u202f]")
WHOLE = re.compile(r"[+-]?[0-9]{1,300}")
NO = {"false", "f", "no", "n", "0", "ні", "немає"}


class InvalidValue(ValueError):
    """A value that a field cannot hold; `str()` is a translated reason for the user."""


class MissingValue(InvalidValue):
    """Nothing, where the field must be filled in."""


class OutOfRange(InvalidValue):
    """A number below the field's smallest or above its largest value."""


class NotAChoice(InvalidValue):
    """A value of the right type that is none of the field's choices."""


@dataclass(frozen=True)
class SplitValues:
    """Values of one feature by audience, as JSON documents."""

    properties: dict[str, Json]
    internal: dict[str, Json]

    def as_json(self) -> tuple[str, str]:
        return dump_json(self.properties), dump_json(self.internal)


def dump_json(value: Mapping[str, Json]) -> str:
    """Compact JSON text that PostgreSQL's jsonb accepts."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def coerce_value(field: LayerField, value: object) -> Json:
    """The value as the field holds it; blank text is `None`. Raises `InvalidValue`."""
    if value is None or (isinstance(value, str) and not value.strip()):
        if field.required:
            raise MissingValue(_("“%(field)s” must be filled in.") % {"field": field.title})
        return None
    coerced = _CONVERTERS.get(Type(field.type), _to_text)(value)
    _require_storable(coerced)
    if isinstance(coerced, int | float) and not isinstance(coerced, bool):
        _require_in_range(field, coerced)
    allowed = [choice["value"] for choice in field.choices]
    if allowed and coerced not in allowed:
        raise NotAChoice(
            _("“%(value)s” is not one of: %(allowed)s.")
            % {"value": coerced, "allowed": ", ".join(map(str, allowed))}
        )
    return coerced


def _require_in_range(field: LayerField, number: float) -> None:
    low, high = field.minimum, field.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        raise OutOfRange(_say_out_of_range(field, number))


def _say_out_of_range(field: LayerField, number: object) -> str:
    if field.maximum is None:
        words = _("“%(value)s” is less than %(low)s.")
    elif field.minimum is None:
        words = _("“%(value)s” is more than %(high)s.")
    else:
        words = _("“%(value)s” is not between %(low)s and %(high)s.")
    bounds = {"low": _write_bound(field.minimum), "high": _write_bound(field.maximum)}
    return words % ({"value": number} | bounds)


def _write_bound(number: float | None) -> str:
    return "" if number is None else f"{number:g}"


def _require_storable(value: Json) -> None:
    """jsonb holds neither U+0000 nor half of a surrogate pair nor a number without end."""
    try:
        text = dump_json({"": value})
        text.encode()
    except (ValueError, RecursionError) as error:
        raise InvalidValue(_("This value cannot be kept.")) from error
    if "\\u0000" in text:
        raise InvalidValue(_("This value cannot be kept."))


def _to_text(value: object) -> str:
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\x00", "")


def _to_integer(value: object) -> int:
    number = _to_number(value)
    if number != int(number) or abs(number) > INTEGER_MAX:
        raise InvalidValue(_("“%(value)s” is not a whole number.") % {"value": value})
    return int(number)


def _to_number(value: object) -> int | float:
    if isinstance(value, bool):
        return int(value)
    text = BLANKS.sub("", str(value)) if not isinstance(value, int) else ""
    if isinstance(value, int) or WHOLE.fullmatch(text):
        number: int | float = value if isinstance(value, int) else int(text)
        if abs(number) > INTEGER_MAX:
            raise InvalidValue(_("“%(value)s” is too large.") % {"value": str(value)[:40]})
        return number
    try:
        number = math.nan if "_" in text else float(text.replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise InvalidValue(_("“%(value)s” is not a number.") % {"value": value})
    return number


def _to_boolean(value: object) -> bool:
    if isinstance(value, bool):
        return value
    word = str(value).strip().lower()
    if word in YES:
        return True
    if word in NO:
        return False
    raise InvalidValue(_("“%(value)s” is neither yes nor no.") % {"value": value})


def _to_date(value: object) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    text = str(value).strip()
    parts = text.split(".")
    try:
        if len(parts) == 3:
            return date(int(parts[2]), int(parts[1]), int(parts[0])).isoformat()
        parsed = parse_date(text[:10])
    except ValueError:
        parsed = None
    if parsed is None:
        raise InvalidValue(_("“%(value)s” is not a date; write 2026-11-20.") % {"value": value})
    return parsed.isoformat()


def _to_datetime(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    try:
        parsed = parse_datetime(str(value).strip())
    except ValueError:
        parsed = None
    if parsed is None:
        raise InvalidValue(
            _("“%(value)s” is not a date and time; write 2026-11-20T14:05:00+02:00.")
            % {"value": value}
        )
    return parsed.isoformat()


def _to_url(value: object) -> str:
    text = str(value).strip()
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and bool(parts.netloc)
    except ValueError:
        good = False
    if not good:
        raise InvalidValue(_("“%(value)s” is not a web address.") % {"value": value})
    return text


def _to_json(value: object) -> Json:
    if isinstance(value, str):
        try:
            return json.loads(value)  # type: ignore[no-any-return]
        except (ValueError, RecursionError):
            return value.replace("\x00", "")
    return value  # type: ignore[return-value]


def _to_photos(value: object) -> Json:
    """Whether the photos are of this very object, the database knows."""
    if isinstance(value, str):
        try:
            value = json.loads(value)
        except (ValueError, RecursionError):
            value = None
    try:
        return cast(Json, read_documents(value)) or None
    except BadPhotos as error:
        raise InvalidValue(str(error)) from error


_CONVERTERS = {
    Type.INTEGER: _to_integer,
    Type.NUMBER: _to_number,
    Type.BOOLEAN: _to_boolean,
    Type.DATE: _to_date,
    Type.DATETIME: _to_datetime,
    Type.URL: _to_url,
    Type.JSON: _to_json,
    Type.PHOTOS: _to_photos,
}


def split_values(
    fields: Sequence[LayerField], values: Mapping[str, object]
) -> tuple[SplitValues, dict[str, str]]:
    """Values by audience, and the reason for each that was refused, by field name.

    Names that the schema does not know are refused too; names it knows and `values` does not
    hold are left out.
    """
    known = {field.name: field for field in fields}
    documents: dict[str, dict[str, Json]] = {"public": {}, "staff": {}}
    refused = {name: _("There is no such field.") for name in values if name not in known}
    for name, value in values.items():
        if name in known:
            try:
                documents[known[name].audience][name] = coerce_value(known[name], value)
            except InvalidValue as error:
                refused[name] = str(error)
    return SplitValues(documents["public"], documents["staff"]), refused


def list_names(layer: Layer, audience: str) -> list[str]:
    """Names of the layer's fields for one audience."""
    return [field.name for field in layer.fields.all() if field.audience == audience]
