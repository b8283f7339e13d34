"""Who answers for what and where, and who watches over what."""

from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from geoportal.accounts.models import Organisation
from geoportal.packs.applying.run import Deed, Run, write_row
from geoportal.packs.entries import Entry
from geoportal.packs.values import show
from geoportal.problems.models import Category, Oversight, Responsibility
from geoportal.problems.workflow import RoutingRole
from layers.models import Feature, Layer

CONTENT: Final = ("priority", "is_active", "note")
RULE_COLUMNS: Final = (
    "organisation_id", "category_id", "territory_layer_id", "territory_key", "role",
)  # fmt: skip
RULE_KEY: Final = ("organisation", "category", "territory_layer", "territory_key", "role")


@dataclass(frozen=True)
class Targets:
    """What rules refer to, as it stands by now."""

    organisations: dict[str, int]
    categories: dict[str, int]
    layers: dict[str, int]


def find_targets() -> Targets:
    territories = Layer.objects.filter(kind=Layer.Kind.TERRITORY)
    return Targets(
        dict(Organisation.objects.values_list("slug", "pk")),
        dict(Category.objects.values_list("code", "pk")),
        dict(territories.values_list("slug", "pk")),
    )


def apply_responsibilities(run: Run) -> None:
    targets = find_targets()
    standing = {
        (rule.organisation_id, rule.category_id, rule.territory_layer_id, rule.territory_key,
         rule.role): rule
        for rule in Responsibility.objects.all()
    }  # fmt: skip
    named = set()
    for entry in run.pack.list("responsibilities"):
        place = _find_territory(run, entry, targets)
        organisation = targets.organisations.get(entry.text("organisation"))
        category = targets.categories.get(entry.text("category"))
        if place is None or organisation is None:
            continue
        code = (organisation, category, *place, entry.text("role", RoutingRole.EXECUTOR))
        named.add(code)
        said = {key: entry.values[key] for key in CONTENT if key in entry}
        values = dict(zip(RULE_COLUMNS, code, strict=True)) | said
        row = standing.get(code) or Responsibility()
        write_row(run, "responsibilities", _write_code(entry), entry, row, values)
    for code in standing.keys() - named if run.prune else ():
        run.tell("responsibilities", str(standing[code]), Deed.REMOVED)
        standing[code].delete()


def apply_oversight(run: Run) -> None:
    targets = find_targets()
    standing = {
        (each.organisation_id, each.territory_layer_id, each.territory_key): each
        for each in Oversight.objects.all()
    }
    named = set()
    for entry in run.pack.list("oversight"):
        place = _find_territory(run, entry, targets)
        organisation = targets.organisations.get(entry.text("organisation"))
        if place is None or place[0] is None or organisation is None:
            continue
        named.add((organisation, *place))
        names = ("organisation_id", "territory_layer_id", "territory_key")
        values = dict(zip(names, (organisation, *place), strict=True))
        row = standing.get((organisation, place[0], place[1])) or Oversight()
        write_row(run, "oversight", _write_code(entry), entry, row, values)
    for code in standing.keys() - named if run.prune else ():
        run.tell("oversight", str(standing[code]), Deed.REMOVED)
        standing[code].delete()


def _find_territory(run: Run, entry: Entry, targets: Targets) -> tuple[int | None, str] | None:
    """(layer's id, key) once its features stand; `None` with a finding where there is none."""
    slug, key = entry.text("territory_layer"), entry.text("territory_key")
    if not slug:
        return (None, "")
    layer = targets.layers.get(slug)
    if layer is not None and Feature.objects.filter(layer_id=layer, key=key).exists():
        return (layer, key)
    message = _("The layer %(layer)s has no territory %(key)s.")
    run.findings.error(entry.place, message % {"layer": show(slug), "key": show(key)})
    return None


def _write_code(entry: Entry) -> str:
    return " · ".join(filter(None, entry.code(RULE_KEY)))
