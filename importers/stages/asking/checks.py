"""Questions about what is checked and repaired only where somebody asks for it."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from geoportal.interface.formats import format_number
from importers.addresses.book import open_book
from importers.addresses.columns import find_roles, propose_columns
from importers.stages.asking.unknown_values import UnknownValue
from importers.stages.inspecting import Inspection
from importers.stages.questions import Choice, Question
from layers.models import Layer


def ask_addresses(found: Inspection) -> Iterator[Question]:
    """Of a table without places: by which columns it is placed."""
    if not found.unplaced:
        return
    names = [column.name for column in found.source.columns]
    proposed = propose_columns(names)
    yield Question(
        "addresses",
        "choices",
        [Choice(name, name) for name in names],
        proposed=proposed or None,
        reason=str(found.source.without_places),
        rows=found.rows,
        required=True,
    )
    settlements = open_book().settlements
    if len(settlements) > 1 and "settlement" not in find_roles(names):
        titles = list(settlements.values())
        yield Question(
            "settlement",
            "choice",
            [*(Choice(one, one) for one in titles), Choice("", _("Each address says it"))],
            required=True,
        )
    yield Question("addresses_to_street", "flag", proposed=False)


def ask_checks(found: Inspection) -> Iterator[Question]:
    yield Question("near", "number", proposed=0)
    yield from ask_choices(found.unknown)
    areas = found.layer is None and "polygon" in found.survey.dimensions
    if areas or (found.layer is not None and found.layer.kind == Layer.Kind.TERRITORY):
        yield Question("fit_areas", "flag", proposed=False)


def ask_choices(unknown: Sequence[UnknownValue]) -> Iterator[Question]:
    """Only where some value is no choice; with each, its rows and what was probably meant."""
    if not unknown:
        return
    sure = [one for one in unknown if one.sure]
    others = [one for one in unknown if not one.sure]
    choices = [
        Choice("true", _("These become a choice"), samples=tuple(map(describe_unknown, sure))),
        Choice("false", _("These are refused"), samples=tuple(map(describe_unknown, others))),
    ]
    rows = sum(one.rows for one in sure)
    words = ngettext(
        "%(rows)s row has a value that is nearly a choice.",
        "%(rows)s rows have values that are nearly a choice.",
        rows,
    )
    yield Question(
        "accept_choices",
        "flag",
        [one for one in choices if one.samples],
        proposed=False,
        reason=words % {"rows": format_number(rows)},
    )


def describe_unknown(one: UnknownValue) -> str:
    """“Oak ” → oak: 12 rows."""
    words = ngettext("%(rows)s row", "%(rows)s rows", one.rows)
    rows = words % {"rows": format_number(one.rows)}
    nearest = f" → {one.choice}" if one.choice else ""
    if one.choice and not one.sure:
        nearest = _(" (nearest: “%(choice)s”)") % {"choice": one.choice}
    return f"{one.field}: “{one.value}”{nearest} · {rows}"
