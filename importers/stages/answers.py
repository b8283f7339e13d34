"""Answers of an import: which there may be, and the request that they make."""

import json
import math
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from geoportal.core.errors import InvalidInput
from importers.addresses.placing import AddressColumns
from importers.check_options import CheckOptions
from importers.crs.choice import AXES
from importers.formats.opening import OpenOptions
from importers.models import Import
from importers.request import ImportRequest, NewLayer
from importers.stages.files import get_folder
from layers.models import Layer

TEXTS = frozenset(
    {
        "encoding",
        "crs",
        "axes",
        "key",
        "title",
        "kind",
        "title_field",
        "licence",
        "visibility",
        "mode",
        "settlement",
    }
)
NAMES = frozenset({"public_fields", "yes", "addresses"})
FLAGS = frozenset({"addresses_to_street", "fit_areas", "accept_choices"})
# With another answer to one of these the file itself is read anew.
READING = frozenset({"dataset", "encoding", "addresses"})
# Said of what an import would do, not of its file.
CONSENTS = frozenset({"yes", "yes_remove"})
# Said of one file alone: never part of a recipe.
OF_ONE_FILE = CONSENTS | {"mode"}
# Addresses that people have placed by hand.
PLACED_MAX = 5000
ADDRESS_LENGTH_MAX = 1000
# A thousand columns with long names are a tenth of it.
LETTERS_MAX = 1_000_000
# Farther than that everything in a street would be near.
NEAR_M_MAX = 1000
CHOICES: Mapping[str, tuple[str, ...]] = {
    "mode": ("merge", "replace"),
    "kind": (Layer.Kind.REGISTER, Layer.Kind.TERRITORY),
    "visibility": tuple(Layer.Visibility.values),
    "axes": AXES,
}


def list_own_options() -> set[str]:
    """Options that only some formats take."""
    return set(OpenOptions.list_names()) - {"encoding", "source_layer"}


def is_reading(code: str) -> bool:
    return code in READING or code in list_own_options()


def check_answers(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Raises `InvalidInput` with `errors` by code for what is no answer to anything."""
    if not isinstance(answers, Mapping):
        raise InvalidInput(_("Answers are said by the code of their question."))
    if is_too_long(answers):
        raise InvalidInput(_("These answers are longer than those to any file may be."))
    errors = {code: [text] for code, value in answers.items() if (text := find_fault(code, value))}
    if errors:
        raise InvalidInput(_("Some answers cannot be; see `errors`."), errors=errors)
    return dict(answers)


def is_too_long(answers: Mapping[str, Any]) -> bool:
    try:
        return len(json.dumps(answers)) > LETTERS_MAX
    except RecursionError:
        return True


def can_be_kept(value: object) -> bool:
    """JSON of the database takes no NUL, no half of a letter and no infinite number."""
    if isinstance(value, str):
        return "\0" not in value and not any("\ud800" <= letter <= "\udfff" for letter in value)
    if isinstance(value, float):
        return math.isfinite(value)
    if isinstance(value, list):
        return all(map(can_be_kept, value))
    if isinstance(value, dict):
        return all(map(can_be_kept, [*value, *value.values()]))
    return True


def find_fault(code: str, value: object) -> str:
    if not can_be_kept(value):
        return _("This cannot be kept: it has letters or numbers that are none.")
    if code in CHOICES and value not in CHOICES[code]:
        return _("Choose one of: %(names)s.") % {"names": ", ".join(CHOICES[code])}
    if code in TEXTS or code == "dataset" or code in list_own_options():
        return "" if isinstance(value, str) and len(value) <= 500 else _("This must be a text.")
    if code in NAMES:
        fits = isinstance(value, list) and all(isinstance(one, str) for one in value)
        return "" if fits else _("This must be a list of names.")
    if code in FLAGS:
        return "" if isinstance(value, bool) else _("This must be yes or no.")
    if code == "near":
        number = value if isinstance(value, int | float) and not isinstance(value, bool) else -1
        return "" if 0 <= number <= NEAR_M_MAX else _("This must be a number of metres.")
    if code == "yes_remove":
        fits = isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63
        return "" if fits else _("This must be a whole number.")
    if code == "placed":
        return "" if are_places(value) else _("This must be longitude and latitude by address.")
    if code == "mapping":
        fits = isinstance(value, dict) and all(isinstance(one, str) for one in value.values())
        return "" if fits else _("This must be fields by column.")
    return _("There is no such question.")


def are_places(value: object) -> bool:
    """Longitude and latitude in degrees by the text of an address."""
    return (
        isinstance(value, dict)
        and len(value) <= PLACED_MAX
        and all(len(address) <= ADDRESS_LENGTH_MAX for address in value)
        and all(map(is_place, value.values()))
    )


def is_place(value: object) -> bool:
    if not isinstance(value, list) or len(value) != 2:
        return False
    numbers = [one for one in value if isinstance(one, int | float) and not isinstance(one, bool)]
    return len(numbers) == 2 and abs(numbers[0]) <= 180 and abs(numbers[1]) <= 90


def build_request(import_: Import, proposed: Mapping[str, Any] | None = None) -> ImportRequest:
    """What the answers ask for; `proposed`: of questions that nobody answered."""
    said: dict[str, Any] = {
        code: value for code, value in (proposed or {}).items() if value is not None
    } | import_.answers
    own = {name: said.get(name, "") for name in list_own_options()}
    return ImportRequest(
        path=get_folder(import_.pk) / import_.file,
        name=import_.name,
        layer=import_.slug,
        new_layer=build_new_layer(import_, said) if import_.creates else None,
        key=said.get("key", ""),
        crs=said.get("crs", ""),
        axes=said.get("axes", ""),
        replace=said.get("mode") == "replace",
        reading=OpenOptions(said.get("encoding", ""), said.get("dataset", ""), own),
        actor=import_.author,
        comment=import_.comment,
        columns=said.get("mapping", {}),
        addresses=build_addresses(said),
        checks=build_checks(said),
    )


def build_addresses(said: Mapping[str, Any]) -> AddressColumns:
    return AddressColumns(
        tuple(said.get("addresses", ())),
        said.get("settlement", ""),
        said.get("addresses_to_street", False),
        said.get("placed", {}),
    )


def build_checks(said: Mapping[str, Any]) -> CheckOptions:
    return CheckOptions(
        near_m=said.get("near", 0),
        fit_areas=said.get("fit_areas", False),
        accept_choices=said.get("accept_choices", False),
    )


def build_new_layer(import_: Import, said: Mapping[str, Any]) -> NewLayer:
    """For staff until a licence is chosen."""
    licence = said.get("licence", "")
    usual = Layer.Visibility.PUBLIC if licence else Layer.Visibility.STAFF
    public = said.get("public_fields")
    return NewLayer(
        kind=said.get("kind", ""),
        title=said.get("title", ""),
        title_field=said.get("title_field", ""),
        visibility=said.get("visibility") or usual,
        organisation=import_.organisation,
        licence=licence,
        public_fields=() if public is None else tuple(public),
        only_public=public is not None,
    )
