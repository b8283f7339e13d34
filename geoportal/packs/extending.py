"""A pack with all that it inherits: things with one code are merged key by key."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from django.utils.translation import gettext as _

from geoportal.packs.entries import Entry
from geoportal.packs.findings import Findings, Place
from geoportal.packs.folder import COMMUNITY_FILE
from geoportal.packs.reading import RawPack, read_pack
from geoportal.packs.tables import BY_NAME, COMMUNITY, WITHOUT, Table
from geoportal.packs.values import suggest

SHIPPED: Final = Path(__file__).parent
DEPTH_MAX: Final = 5
# Children that a thing may leave out, by the key that says so.
LEFT_OUT: Final = {"without_fields": "field", "without_questions": "question"}


@dataclass
class Pack:
    """Everything that a folder and its bases say. `roots`: the folders, the nearest first."""

    roots: tuple[Path, ...]
    community: Entry
    sections: dict[str, list[Entry]]

    @property
    def place(self) -> Place:
        return Place(self.roots[0], self.roots[0])

    def list(self, section: str) -> Sequence[Entry]:
        return self.sections[section]

    def by_code(self, section: str) -> Mapping[str, Entry]:
        """Things of a section that have one code."""
        (key,) = BY_NAME[section].known_by
        return {entry.text(key): entry for entry in self.sections[section]}


def list_shipped() -> list[str]:
    """Names of the packs that come with the portal."""
    return sorted(path.parent.name for path in SHIPPED.glob(f"*/{COMMUNITY_FILE}"))


def load_pack(root: Path, findings: Findings) -> Pack:
    """Read a pack and its bases, merge them; findings are added, nothing is raised."""
    chain = _read_chain(root.resolve(), findings)
    pack = _take(chain[-1])
    for raw in reversed(chain[:-1]):
        pack = _merge_packs(pack, _take(raw), findings)
    _number(pack)
    return pack


def _read_chain(root: Path, findings: Findings) -> list[RawPack]:
    chain = [read_pack(root, findings)]
    while (latest := chain[-1]).community.text("extends"):
        place = latest.community.place_of("extends")
        base = find_base(latest.community.text("extends"), latest.folder.root)
        if base is None:
            message = _("There is no pack “%(name)s”; those shipped are: %(names)s.")
            names = ", ".join(list_shipped())
            findings.error(
                place, message % {"name": latest.community.text("extends"), "names": names}
            )
            return chain
        if any(base == each.folder.root for each in chain):
            findings.error(place, _("The packs extend one another in a circle."))
            return chain
        if len(chain) > DEPTH_MAX:
            findings.error(place, _("At most %(max)s packs may be extended.") % {"max": DEPTH_MAX})
            return chain
        chain.append(read_pack(base, findings))
    return chain


def find_base(name: str, root: Path) -> Path | None:
    """The folder of a shipped pack, or one that is named from here by `./` or `../`."""
    if name.startswith(("./", "../")):
        path = (root / name).resolve()
        return path if (path / COMMUNITY_FILE).is_file() else None
    return SHIPPED / name if name in list_shipped() else None


def _take(raw: RawPack) -> Pack:
    return Pack((raw.folder.root,), raw.community, raw.sections)


def _merge_packs(base: Pack, over: Pack, findings: Findings) -> Pack:
    for name in WITHOUT:
        _leave_out(base, name, over.community, findings)
    gone = _names(over.community, "without.layers")
    base.sections["kinds"] = [each for each in base.list("kinds") if each.text("layer") not in gone]
    sections = {
        name: _merge_lists(base.sections[name], entries, BY_NAME[name].shape,
                           BY_NAME[name].known_by, findings)
        for name, entries in over.sections.items()
    }  # fmt: skip
    community = _merge(base.community, over.community, COMMUNITY, findings)
    return Pack((*over.roots, *base.roots), community, sections)


def _leave_out(base: Pack, section: str, community: Entry, findings: Findings) -> None:
    key = f"without.{section}"
    for name in _names(community, key):
        known = base.by_code(section)
        if name not in known:
            message = _("The pack that is extended has no “%(name)s”.") % {"name": name}
            findings.error(community.place_of(key), message + suggest(name, known))
        base.sections[section] = [
            each for each in base.list(section) if each is not known.get(name)
        ]


def _names(entry: Entry, key: str) -> list[str]:
    given = entry.values.get(key, ())
    return list(map(str, given)) if isinstance(given, tuple) else []


def _merge_lists(
    base: Iterable[Entry], over: Iterable[Entry], shape: Table, known_by: Sequence[str],
    findings: Findings,
) -> list[Entry]:  # fmt: skip
    """Things of the base in its order, then new ones."""
    merged = {entry.code(known_by): entry for entry in base}
    for entry in over:
        code = entry.code(known_by)
        standing = merged.get(code)
        merged[code] = _merge(standing, entry, shape, findings) if standing else entry
    return list(merged.values())


def _merge(base: Entry, over: Entry, shape: Table, findings: Findings) -> Entry:
    replaced = {
        name for name in shape.whole if any(key.startswith(f"{name}.") for key in over.values)
    }
    kept = [key for key in base.values if key.partition(".")[0] not in replaced]
    merged = Entry(
        over.place,
        {key: base.values[key] for key in kept} | over.values,
        {key: base.places[key] for key in kept if key in base.places} | over.places,
        refused=base.refused | over.refused,
    )
    for name, child in shape.children.items():
        mine, theirs = over.children.get(name), base.children.get(name, [])
        theirs = _drop_children(name, theirs, over, child, findings)
        if child.code:
            together = _merge_lists(theirs, mine or (), child, (child.code,), findings)
        else:
            together = theirs if mine is None else mine
        if together:
            merged.children[name] = together
    return merged


def _drop_children(
    name: str, children: list[Entry], over: Entry, shape: Table, findings: Findings
) -> list[Entry]:
    for key, dropped in LEFT_OUT.items():
        if dropped == name and key in over:
            known = {child.text(shape.code) for child in children}
            for wanted in _names(over, key):
                if wanted not in known:
                    message = _("The pack that is extended has no “%(name)s”.") % {"name": wanted}
                    findings.error(over.place_of(key), message + suggest(wanted, known))
            return [child for child in children if child.text(shape.code) not in _names(over, key)]
    return children


def _number(pack: Pack) -> None:
    """Things that stand in an order of their own get their places in it."""
    for name in ("themes", "kinds", "categories", "templates"):
        for number, entry in enumerate(pack.list(name)):
            entry.values.setdefault("position", number)
    for category in pack.list("categories"):
        for number, question in enumerate(category.children.get("question", ())):
            question.values.setdefault("position", number)
