"""Questions about what is checked and repaired only where somebody asks for it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from importers.addresses.book import open_book
from importers.addresses.columns import find_roles, propose_columns
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
    if found.layer and any(field.choices for field in found.layer.fields.all()):
        yield Question("accept_choices", "flag", proposed=False)
    if found.layer is None or found.layer.kind == Layer.Kind.TERRITORY:
        yield Question("fit_areas", "flag", proposed=False)
