"""Keys without which a thing cannot be made; asked of it with all that it inherits."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from geoportal.packs.entries import Entry
from geoportal.packs.extending import Pack
from geoportal.packs.findings import Findings
from geoportal.packs.tables import BY_NAME, COMMUNITY, Table
from geoportal.packs.values import show

CSV = ("responsibilities", "oversight", "people")


def check_required(pack: Pack, findings: Findings) -> None:
    for name, section in BY_NAME.items():
        if name in CSV:
            continue  # told with the row
        for entry in pack.list(name):
            _require(entry, section.shape, findings)
    _require(pack.community, COMMUNITY, findings)


def _require(entry: Entry, shape: Table, findings: Findings) -> None:
    for key in _list_missing(entry, shape):
        findings.error(entry.place, _("%(key)s is missing.") % {"key": show(key)})
    for name, child in shape.children.items():
        for each in entry.children.get(name, ()):
            _require(each, child, findings)


def _list_missing(entry: Entry, shape: Table) -> Iterable[str]:
    """Not the code: its lack was told when the thing was read; nor what was there but unfit."""
    return [
        key
        for key, described in shape.keys.items()
        if described.required and key != shape.code and key not in entry
        and key not in entry.refused
    ]  # fmt: skip
