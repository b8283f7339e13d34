"""Errors as GeoReport v2 has them: a list of codes and descriptions; the code is the status.

404 for an unknown service, jurisdiction, token or id, 403 for a key that is missing or wrong,
400 for the rest; beside the standard 405 for a method, 429 for a key used too often, and from
outside the views (`refusals`) 413, 500 and 503.
"""

from collections.abc import Iterator, Mapping

from geoportal.core.errors import DomainError
from geoportal.problems.open311.dialect import Document

STANDARD = (403, 404, 429, 503)
# Our names of what a report says, as the standard calls them.
NAMES = {
    "category": "service_code",
    "place": "lat, long",
    "description": "description",
    "title": "title",
}


def build_errors(status: int, *descriptions: str) -> Document:
    rows = [{"code": status, "description": each} for each in descriptions]
    return Document("errors", rows, status)


def describe_error(error: DomainError) -> Document:
    """A domain error in the standard's form, one row for each field that is wrong."""
    status = error.status if error.status in STANDARD else 400
    fields = error.extra.get("errors")
    rows = list(_list_fields(fields)) if isinstance(fields, Mapping) else []
    return build_errors(status, *(rows or [str(error.message)]))


def _list_fields(errors: Mapping[str, object]) -> Iterator[str]:
    for name, told in errors.items():
        if isinstance(told, Mapping):
            for code, each in told.items():
                yield f"attribute[{code}]: {each}"
        else:
            yield f"{NAMES.get(name, name)}: {told}"
