"""Values of ArcGIS as people read them: codes by their domains and subtypes, moments as dates."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

Json = Any
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
AS_TEXT = {"type": "esriFieldTypeString", "length": 255}


@dataclass(frozen=True)
class Subtype:
    """`domains`: by field, code → what it means."""

    name: str
    domains: dict[str, dict[str, str]]


class ReadableValues:
    """Codes become what they mean, moments what people and databases read.

    Esri JSON says itself which fields are moments; in GeoJSON they are mere numbers.
    """

    def __init__(self, layer: Json, *, with_dates: bool) -> None:
        fields = [one for one in layer.get("fields") or [] if isinstance(one, dict)]
        self._domains = {str(one.get("name")): read_domain(one.get("domain")) for one in fields}
        self._types = read_types(layer)
        self._type_field = str(layer.get("typeIdField") or layer.get("subtypeField") or "")
        dates = {str(one.get("name")) for one in fields if one.get("type") == "esriFieldTypeDate"}
        self._dates = dates if with_dates else set()
        self._named = {name for name, found in self._domains.items() if found}
        self._named |= {name for one in self._types.values() for name in one.domains}
        self._named |= {self._type_field} if self._types else set()

    def __call__(self, feature: Json) -> Json:
        place = "properties" if "properties" in feature else "attributes"
        values = feature.get(place)
        if not isinstance(values, dict):
            return feature
        kind = self._types.get(str(values.get(self._type_field)))
        return feature | {
            place: {name: self._read(name, value, kind) for name, value in values.items()}
        }

    def _read(self, name: str, value: Json, kind: Subtype | None) -> Json:
        if value is None:
            return None
        if name in self._dates and isinstance(value, int):
            return read_moment(value)
        if kind and name == self._type_field:
            return kind.name
        domain = (kind.domains.get(name) if kind else None) or self._domains.get(name)
        if domain:
            return domain.get(str(value), str(value))
        return str(value) if name in self._named else value

    def build_head(self, members: Json) -> Json:
        """Of Esri JSON: what tells the format first; fields of codes are texts now."""
        fields = [
            one | AS_TEXT if one.get("name") in self._named else one
            for one in members.get("fields") or []
        ]
        names = ("geometryType", "spatialReference", "hasZ", "hasM")
        return {name: members[name] for name in names if name in members} | {"fields": fields}


def read_moment(milliseconds: int) -> Json:
    """As ISO 8601 in UTC; the number itself where no calendar has it."""
    try:
        return (EPOCH + timedelta(milliseconds=milliseconds)).isoformat()
    except OverflowError:
        return milliseconds


def read_domain(found: Json) -> dict[str, str]:
    """Code → what it means; empty for ranges and for no domain."""
    values = found.get("codedValues") if isinstance(found, dict) else None
    return {
        str(one["code"]): str(one["name"])
        for one in values or ()
        if isinstance(one, dict) and "code" in one and "name" in one
    }


def read_types(layer: Json) -> dict[str, Subtype]:
    """Id of a subtype → its name, and its domains by field."""
    return {
        str(one.get("id")): Subtype(
            str(one.get("name")),
            {
                str(name): domain
                for name, found in (one.get("domains") or {}).items()
                if (domain := read_domain(found))
            },
        )
        for one in layer.get("types") or ()
        if isinstance(one, dict)
    }
